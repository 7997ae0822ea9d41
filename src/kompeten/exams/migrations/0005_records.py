"""Records drained from the vault take the place of answer batches.

The table of batches stays as it is, readable and frozen: its rows are the evidence of exams already
scored. Nothing carries them over, since a batch has no chain and no hash: an exam that is under way
is closed and scored before this upgrade.
"""

import django.db.models.deletion
from django.db import migrations, models

from kompeten.foundation.db import KeepRows


class Migration(migrations.Migration):

    dependencies = [
        ('exams', '0004_code_renewals'),
    ]

    operations = [
        migrations.CreateModel(
            name='Mark',
            fields=[
                ('name', models.CharField(max_length=16, primary_key=True, serialize=False)),
                ('number', models.BigIntegerField(default=0)),
                ('highest', models.BigIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name='Standing',
            fields=[
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='standing', serialize=False, to='exams.entry')),
                ('contact', models.BigIntegerField(default=0)),
                ('tip', models.CharField(default='', max_length=16)),
                ('last', models.PositiveIntegerField(default=0)),
                ('segments', models.PositiveIntegerField(default=0)),
                ('links', models.PositiveIntegerField(default=0)),
                ('hidden', models.PositiveIntegerField(default=0)),
                ('clock', models.PositiveIntegerField(default=0)),
                ('still', models.PositiveIntegerField(default=0)),
                ('store', models.PositiveIntegerField(default=0)),
                ('is_odd', models.BooleanField(default=False)),
                ('conflicts', models.PositiveIntegerField(default=0)),
                ('late', models.PositiveIntegerField(default=0)),
                ('gaps', models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.AddField(
            model_name='entry',
            name='breaks',
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='entry',
            name='reseated_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='entry',
            name='settles_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.CreateModel(
            name='Record',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.BigIntegerField()),
                ('kind', models.CharField(max_length=8)),
                ('chain', models.CharField(max_length=16)),
                ('first', models.PositiveIntegerField()),
                ('last', models.PositiveIntegerField()),
                ('head', models.CharField(max_length=64)),
                ('body', models.TextField()),
                ('received', models.BigIntegerField()),
                ('via', models.CharField(max_length=4)),
                ('entry', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='records', to='exams.entry')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('entry', 'chain', 'first', 'last', 'head'), name='record_once'), models.CheckConstraint(condition=models.Q(('kind__in', ['opening', 'segment', 'stated'])), name='record_kind_known'), models.CheckConstraint(condition=models.Q(('via__in', ['line', 'node', 'file', 'qr', 'code'])), name='record_via_known')],
            },
        ),
        migrations.CreateModel(
            name='Remark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=40)),
                ('attempt', models.CharField(max_length=10)),
                ('state', models.CharField(max_length=16)),
                ('number', models.BigIntegerField()),
                ('noted_at', models.DateTimeField()),
                ('entry', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='remarks', to='exams.entry')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['open', 'settled'])), name='remark_state_known'), models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('attempt', 'code'), name='remark_open_once')],
            },
        ),
        KeepRows('exams_record'),
    ]
