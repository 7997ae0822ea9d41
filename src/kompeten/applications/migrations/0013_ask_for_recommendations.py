"""Somebody is asked by link to recommend; what they sign stays as it is until it is deleted."""

import django.db.models.deletion
from django.db import migrations, models

from kompeten.foundation.db import KeepRows

TABLE = "applications_recommendation"
SIGNED = "OLD.state IN ('given', 'declined')"
# What was signed may be emptied when its time is over; nothing else of the row moves any more.
CHANGED = (
    f"{SIGNED} AND (NEW.state <> OLD.state OR NEW.digest <> OLD.digest OR NEW.confirmed <> OLD.confirmed"
    " OR NEW.settled_at IS NULL OR NEW.settled_at <> OLD.settled_at OR NEW.ref <> OLD.ref"
    " OR NEW.kind <> OLD.kind OR NEW.application_id <> OLD.application_id"
    " OR NEW.referee_id <> OLD.referee_id"
    " OR (NEW.said_sealed <> OLD.said_sealed AND length(NEW.said_sealed) > 0))"
)


class Migration(migrations.Migration):

    dependencies = [
        ('applications', '0012_record_helping'),
        ('people', '0007_let_claims_lapse'),
    ]

    operations = [
        migrations.CreateModel(
            name='Referee',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(max_length=10, unique=True)),
                ('kind', models.CharField(max_length=16)),
                ('asked_by_id', models.BigIntegerField(null=True)),
                ('token_sha256', models.CharField(max_length=64, unique=True)),
                ('state', models.CharField(max_length=16)),
                ('signatory_sealed', models.BinaryField()),
                ('address_index', models.BinaryField(db_index=True, max_length=32)),
                ('letter_sealed', models.BinaryField(default=b'')),
                ('opened_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('codes', models.PositiveSmallIntegerField(default=0)),
                ('coded_at', models.DateTimeField(null=True)),
                ('mail_due_at', models.DateTimeField(null=True)),
                ('organization', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organization')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
        ),
        migrations.CreateModel(
            name='Recommendation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(max_length=10, unique=True)),
                ('kind', models.CharField(max_length=16)),
                ('state', models.CharField(max_length=16)),
                ('confirmed', models.CharField(blank=True, max_length=16)),
                ('digest', models.CharField(blank=True, max_length=71)),
                ('said_sealed', models.BinaryField(default=b'')),
                ('settled_at', models.DateTimeField(null=True)),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='recommendations', to='applications.application')),
                ('referee', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='recommendations', to='applications.referee')),
            ],
        ),
        migrations.AddIndex(
            model_name='referee',
            index=models.Index(fields=['state', 'ends_at'], name='referee_by_end'),
        ),
        migrations.AddIndex(
            model_name='referee',
            index=models.Index(condition=models.Q(('mail_due_at__isnull', False)), fields=['mail_due_at'], name='referee_codes_due'),
        ),
        migrations.AddConstraint(
            model_name='referee',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['open', 'used', 'locked', 'ended'])), name='referee_state_known'),
        ),
        migrations.AddConstraint(
            model_name='referee',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['profession', 'workplace'])), name='referee_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='referee',
            constraint=models.CheckConstraint(condition=models.Q(('organization__isnull', True), ('person__isnull', True), _connector='XOR'), name='referee_asked_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='recommendation',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['asked', 'given', 'declined', 'withdrawn', 'lapsed'])), name='recommendation_state_known'),
        ),
        migrations.AddConstraint(
            model_name='recommendation',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['profession', 'workplace'])), name='recommendation_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='recommendation',
            constraint=models.CheckConstraint(condition=models.Q(('confirmed__in', ['', 'mail_code', 'told_code'])), name='recommendation_confirmed_known'),
        ),
        migrations.AddConstraint(
            model_name='recommendation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['given', 'declined']), _negated=True), models.Q(('digest', ''), _negated=True), _connector='OR'), name='recommendation_signed_has_digest'),
        ),
        migrations.AddConstraint(
            model_name='recommendation',
            constraint=models.UniqueConstraint(fields=('referee', 'application'), name='recommendation_once_per_referee'),
        ),
        migrations.AddConstraint(
            model_name='recommendation',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'asked')), fields=('application', 'kind'), name='recommendation_one_asked_per_kind'),
        ),
        KeepRows(TABLE, CHANGED, ("UPDATE",)),
        KeepRows(TABLE, SIGNED, ("DELETE",)),
    ]
