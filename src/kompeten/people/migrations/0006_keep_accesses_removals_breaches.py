"""Who opened what, who asks to be erased, and which data got out: what is settled stays as it is."""

import django.db.models.deletion
from django.db import migrations, models

from kompeten.foundation.db import FreeRows, KeepRows


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0005_record_consents'),
    ]

    operations = [
        migrations.CreateModel(
            name='Breach',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(max_length=10, unique=True)),
                ('state', models.CharField(max_length=16)),
                ('title', models.CharField(max_length=120)),
                ('noticed_at', models.DateTimeField()),
                ('opened_at', models.DateTimeField()),
                ('disclosed', models.CharField(max_length=400)),
                ('happened', models.CharField(max_length=1000)),
                ('measures', models.CharField(max_length=1000)),
                ('authority_told_at', models.DateTimeField(null=True)),
                ('authority_number', models.CharField(blank=True, max_length=80)),
                ('people_told_at', models.DateTimeField(null=True)),
                ('closed_at', models.DateTimeField(null=True)),
                ('note', models.CharField(blank=True, max_length=400)),
            ],
            options={
                'indexes': [models.Index(fields=['state', 'noticed_at', 'id'], name='breach_by_state')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['open', 'closed'])), name='breach_state_known')],
            },
        ),
        migrations.CreateModel(
            name='Access',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('account_id', models.BigIntegerField()),
                ('role', models.CharField(max_length=32)),
                ('sight', models.CharField(max_length=16)),
                ('hour_at', models.DateTimeField()),
                ('person', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
            options={
                'indexes': [models.Index(fields=['hour_at', 'id'], name='access_by_age')],
                'constraints': [models.CheckConstraint(condition=models.Q(('sight__in', ['application', 'document', 'portfolio', 'exam', 'photo', 'practical', 'decision', 'certificate', 'identity'])), name='access_sight_known'), models.UniqueConstraint(fields=('person', 'hour_at', 'account_id', 'sight'), name='access_once_an_hour')],
            },
        ),
        migrations.CreateModel(
            name='Concerned',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(max_length=16)),
                ('told_at', models.DateTimeField(null=True)),
                ('breach', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='concerned', to='people.breach')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
            options={
                'indexes': [models.Index(fields=['breach', 'state', 'id'], name='concerned_of_breach')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['named', 'told'])), name='concerned_state_known'), models.UniqueConstraint(fields=('breach', 'person'), name='concerned_once')],
            },
        ),
        migrations.CreateModel(
            name='RemovalRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(max_length=10, unique=True)),
                ('state', models.CharField(max_length=16)),
                ('wish', models.CharField(blank=True, max_length=400)),
                ('asked_at', models.DateTimeField()),
                ('answered_at', models.DateTimeField(null=True)),
                ('answer', models.JSONField(default=dict)),
                ('note', models.CharField(blank=True, max_length=400)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
            options={
                'indexes': [models.Index(fields=['state', 'id'], name='removal_by_state')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['requested', 'answered', 'taken_back'])), name='removal_state_known'), models.UniqueConstraint(condition=models.Q(('state', 'requested')), fields=('person',), name='removal_one_open_per_person')],
            },
        ),
        KeepRows("people_access", acts=("UPDATE",)),
        KeepRows("people_removalrequest", "OLD.state <> 'requested'"),
        KeepRows("people_breach", "OLD.state = 'closed'"),
        KeepRows("people_concerned", "OLD.state = 'told'"),
        # A name of before goes with the person who is forgotten; it is still never changed.
        FreeRows("people_namechange"),
        KeepRows("people_namechange", acts=("UPDATE",)),
    ]
