"""What does the ledger move in its own tests? Letters: a record of no room, in a table of the test."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db import connection, models

from kompeten.foundation.ledger import enter
from kompeten.kernel.roles import Role
from kompeten.kernel.statechart import Chart, step
from tests.make.actors import ANI
from tests.make.times import MONDAY


class State(StrEnum):
    DRAFT = "draft"
    SENT = "sent"
    RETURNED = "returned"
    ANSWERED = "answered"


@dataclass(frozen=True, slots=True)
class Sending:
    """Sent with this many pages."""

    pages: int


def too_thin(facts: Sending) -> tuple[str, ...]:
    """Say why a letter may not go out."""
    return () if facts.pages > 0 else ("letter.empty",)


# fmt: off
CHART = Chart("letter", State.DRAFT, (
    step("send", "letter.sent", {State.DRAFT, State.RETURNED}, State.SENT,
         roles={Role.APPLICANT}, facts=Sending, guard=too_thin),
    step("return", "letter.returned", {State.SENT}, State.RETURNED, roles={Role.VERIFIER}),
    step("answer", "letter.answered", {State.SENT}, State.ANSWERED, roles={Role.VERIFIER}),
    step("stamp", "letter.stamped", {State.SENT, State.ANSWERED}, None, roles={Role.VERIFIER}),
), opened_by=frozenset({Role.APPLICANT}))
# fmt: on


class Letter(models.Model):
    """A letter; its table exists only inside a test."""

    state = models.CharField(max_length=16)
    sent_at = models.DateTimeField(null=True)
    stamps = models.IntegerField(default=0)

    class Meta:
        app_label = "tests"
        managed = False
        db_table = "tests_letter"

    def __str__(self) -> str:
        return f"{self.pk} {self.state}"


def make_table() -> None:
    """Create the table of letters in the present transaction, or for good where there is none."""
    is_sqlite = connection.vendor == "sqlite"
    key = "integer PRIMARY KEY AUTOINCREMENT" if is_sqlite else "bigserial PRIMARY KEY"
    instant = "datetime" if is_sqlite else "timestamptz"
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE TABLE tests_letter (id {key}, state varchar(16) NOT NULL,"
            f" sent_at {instant}, stamps integer NOT NULL DEFAULT 0)"
        )


def letter(at: datetime = MONDAY) -> Letter:
    """Return a letter that Ani has begun."""
    record = Letter()
    enter(CHART, record, by=ANI, at=at)
    return record
