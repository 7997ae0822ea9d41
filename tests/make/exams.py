"""How do exams come into a story? Planned, seated, opened, sat and closed, by the room's own actions."""

import random
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import count

from kompeten.applications.models import Application
from kompeten.exams import actions, queries
from kompeten.exams.actions.attempt import goes_on
from kompeten.exams.adapters.journal import journal
from kompeten.exams.models import Entry, Sitting
from kompeten.exams.queries.records import milliseconds
from kompeten.exams.rules import rows
from kompeten.exams.terms.vault import Link, LinkKind, Row, Via
from kompeten.itembank.queries import keys
from kompeten.kernel.actors import Actor
from kompeten.kernel.roles import Role
from tests.make import applications, itembank
from tests.make.actors import actor
from tests.make.chains import MINUTE, Device
from tests.make.times import MONDAY

KARTIKA = actor(Role.COORDINATOR, account_id=130)
PUTU = actor(Role.INVIGILATOR, account_id=131)

HOUR = timedelta(hours=1)
OPENS = MONDAY + timedelta(days=7)  # 9 March 2026, 09.00 WIB
CLOSES = OPENS + 3 * HOUR
DRAWS = count(1)  # no two sittings of a story are called the same


def sitting(
    *,
    title: str = "Ujian tulis Maret",
    opens_at: datetime = OPENS,
    closes_at: datetime = CLOSES,
    scheme: str = applications.SCHEME,
    at: datetime = MONDAY,
    **more: object,
) -> Sitting:
    """Return a planned online sitting with a form of its own."""
    form = itembank.form(seed=next(DRAWS), at=at)
    plan: dict[str, object] = {
        "scheme_version_ids": [applications.version(scheme, at=at).id],
        "form_ref": form.ref,
        "zone": "Asia/Jakarta",
    }
    return actions.plan(
        title,
        opens_at=opens_at,
        closes_at=closes_at,
        by=KARTIKA,
        at=at,
        rng=random.Random(next(DRAWS)),
        **(plan | more),  # type: ignore[arg-type]
    )


def seated(
    held: Sitting, candidates: Sequence[Application], *, at: datetime = MONDAY, makeup: bool = False
) -> list[Entry]:
    """Return the entries of `candidates` in the sitting."""
    rng = random.Random(next(DRAWS))
    return actions.seat(held, candidates, by=KARTIKA, at=at, rng=rng, makeup=makeup)


def one_seated(n: int = 1, *, held: Sitting | None = None) -> tuple[Entry, Actor]:
    """Return the entry of the n-th person in a planned sitting, and the person."""
    application, candidate = applications.accepted(n)
    (entry,) = seated(held or sitting(), [application])
    return mine(entry, candidate), candidate


def opened(held: Sitting, *, at: datetime | None = None) -> Sitting:
    """Return the sitting with its doors open."""
    actions.open_sitting(held, by=PUTU, at=at or held.opens_at)
    return held


def one_started(n: int = 1, *, held: Sitting | None = None) -> tuple[Entry, Actor]:
    """Return the entry of the n-th person, started as the window opens, and the person."""
    entry, candidate = one_seated(n, held=held)
    if entry.sitting.state == "planned":
        opened(entry.sitting)
    actions.start(entry, by=candidate, at=entry.sitting.opens_at)
    return entry, candidate


def mine(entry: Entry, candidate: Actor) -> Entry:
    """Return the entry as its candidate's page fetches it."""
    found = queries.own(entry.ref, candidate)
    assert found is not None
    return found


def right(entry: Entry, numbers: Iterable[int]) -> dict[int, str | None]:
    """Return the right choices for these items; a story may peek into the key, a candidate may not."""
    key = keys.of_form(entry.form_digest)
    return {number: key[number].option for number in numbers}


def answered(
    entry: Entry, candidate: Actor, choices: Mapping[int, str | None], *, at: datetime
) -> None:
    """Let the candidate's device send `choices` as a page load of its own, after all that is known."""
    assert candidate.person_id == entry.person_id
    received, chain = milliseconds(at), f"{next(DRAWS):016x}"
    kept = [rows.read(one.row) for one in journal().of(entry.ref)]
    links = [
        Link(LinkKind.ANSWER, item, choice or "", mono, received)
        for mono, (item, choice) in enumerate(choices.items())
    ]
    segment = rows.segment(entry.ref, chain, links, parent=goes_on(kept), sent=len(links))
    vaulted(rows.segment_row(segment, received=received), at=at)


def closed(held: Sitting, *, at: datetime | None = None) -> Sitting:
    """Return the sitting closed as its window ends, and nobody waited for any longer."""
    actions.close_sitting(held, by=PUTU, at=at or held.closes_at)
    actions.settle(held, by=PUTU, at=at or held.closes_at)
    return held


def phone(entry: Entry, *, chain: str = "a" * 16, minute: float = 0) -> Device:
    """Return a device of the candidate's, loaded `minute` minutes after the window opened."""
    zero = milliseconds(entry.sitting.opens_at)
    device = Device(chain, entry.ref, loaded=zero + int(minute * MINUTE), zero=zero)
    return device.keep("o", choice="line", minute=minute)


def opening(entry: Entry, *, chain: str = "a" * 16, minute: float = 0) -> Row:
    """Return the row of an opening by line."""
    received = milliseconds(entry.sitting.opens_at) + int(minute * MINUTE)
    return rows.opening_row(entry.ref, chain, received=received)


def sent(
    device: Device, first: int = 1, last: int | None = None, *, minute: float, via: Via = Via.LINE
) -> Row:
    """Return the row of a segment."""
    came = device.sent(first, last, minute=minute, via=via)
    return rows.segment_row(came.segment, received=came.received, via=via)


def vaulted(*kept: Row, at: datetime) -> None:
    """Let rows come into the vault, and the room take them in."""
    actions.record(kept, at=at)
