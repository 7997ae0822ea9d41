"""Offices watch certificates, by mail and by webhook."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('certificates', '0006_add_blanks'),
        ('notices', '0002_keep_notices'),
        ('people', '0003_name_changes'),
    ]

    operations = [
        migrations.CreateModel(
            name='Watch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(max_length=10, unique=True)),
                ('account_id', models.BigIntegerField()),
                ('channel', models.CharField(max_length=16)),
                ('url', models.CharField(blank=True, max_length=400)),
                ('secret_sealed', models.BinaryField(null=True)),
                ('state', models.CharField(max_length=16)),
                ('opened_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('failures', models.PositiveIntegerField(default=0)),
                ('trouble', models.CharField(blank=True, max_length=200)),
                ('next_try_at', models.DateTimeField()),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organization')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
        ),
        migrations.CreateModel(
            name='Ping',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(max_length=10, unique=True)),
                ('event_id', models.BigIntegerField()),
                ('kind', models.CharField(max_length=64)),
                ('happened_at', models.DateTimeField()),
                ('state', models.CharField(max_length=16)),
                ('batch', models.CharField(blank=True, max_length=10)),
                ('queued_at', models.DateTimeField()),
                ('settled_at', models.DateTimeField(null=True)),
                ('certificate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='certificates.certificate')),
                ('watch', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='pings', to='notices.watch')),
            ],
        ),
        migrations.CreateModel(
            name='Watched',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('added_by_id', models.BigIntegerField()),
                ('added_at', models.DateTimeField()),
                ('certificate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='certificates.certificate')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organization')),
            ],
        ),
        migrations.AddIndex(
            model_name='watch',
            index=models.Index(fields=['state', 'next_try_at', 'id'], name='watch_due'),
        ),
        migrations.AddConstraint(
            model_name='watch',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['active', 'ended'])), name='watch_state_known'),
        ),
        migrations.AddConstraint(
            model_name='watch',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('channel', 'mail'), ('person__isnull', False), ('url', '')), models.Q(('channel', 'webhook'), ('secret_sealed__isnull', False), models.Q(('url', ''), _negated=True)), _connector='OR'), name='watch_reaches_somewhere'),
        ),
        migrations.AddConstraint(
            model_name='watch',
            constraint=models.CheckConstraint(condition=models.Q(('channel__in', ['mail', 'webhook'])), name='watch_channel_known'),
        ),
        migrations.AddConstraint(
            model_name='watch',
            constraint=models.UniqueConstraint(condition=models.Q(('channel', 'mail'), ('state', 'active')), fields=('organization', 'account_id'), name='watch_one_mail_each'),
        ),
        migrations.AddConstraint(
            model_name='watch',
            constraint=models.UniqueConstraint(condition=models.Q(('channel', 'webhook'), ('state', 'active')), fields=('organization', 'url'), name='watch_one_of_url'),
        ),
        migrations.AddIndex(
            model_name='ping',
            index=models.Index(fields=['watch', 'state', 'id'], name='ping_waiting'),
        ),
        migrations.AddConstraint(
            model_name='ping',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['queued', 'sent', 'dropped'])), name='ping_state_known'),
        ),
        migrations.AddConstraint(
            model_name='ping',
            constraint=models.UniqueConstraint(fields=('watch', 'event_id'), name='ping_once_per_event'),
        ),
        migrations.AddConstraint(
            model_name='watched',
            constraint=models.UniqueConstraint(fields=('organization', 'certificate'), name='watched_once'),
        ),
    ]
