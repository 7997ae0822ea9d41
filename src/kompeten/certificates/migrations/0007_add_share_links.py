"""Holders give links to their certificates away, and end them."""

import django.db.models.deletion
from django.db import migrations, models

from kompeten.foundation.db import KeepRows


class Migration(migrations.Migration):

    dependencies = [
        ('certificates', '0006_add_blanks'),
    ]

    operations = [
        migrations.CreateModel(
            name='ShareLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(max_length=10, unique=True)),
                ('token_sha256', models.CharField(max_length=64, unique=True)),
                ('label', models.CharField(max_length=80)),
                ('state', models.CharField(max_length=16)),
                ('opened_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('looks', models.PositiveIntegerField(default=0)),
                ('looked_at', models.DateTimeField(null=True)),
                ('certificate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='certificates.certificate')),
            ],
            options={
                'indexes': [models.Index(fields=['certificate', '-id'], name='share_of_certificate')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['open', 'ended'])), name='share_state_known'), models.CheckConstraint(condition=models.Q(('ends_at__isnull', True), ('ends_at__gt', models.F('opened_at')), _connector='OR'), name='share_ends_after_start')],
            },
        ),
        KeepRows("certificates_sharelink", "OLD.state = 'ended'", ("UPDATE",)),
    ]
