"""Does the database itself keep what is finished, column by column, against any hand?"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, models, transaction

from kompeten.certificates import actions as certifying
from kompeten.certificates import queries as certificates
from kompeten.certificates.terms import SuspensionCause, WithdrawalCause
from kompeten.kernel.roles import Role
from kompeten.schemes.terms import Component, Route
from tests.make import journey as make
from tests.make import training as make_training
from tests.make.actors import actor
from tests.make.journey import Traveler
from tests.make.story import told_once

pytestmark = pytest.mark.django_db

# What is never changed, and deleted when its time is over (docs/generated/retention.md).
LET_GO = {"notices.Notice"}

# Finished rows of each table, and the columns that may still move: the end of a life, not its facts.
KEPT: dict[str, tuple[dict[str, Any], set[str]]] = {
    "foundation.Event": ({}, set()),
    "verification.Review": ({"state": "eligible"}, set()),
    "training.Session": ({"state": "closed"}, set()),
    "itembank.CaseSet": ({}, set()),
    "itembank.ItemKey": ({}, set()),
    "itembank.Form": ({}, set()),
    "itembank.FormItem": ({}, set()),
    "exams.Record": ({}, set()),
    "exams.Score": ({}, set()),
    "portfolios.Reading": ({"state": "handed_in"}, set()),
    "portfolios.Assessment": ({}, set()),
    "practicals.Rating": ({"state": "handed_in"}, set()),
    "practicals.Performance": ({}, set()),
    "results.Sheet": ({}, {"state"}),
    "decisions.Meeting": ({"state": "closed"}, set()),
    "decisions.Decision": ({"state": "granted"}, set()),
    "decisions.Decree": ({"state": "signed"}, set()),
    "certificates.Certificate": (
        {"state": "published"},
        {
            "state",
            "reserved_at",
            "signed_at",
            "published_at",
            "reasons",
            "latest_sha256",
            "stamped_at",
            "countersign",
            "countersign_reason",
        },
    ),
    "certificates.SealedPaper": ({}, set()),
    "certificates.Suspension": ({}, {"ends_at", "ended_at"}),
    "certificates.Withdrawal": ({}, set()),
    "register.Leaf": ({}, set()),
    "register.Checkpoint": ({}, set()),
    "notices.Notice": ({}, {"read_at"}),
}


@pytest.fixture(scope="module")
def _finished(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), told_once():
        make.keys_made()
        ani = Traveler()
        make.applied(ani)
        make.reviewed(ani)
        make.prepared(ani, trainer=make_training.trainer().person_id)
        make.read(ani)
        make.examined(ani)
        make.rated(ani, Component.PRACTICE)
        make.rated(ani, Component.INTERVIEW)
        budi = Traveler(n=2, at=ani.at, route=Route.DIRECT_CERTIFICATION)
        make.applied(budi)
        make.reviewed(budi)
        make.read(budi)
        make.rated(budi, Component.INTERVIEW)
        make.decided(budi)
        _taken_back(budi)
        yield


def _taken_back(other: Traveler) -> None:
    """Let a certificate be suspended, and withdrawn for good."""
    held = certificates.of_applications([other.application.pk])[other.application.pk]
    by, at = actor(Role.DIRECTOR, account_id=4011), other.at
    ends_at = at + timedelta(days=30)
    certifying.suspend(
        held, cause=SuspensionCause.INQUIRY, note="ada", ends_at=ends_at, by=by, at=at
    )
    certifying.withdraw([held], cause=WithdrawalCause.CONDUCT, note="ada", by=by, at=at)


def other(field: models.Field[Any, Any], value: Any) -> Any:
    """Return a value that the column would take, and that is not the one it holds."""
    if isinstance(field, models.BooleanField):
        return not value
    if isinstance(field, models.BinaryField):
        return bytes(value)[:-1] + bytes([bytes(value)[-1] ^ 1])
    if isinstance(field, models.JSONField):
        return {"forged": True}
    if isinstance(field, models.DateField):
        return value + timedelta(days=1) if value else None
    if isinstance(field, models.IntegerField | models.ForeignKey):
        return (value or 0) + 1
    if isinstance(field, models.CharField | models.TextField):
        return value[:-1] + ("x" if value[-1:] != "x" else "y") if value else "x"
    raise TypeError(f"what else could a {field} hold?")


def kept(rows: models.QuerySet[Any], change: dict[str, Any] | None) -> bool:
    """Say whether the database refuses to change the rows, or to delete them where no change is told."""
    try:
        with transaction.atomic():
            rows.update(**change) if change else rows._raw_delete(rows.db)
    except DatabaseError as error:
        return "kept as they are" in str(error)
    return False


@pytest.mark.usefixtures("_finished")
@pytest.mark.parametrize("label", KEPT)
def test_what_is_finished_stays_as_it_is(label: str) -> None:
    held, may_move = KEPT[label]
    model = apps.get_model(label)
    row = model._base_manager.filter(**held).order_by("pk").first()
    assert row is not None
    rows = model._base_manager.filter(pk=row.pk)

    changes = {
        field.attname: other(field, getattr(row, field.attname))
        for field in model._meta.concrete_fields
        if not field.primary_key and field.attname not in may_move
    }
    loose = [
        column
        for column, value in changes.items()
        if value != getattr(row, column) and not kept(rows, {column: value})
    ]

    assert loose == []
    if label not in LET_GO:
        assert kept(rows, None)
