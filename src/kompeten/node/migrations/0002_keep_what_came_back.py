"""What a site sent back is kept as it came."""

from django.db import migrations

from kompeten.foundation.db import KeepRows


class Migration(migrations.Migration):
    dependencies = [("node", "0001_initial")]

    operations = [KeepRows("node_return"), KeepRows("node_sitenote")]
