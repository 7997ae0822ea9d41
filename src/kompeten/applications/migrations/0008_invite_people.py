"""Each person on a list gets a link of their own, to mend their line and to confirm it."""
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('applications', '0007_find_the_queue_by_scheme'),
    ]

    operations = [
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(max_length=10, unique=True)),
                ('token_sha256', models.CharField(max_length=64, unique=True)),
                ('state', models.CharField(max_length=16)),
                ('opened_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('nudges', models.PositiveSmallIntegerField(default=0)),
                ('nudged_at', models.DateTimeField(null=True)),
                ('objection_sealed', models.BinaryField(default=b'')),
                ('application', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to='applications.application')),
                ('collective', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='applications.collective')),
                ('repair', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to='applications.repair')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['open', 'used', 'locked', 'ended'])), name='invitation_state_known'), models.CheckConstraint(condition=models.Q(('repair__isnull', False), ('application__isnull', False), _connector='OR'), name='invitation_for_somebody'), models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('repair',), name='invitation_one_open_per_repair'), models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('application',), name='invitation_one_open_per_application')],
            },
        ),
    ]
