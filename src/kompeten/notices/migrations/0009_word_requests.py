"""Requests for a recommendation are worded, too."""

from django.db import migrations, models

from kompeten.foundation.db import FreeRows, KeepRows

TABLE = "notices_messagetext"


class Migration(migrations.Migration):

    dependencies = [
        ('notices', '0008_word_messages'),
    ]

    operations = [
        FreeRows(TABLE),
        migrations.RemoveConstraint(
            model_name='messagetext',
            name='message_text_kind_known',
        ),
        migrations.AddConstraint(
            model_name='messagetext',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['mend', 'confirm', 'recommend'])), name='message_text_kind_known'),
        ),
        KeepRows(TABLE),
    ]
