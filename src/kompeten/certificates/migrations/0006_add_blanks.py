"""Numbered sheets and sealed papers come into the books, and stay there as they were written."""

import django.db.models.deletion
from django.db import migrations, models

from kompeten.foundation.db import KeepRows

CHANGED = """
NEW.serial <> OLD.serial OR NEW.number <> OLD.number OR NEW.delivery_id <> OLD.delivery_id
OR OLD.state = 'void'
OR (OLD.state = 'issued' AND (NEW.state = 'stock' OR NEW.certificate_id IS NULL
    OR NEW.certificate_id <> OLD.certificate_id OR NEW.issued_at IS NULL
    OR NEW.issued_at <> OLD.issued_at))
"""


class Migration(migrations.Migration):

    dependencies = [
        ('certificates', '0005_add_recalls'),
        ('decisions', '0003_keep_minutes_paper'),
    ]

    operations = [
        migrations.CreateModel(
            name='BlankDelivery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(max_length=10, unique=True)),
                ('prefix', models.CharField(blank=True, max_length=20)),
                ('first', models.PositiveBigIntegerField()),
                ('last', models.PositiveBigIntegerField()),
                ('digits', models.PositiveSmallIntegerField()),
                ('note', models.CharField(blank=True, max_length=200)),
                ('received_at', models.DateTimeField()),
                ('received_by_id', models.BigIntegerField()),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('last__gte', models.F('first'))), name='blank_delivery_in_order')],
            },
        ),
        migrations.CreateModel(
            name='Blank',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('serial', models.CharField(max_length=40, unique=True)),
                ('number', models.PositiveBigIntegerField()),
                ('state', models.CharField(max_length=16)),
                ('issued_at', models.DateTimeField(null=True)),
                ('voided_at', models.DateTimeField(null=True)),
                ('reason', models.CharField(blank=True, max_length=200)),
                ('certificate', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='blanks', to='certificates.certificate')),
                ('delivery', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='blanks', to='certificates.blankdelivery')),
            ],
            options={
                'indexes': [models.Index(fields=['state', 'id'], name='blank_by_state')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['stock', 'issued', 'void'])), name='blank_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'issued'), _negated=True), models.Q(('certificate__isnull', False), ('issued_at__isnull', False)), _connector='OR'), name='blank_issued_to_somebody'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'void'), _negated=True), models.Q(('voided_at__isnull', False), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='blank_void_with_reason'), models.UniqueConstraint(fields=('delivery', 'number'), name='blank_number_once'), models.UniqueConstraint(condition=models.Q(('state', 'issued')), fields=('certificate',), name='blank_one_live_per_certificate')],
            },
        ),
        migrations.CreateModel(
            name='SealedPaper',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=16)),
                ('state', models.CharField(max_length=16)),
                ('source_sha256', models.CharField(max_length=64)),
                ('sha256', models.CharField(max_length=64)),
                ('sealed_at', models.DateTimeField()),
                ('decree', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='decisions.decree')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['decree', 'minutes'])), name='sealed_paper_kind_known'), models.CheckConstraint(condition=models.Q(('state__in', ['sealed'])), name='paper_state_known'), models.UniqueConstraint(fields=('decree', 'kind'), name='sealed_paper_once')],
            },
        ),
        KeepRows("certificates_blankdelivery"),
        KeepRows("certificates_sealedpaper"),
        KeepRows("certificates_blank", CHANGED, ("UPDATE",)),
        KeepRows("certificates_blank", acts=("DELETE",)),
    ]
