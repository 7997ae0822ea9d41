"""Essays are laid before assessors; a text never changes, nor a marking that has left its assessor's hands."""

import django.db.models.deletion
from django.db import migrations, models

from kompeten.foundation.db import KeepRows


class Migration(migrations.Migration):

    dependencies = [
        ('exams', '0009_photos_and_notes'),
        ('people', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Script',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(max_length=10, unique=True)),
                ('number', models.PositiveIntegerField()),
                ('text', models.TextField()),
                ('digest', models.CharField(max_length=71)),
                ('most_points', models.PositiveSmallIntegerField()),
                ('state', models.CharField(max_length=16)),
                ('points', models.PositiveSmallIntegerField(null=True)),
                ('opened_at', models.DateTimeField()),
                ('settled_at', models.DateTimeField(null=True)),
                ('entry', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='scripts', to='exams.entry')),
            ],
        ),
        migrations.CreateModel(
            name='Marking',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(max_length=10, unique=True)),
                ('third', models.BooleanField(default=False)),
                ('state', models.CharField(max_length=16)),
                ('points', models.PositiveSmallIntegerField(null=True)),
                ('note', models.TextField(blank=True)),
                ('opened_at', models.DateTimeField()),
                ('handed_in_at', models.DateTimeField(null=True)),
                ('assessor', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('script', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='markings', to='exams.script')),
            ],
        ),
        migrations.AddIndex(
            model_name='script',
            index=models.Index(fields=['state', 'id'], name='scripts_by_state'),
        ),
        migrations.AddConstraint(
            model_name='script',
            constraint=models.UniqueConstraint(fields=('entry', 'number'), name='script_once'),
        ),
        migrations.AddConstraint(
            model_name='script',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['marking', 'settled'])), name='script_state_known'),
        ),
        migrations.AddConstraint(
            model_name='script',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'settled'), _negated=True), models.Q(('points__isnull', False), ('points__lte', models.F('most_points'))), _connector='OR'), name='script_settled_within_points'),
        ),
        migrations.AddIndex(
            model_name='marking',
            index=models.Index(fields=['assessor', 'state', 'id'], name='marking_desk'),
        ),
        migrations.AddConstraint(
            model_name='marking',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['open', 'handed_in', 'released'])), name='marking_state_known'),
        ),
        migrations.AddConstraint(
            model_name='marking',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'handed_in'), _negated=True), ('points__isnull', False), _connector='OR'), name='marking_handed_in_with_points'),
        ),
        migrations.AddConstraint(
            model_name='marking',
            constraint=models.UniqueConstraint(fields=('script', 'assessor'), name='marking_once'),
        ),
        KeepRows(
            'exams_script',
            "OLD.state <> 'marking' OR NEW.text <> OLD.text OR NEW.digest <> OLD.digest"
            " OR NEW.entry_id <> OLD.entry_id OR NEW.number <> OLD.number",
            ('UPDATE',),
        ),
        KeepRows('exams_script', acts=('DELETE',)),
        KeepRows('exams_marking', when="OLD.state <> 'open'"),
    ]
