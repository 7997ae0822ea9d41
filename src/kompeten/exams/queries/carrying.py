"""What does an exam site need that holds a sitting without us, and what does it hand out there?

`sitting` is asked at headquarters; the rest at the site, with the site's own vault key and no table.
"""

from collections.abc import Iterable

from kompeten.exams.adapters import keys
from kompeten.exams.adapters import package as packing
from kompeten.exams.adapters.journal import journal
from kompeten.exams.models import Sitting
from kompeten.exams.queries import vault
from kompeten.exams.queries.packages import order
from kompeten.exams.queries.sittings import form_digests
from kompeten.exams.terms import EntryState
from kompeten.exams.terms.carried import CarriedPaper, CarriedSeat, CarriedSitting
from kompeten.exams.terms.joined import Joined
from kompeten.exams.terms.vault import Stored, Ticket
from kompeten.itembank import queries as itembank

GOING = (EntryState.SEATED, EntryState.STARTED)


def sitting(held: Sitting) -> CarriedSitting:
    """Return a sitting with everybody who has a seat in it, by name. Two queries."""
    first, *further = (_paper(held.title, digest) for digest in form_digests(held))
    entries = held.entries.filter(state__in=GOING).select_related("person", "sitting")
    return CarriedSitting(
        ref=held.ref,
        title=held.title,
        zone=held.zone,
        opens=round(held.opens_at.timestamp() * 1000),
        closes=round(held.closes_at.timestamp() * 1000),
        minutes=held.minutes,
        form=first.form,
        items=first.items,
        paper=first.paper,
        further=tuple(further),
        seats=tuple(
            CarriedSeat(
                attempt=entry.ref,
                name=entry.person.name,
                extra=entry.extra_minutes,
                key=keys.attempt_key(entry.ref).hex(),
                order=order(entry),
                form=keys.form_name(entry.form_digest),
            )
            for entry in entries.order_by("person__name", "id")
        ),
    )


def _paper(title: str, form_digest: str) -> CarriedPaper:
    cases = itembank.paper(form_digest)
    return CarriedPaper(
        form=keys.form_name(form_digest),
        items=packing.choices(cases),
        paper=packing.paper(title, cases).decode(),
    )


def seat_keys(held: Sitting) -> dict[str, bytes]:
    """Return the key of every attempt of a sitting in the order the seats were given. One query.

    Whatever became of them: what is drawn from these keys stays when somebody leaves.
    """
    found = held.entries.order_by("id").values_list("ref", flat=True)
    return {ref: keys.attempt_key(ref) for ref in found}


def seated(held: Sitting) -> list[tuple[str, str]]:
    """Return attempt and name of everybody who has a seat in a sitting, by name. One query."""
    entries = held.entries.filter(state__in=GOING).order_by("person__name", "id")
    return list(entries.values_list("ref", "person__name"))


def seated_persons(held: Sitting) -> list[int]:
    """Return the keys of the same people. One query."""
    return list(held.entries.filter(state__in=GOING).values_list("person_id", flat=True))


def refs(held: Sitting) -> frozenset[str]:
    """Return the attempts of a sitting, whatever became of them. One query."""
    return frozenset(held.entries.values_list("ref", flat=True))


def ticket(granted: Ticket) -> str:
    """Return the text that lets a device write to one attempt at this house."""
    return keys.ticket(granted)


def read_ticket(text: str) -> Ticket:
    """Return what a ticket of this house grants. :raises Unreadable: `ticket.…`"""
    return keys.read_ticket(text)


def package(ref: str, form: str, *, paper: str, items: int) -> packing.Package:
    """Return a paper that came from headquarters as a package of this house's own keys."""
    return packing.sealed(ref, form, 0, paper=paper.encode(), items=items)


def places(attempts: Iterable[str]) -> frozenset[tuple[str, str, int, int, str]]:
    """Return the places (attempt, chain, first, last, head) that the vault holds of these attempts."""
    found = journal()
    return frozenset(
        (kept.row.attempt, kept.row.chain, kept.row.first, kept.row.last, kept.row.head)
        for attempt in attempts
        for kept in found.of(attempt)
    )


def held(attempt: str) -> Joined:
    """Return what the vault's rows of one attempt say together."""
    return vault.held(journal().of(attempt))


def after(number: int, *, limit: int) -> list[Stored]:
    """Return up to `limit` rows of the vault with numbers above `number`, in their order."""
    return journal().after(number, limit=limit)
