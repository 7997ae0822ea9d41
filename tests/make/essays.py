"""How do essays come into a story? A scheme that asks for them, items for them, and texts from a device."""

import random
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count

from kompeten.exams import actions
from kompeten.exams.models import Entry, Marking, Sitting
from kompeten.exams.rules import edits
from kompeten.foundation.ledger import drain
from kompeten.itembank import actions as items
from kompeten.itembank import queries as itembank
from kompeten.itembank.terms import ItemState
from kompeten.kernel.actors import SYSTEM, Actor
from kompeten.schemes import actions as schemes
from kompeten.schemes import queries as scheme_queries
from tests.make import applications, exams
from tests.make.chains import Device
from tests.make.demobank import BLUEPRINT
from tests.make.itembank import WATI, YUSUF, form
from tests.make.times import MONDAY

DRAWS = count(1)
FIRST, SECOND = 101, 102  # the numbers of essays in a form of a hundred choice items
POINTS = 20
GUIDE = "Tujuan 8 poin, langkah 12 poin."
ITEM = r"""$CATEGORY: esai/E{n}

// [id:E{n}-1] [tag:domain:skill] [tag:difficulty:hard] [tag:points:20] [tag:longest:2000]
// [tag:guidance:Sebutkan tujuan dan langkah.] [tag:marking:Tujuan 8 poin, langkah 12 poin.]
Uraikan rencana pendampingan untuk keluarga {n}. {{}}
"""


def bank(*, number: int = 3, at: datetime = MONDAY) -> None:
    """Take in essays, approved; done before: nothing changes."""
    text = "\n".join(ITEM.format(n=n) for n in range(1, number + 1))
    items.import_gift(text.encode(), by=WATI, at=at, rng=random.Random(f"essays {next(DRAWS)}"))
    items.submit(itembank.items_in(ItemState.DRAFT, WATI), by=WATI, at=at)
    items.approve(itembank.items_in(ItemState.IN_REVIEW, YUSUF), by=YUSUF, at=at)


def asked(*, essays: int = 2, code: str = applications.SCHEME, at: datetime = MONDAY) -> int:
    """Let the newest version of a scheme ask for essays beside the hundred; return its key."""
    said = scheme_queries.content(applications.version(code, at=at).id)
    blueprint = replace(said.cognitive.blueprint, essays=essays)
    content = replace(said, cognitive=replace(said.cognitive, blueprint=blueprint))
    rng = random.Random(f"essays {next(DRAWS)}")
    drafted = schemes.draft(content, in_force_from=MONDAY.date(), by=SYSTEM, at=at, rng=rng)
    schemes.publish(drafted, by=SYSTEM, at=at)
    return drafted.pk


def sitting(*, essays: int = 2, at: datetime = MONDAY, **more: object) -> Sitting:
    """Return a planned sitting whose form has essays after its hundred choice items."""
    bank(at=at)
    version = asked(essays=essays, at=at)
    made = form(seed=1000 + next(DRAWS), at=at, blueprint=replace(BLUEPRINT, essays=essays))
    plan = {"scheme_version_ids": [version], "form_ref": made.ref} | more
    return exams.sitting(at=at, **plan)  # type: ignore[arg-type]


def write(device: Device, text: str, *, minute: float, old: str = "", item: int = FIRST) -> Device:
    """Let a device turn the text `old` of an essay into another, as its page does."""
    for detail in edits.written(0, len(old.encode("utf-16-le")) // 2, text):
        device.keep("e", item, detail, minute=minute)
    return device


def written(
    entry: Entry, *texts: str, points: int = 60, minute: float = 10, hand_in: bool = True
) -> Device:
    """Return the candidate's device with so many right answers and these texts, all kept."""
    device = exams.phone(entry)
    for number, choice in exams.right(entry, range(1, points + 1)).items():
        device.answer(number, choice, minute=minute)
    for number, text in enumerate(texts, FIRST):
        write(device, text, minute=minute + 1, item=number)
    return device.keep("h", minute=minute + 2) if hand_in else device


def handed_in(*texts: str, n: int = 1, held: Sitting | None = None, points: int = 60) -> Entry:
    """Return the entry of the n-th person whose essays came by line, in a sitting that is closed."""
    alone = held is None
    held = held or exams.opened(sitting())
    entry, _ = exams.one_seated(n, held=held)
    device = written(entry, *texts, points=points)
    opening, sent = exams.opening(entry), exams.sent(device, minute=13)
    exams.vaulted(opening, sent, at=held.opens_at + timedelta(minutes=13))
    if alone:
        exams.closed(held)
    return Entry.objects.select_related("sitting").get(pk=entry.pk)


def follow(*, at: datetime = exams.CLOSES) -> None:
    """Let everything that follows in the room happen."""
    for _ in range(4):
        for name in ("score", "assign_markers", "settle_scripts"):
            drain(f"exams.{name}", at=at)


def open_markings(entry: Entry, number: int = FIRST) -> list[Marking]:
    """Return the open markings of one essay of an entry."""
    found = Marking.objects.filter(script__entry=entry, script__number=number, state="open")
    return list(found.select_related("script__entry").order_by("id"))


def marked(
    entry: Entry,
    pool: Mapping[int, Actor],
    *points: int,
    number: int = FIRST,
    at: datetime = exams.CLOSES,
) -> None:
    """Let the assessors of one essay hand in these points, in the order they were drawn."""
    for marking, given in zip(open_markings(entry, number), points, strict=True):
        by = pool[marking.assessor_id]
        actions.mark(marking, points=given, note="Tujuan dan langkah jelas.", by=by, at=at)
