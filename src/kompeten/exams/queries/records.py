"""What do the records of attempts say, read together and against their time?"""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime
from functools import lru_cache

from kompeten.exams.adapters.journal import journal
from kompeten.exams.models import Entry, Record
from kompeten.exams.rules import rows
from kompeten.exams.rules.joining import join
from kompeten.exams.terms.joined import Joined, Timing
from kompeten.exams.terms.vault import Opening, Received, Row, RowKind, Stated, Via
from kompeten.itembank import queries as itembank
from kompeten.itembank.terms import EssayTask

CHUNK = 500
SECOND = 1_000


def milliseconds(instant: datetime) -> int:
    """Return an instant as whole milliseconds since 1970."""
    return round(instant.timestamp() * SECOND)


def timing(entry: Entry) -> Timing:
    """Return the time an attempt is given; its sitting is read along."""
    sitting = entry.sitting
    return Timing(
        opens=milliseconds(sitting.opens_at),
        closes=milliseconds(sitting.closes_at),
        minutes=sitting.minutes,
        extra=entry.extra_minutes,
        since=milliseconds(entry.reseated_at) if entry.reseated_at else 0,
    )


def joined(entry: Entry) -> Joined:
    """Return what stands of one attempt. One query."""
    return joined_many([entry])[entry.pk]


def arrived(entry: Entry) -> Joined:
    """Return what stands of one attempt by the vault, also what the room has not drained yet.

    For the candidate, who was told a moment ago that it arrived. One question to the vault.
    """
    return joined_from(entry, [rows.read(stored.row) for stored in journal().of(entry.ref)])


def joined_many(entries: Sequence[Entry]) -> dict[int, Joined]:
    """Return what stands of each attempt, by the entry's key. One query per 500."""
    found = records(entry.pk for entry in entries)
    return {entry.pk: joined_from(entry, found.get(entry.pk, ())) for entry in entries}


def joined_from(entry: Entry, found: Iterable[Received | Opening | Stated]) -> Joined:
    """Return what records of an entry say together, in its time."""
    received, stated, openings = rows.apart(found)
    return join(received, stated, openings=openings, timing=timing(entry))


def records(entry_ids: Iterable[int]) -> dict[int, list[Received | Opening | Stated]]:
    """Return what came in for each entry, by its key, in the vault's order. One query per 500."""
    keys = list(entry_ids)
    found: dict[int, list[Received | Opening | Stated]] = {}
    for start in range(0, len(keys), CHUNK):
        some = Record.objects.filter(entry_id__in=keys[start : start + CHUNK]).order_by("number")
        for values in some.values_list(
            "entry_id", "entry__ref", "kind", "chain", "first", "last", "head", "body",
            "received", "via",
        ):  # fmt: skip
            found.setdefault(values[0], []).append(_read(*values[1:]))
    return found


def counting(entry: Entry, standing: Joined) -> dict[int, str | None]:
    """Return what counts on each item: a choice the form has an option for, or the text of an essay.

    A text of nothing but blanks is none.
    """
    known, asked = options(entry.form_digest), essays(entry.form_digest)
    counts = {
        item: choice
        for item, choice in standing.answers.items()
        if item in known and (choice is None or choice in known[item])
    }
    counts |= {
        n: text if text.strip() else None for n, text in standing.texts.items() if n in asked
    }
    return counts


@lru_cache(maxsize=16)
def options(form_digest: str) -> Mapping[int, AbstractSet[str]]:
    """Return the option codes of each choice item of a form, kept by its digest as the paper is."""
    return {
        item.number: frozenset(code for code, _ in item.options)
        for case in itembank.paper(form_digest)
        for item in case.items
        if item.essay is None
    }


@lru_cache(maxsize=16)
def essays(form_digest: str) -> Mapping[int, EssayTask]:
    """Return the essays of a form by number; most forms have none."""
    return {
        item.number: item.essay
        for case in itembank.paper(form_digest)
        for item in case.items
        if item.essay is not None
    }


def count(form_digest: str) -> int:
    """Return how many items a form has in all."""
    return len(options(form_digest)) + len(essays(form_digest))


def _read(
    attempt: str,
    kind: str,
    chain: str,
    first: int,
    last: int,
    head: str,
    body: str,
    received: int,
    via: str,
) -> Received | Opening | Stated:
    row = Row(RowKind(kind), attempt, chain, first, last, head, body.encode(), received, Via(via))
    return rows.read(row)
