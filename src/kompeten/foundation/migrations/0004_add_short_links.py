"""Short addresses of the house lead to its own pages, for a time."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('foundation', '0003_one_worker_at_a_follower'),
    ]

    operations = [
        migrations.CreateModel(
            name='ShortLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('kind', models.CharField(max_length=16)),
                ('ref', models.CharField(max_length=10)),
                ('ends_at', models.DateTimeField()),
                ('looks', models.PositiveIntegerField(default=0)),
                ('looked_on', models.DateField(null=True)),
            ],
        ),
    ]
