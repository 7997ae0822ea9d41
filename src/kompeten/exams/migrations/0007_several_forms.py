"""A sitting may have several forms, and each seat says which one is its own."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("exams", "0006_check_in"), ("itembank", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="SittingForm",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("form_digest", models.CharField(max_length=71)),
                (
                    "form",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="itembank.form",
                    ),
                ),
                (
                    "sitting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="further_forms",
                        to="exams.sitting",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="sittingform",
            constraint=models.UniqueConstraint(
                fields=("sitting", "form"), name="sitting_form_once"
            ),
        ),
        migrations.AddField(
            model_name="entry",
            name="form_digest",
            field=models.CharField(default="", max_length=71),
            preserve_default=False,
        ),
    ]
