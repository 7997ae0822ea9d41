"""The body words what its offices send; each version stays as it was."""

from django.db import migrations, models

from kompeten.foundation.db import KeepRows


class Migration(migrations.Migration):

    dependencies = [
        ('notices', '0007_let_notices_go_by_paper'),
    ]

    operations = [
        migrations.CreateModel(
            name='MessageText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=16)),
                ('language', models.CharField(max_length=8)),
                ('version', models.PositiveIntegerField()),
                ('text', models.TextField()),
                ('written_at', models.DateTimeField()),
                ('account_id', models.BigIntegerField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('kind', 'language', 'version'), name='message_text_version'), models.CheckConstraint(condition=models.Q(('kind__in', ['mend', 'confirm'])), name='message_text_kind_known')],
            },
        ),
        KeepRows("notices_messagetext"),
    ]
