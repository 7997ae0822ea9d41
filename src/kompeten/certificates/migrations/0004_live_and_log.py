"""A certificate in force is suspended, withdrawn or replaced; it has places in the lists and in the log."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q

from kompeten.foundation.db import FreeRows, KeepApart, KeepRows

TABLE = "certificates_certificate"
IDENTITY = """
NEW.ref <> OLD.ref OR NEW.number <> OLD.number OR NEW.decision_id <> OLD.decision_id
OR NEW.application_id <> OLD.application_id OR NEW.person_id <> OLD.person_id
OR (OLD.state <> 'reserved' AND (
    NEW.digest <> OLD.digest OR NEW.content <> OLD.content
    OR NEW.valid_from <> OLD.valid_from OR NEW.valid_until <> OLD.valid_until))
"""
BEFORE = (
    IDENTITY
    + """OR (OLD.state IN ('signed', 'checked', 'published', 'held', 'void') AND (
    NEW.pdf_sha256 <> OLD.pdf_sha256 OR NEW.credential_sha256 <> OLD.credential_sha256
    OR NEW.qr <> OLD.qr))
OR (OLD.state <> 'reserved' AND OLD.digest <> '' AND NEW.state = 'reserved')
OR (OLD.state IN ('published', 'void') AND NEW.state <> OLD.state)
"""
)
# What is withdrawn, replaced or void stays so; what was published moves among what follows only.
# Places in the lists and in the log are given once.
NOW = (
    IDENTITY
    + """OR NEW.replaces <> OLD.replaces OR NEW.ground <> OLD.ground
OR COALESCE(NEW.status_list, -1) <> COALESCE(OLD.status_list, -1)
OR COALESCE(NEW.status_index, -1) <> COALESCE(OLD.status_index, -1)
OR (OLD.state <> 'checked' AND COALESCE(NEW.leaf, -1) <> COALESCE(OLD.leaf, -1))
OR (OLD.state NOT IN ('reserved', 'intended') AND (
    NEW.pdf_sha256 <> OLD.pdf_sha256 OR NEW.credential_sha256 <> OLD.credential_sha256
    OR NEW.qr <> OLD.qr))
OR (OLD.state <> 'reserved' AND OLD.digest <> '' AND NEW.state = 'reserved')
OR (OLD.state IN ('withdrawn', 'replaced', 'void') AND NEW.state <> OLD.state)
OR (OLD.state IN ('published', 'suspended')
    AND NEW.state NOT IN ('published', 'suspended', 'withdrawn', 'replaced'))
"""
)
STATES = (
    "reserved", "intended", "signed", "checked", "logged", "published", "suspended", "withdrawn",
    "replaced", "held", "void",
)  # fmt: skip
LIFTED = """
NEW.certificate_id <> OLD.certificate_id OR NEW.cause <> OLD.cause OR NEW.note <> OLD.note
OR NEW.starts_at <> OLD.starts_at OR OLD.ended_at IS NOT NULL
"""


class Migration(migrations.Migration):
    dependencies = [
        ("applications", "0004_keep_warnings_of_lines"),
        ("certificates", "0003_hold_and_void"),
        ("decisions", "0002_keep_decided"),
        ("people", "0003_name_changes"),
    ]

    operations = [
        FreeRows(TABLE, BEFORE, ("UPDATE",)),
        FreeRows(TABLE, acts=("DELETE",)),
        migrations.RemoveConstraint(model_name="certificate", name="certificate_state_known"),
        migrations.RemoveConstraint(model_name="certificate", name="certificate_one_of_decision"),
        migrations.AddField(
            model_name="certificate", name="leaf", field=models.BigIntegerField(null=True)
        ),
        migrations.AddField(
            model_name="certificate",
            name="replaces",
            field=models.CharField(blank=True, default="", max_length=80),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="certificate",
            name="ground",
            field=models.CharField(blank=True, default="", max_length=400),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="certificate",
            name="status_index",
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="certificate",
            name="status_list",
            field=models.PositiveSmallIntegerField(null=True),
        ),
        migrations.AddConstraint(
            model_name="certificate",
            constraint=models.CheckConstraint(
                condition=Q(state__in=list(STATES)), name="certificate_state_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="certificate",
            constraint=models.UniqueConstraint(
                fields=["decision"],
                condition=~Q(state="void") & Q(replaces=""),
                name="certificate_one_of_decision",
            ),
        ),
        migrations.AddConstraint(
            model_name="certificate",
            constraint=models.UniqueConstraint(
                fields=["replaces"],
                condition=~Q(state="void") & ~Q(replaces=""),
                name="certificate_one_successor",
            ),
        ),
        migrations.AddConstraint(
            model_name="certificate",
            constraint=models.UniqueConstraint(
                fields=["status_list", "status_index"], name="certificate_one_of_status_place"
            ),
        ),
        migrations.CreateModel(
            name="Suspension",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("cause", models.CharField(max_length=32)),
                ("note", models.CharField(max_length=400)),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "certificate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="certificates.certificate",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["ended_at", "ends_at"], name="suspension_by_end")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(cause__in=["inquiry", "surveillance", "misuse", "request"]),
                        name="suspension_cause_known",
                    ),
                    models.CheckConstraint(
                        condition=Q(ends_at__gt=F("starts_at")), name="suspension_ends_after_start"
                    ),
                    models.CheckConstraint(
                        condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("starts_at")),
                        name="suspension_lifted_after_start",
                    ),
                    models.UniqueConstraint(
                        fields=["certificate"],
                        condition=Q(ended_at__isnull=True),
                        name="suspension_one_open",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Withdrawal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("cause", models.CharField(max_length=32)),
                ("note", models.CharField(max_length=400)),
                ("at", models.DateTimeField()),
                (
                    "certificate",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="certificates.certificate",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(
                            cause__in=[
                                "issued_in_error", "forged_evidence", "conduct", "misuse",
                                "no_longer_met", "request", "deceased",
                            ]
                        ),
                        name="withdrawal_cause_known",
                    )
                ],
            },
        ),
        KeepRows(TABLE, NOW, ("UPDATE",)),
        KeepRows(TABLE, acts=("DELETE",)),
        KeepRows("certificates_suspension", LIFTED, ("UPDATE",)),
        KeepRows("certificates_suspension", acts=("DELETE",)),
        KeepRows("certificates_withdrawal"),
        KeepApart(
            "certificates_suspension",
            key="certificate_id",
            start="r.starts_at",
            end="COALESCE(r.ended_at, r.ends_at)",
        ),
    ]
