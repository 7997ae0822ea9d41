"""That somebody agreed to the use of their data is kept for good."""
import django.db.models.deletion
from django.db import migrations, models

from kompeten.foundation.db import KeepRows


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0004_find_persons_by_region'),
    ]

    operations = [
        migrations.CreateModel(
            name='Consent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('purpose', models.CharField(max_length=32)),
                ('about', models.CharField(max_length=10)),
                ('version', models.CharField(max_length=16)),
                ('way', models.CharField(max_length=16)),
                ('state', models.CharField(max_length=16)),
                ('given_at', models.DateTimeField()),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
            options={
                'indexes': [models.Index(fields=['person', 'id'], name='consent_of_person')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['given'])), name='consent_state_known'), models.CheckConstraint(condition=models.Q(('purpose__in', ['certification'])), name='consent_purpose_known'), models.CheckConstraint(condition=models.Q(('way__in', ['account', 'code', 'birth_date'])), name='consent_way_known'), models.UniqueConstraint(fields=('about', 'purpose', 'version'), name='consent_once_per_text')],
            },
        ),
        KeepRows("people_consent"),
    ]
