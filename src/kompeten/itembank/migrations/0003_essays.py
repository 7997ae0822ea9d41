"""Items may be essays: their task and the guide for marking stand in tables of their own, kept as written."""

import django.db.models.deletion
from django.db import migrations, models

from kompeten.foundation.db import KeepRows


class Migration(migrations.Migration):

    dependencies = [
        ('itembank', '0002_keep_texts'),
    ]

    operations = [
        migrations.CreateModel(
            name='MarkingGuide',
            fields=[
                ('item', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='itembank.item')),
                ('text', models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name='Essay',
            fields=[
                ('item', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='essay', serialize=False, to='itembank.item')),
                ('guidance', models.TextField(blank=True)),
                ('most_points', models.PositiveSmallIntegerField()),
                ('longest', models.PositiveSmallIntegerField()),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('most_points__gte', 1), ('longest__lte', 4000)), name='essay_within_bounds')],
            },
        ),
        KeepRows('itembank_essay'),
        KeepRows('itembank_markingguide'),
    ]
