"""Note who opened a list of several people, with the people on it; what is noted is never changed."""

from django.db import migrations, models

from kompeten.foundation.db import KeepRows


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0007_let_claims_lapse'),
    ]

    operations = [
        migrations.CreateModel(
            name='Listing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('account_id', models.BigIntegerField()),
                ('role', models.CharField(max_length=32)),
                ('roll', models.CharField(max_length=16)),
                ('about', models.CharField(blank=True, max_length=16)),
                ('is_file', models.BooleanField()),
                ('hour_at', models.DateTimeField()),
                ('count', models.PositiveIntegerField()),
                ('block', models.PositiveIntegerField()),
                ('members', models.BinaryField()),
            ],
            options={
                'indexes': [models.Index(fields=['block', 'hour_at'], name='listing_of_block'), models.Index(fields=['hour_at', 'account_id', 'roll'], name='listing_by_age')],
                'constraints': [models.CheckConstraint(condition=models.Q(('roll__in', ['applications', 'queue', 'collective', 'help', 'recommendation', 'letters', 'training', 'portfolios', 'sitting', 'practicals', 'meeting', 'decree', 'bnsp', 'handover', 'certificates', 'identity', 'removals'])), name='listing_roll_known')],
            },
        ),
        KeepRows("people_listing", acts=("UPDATE",)),
    ]
