"""Keep who lent whom a hand and a device, and until when."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('applications', '0011_let_go_of_sent_lists'),
    ]

    operations = [
        migrations.CreateModel(
            name='Help',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(max_length=10, unique=True)),
                ('helper_id', models.BigIntegerField()),
                ('state', models.CharField(max_length=16)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('begun_at', models.DateTimeField(null=True)),
                ('seen_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='applications.application')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['asked', 'open', 'ended', 'locked'])), name='help_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'open'), _negated=True), models.Q(('begun_at__isnull', False), ('seen_at__isnull', False)), _connector='OR'), name='help_open_was_begun'), models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('application',), name='help_one_open_per_person'), models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('helper_id',), name='help_one_open_per_helper'), models.UniqueConstraint(condition=models.Q(('state', 'asked')), fields=('application', 'helper_id'), name='help_asked_once')],
            },
        ),
    ]
