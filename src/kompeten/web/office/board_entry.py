"""How does one candidate's exam stand, what does the record tell, and what can be done now?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from kompeten.applications import queries as applications
from kompeten.exams import labels, queries
from kompeten.exams.terms import (
    MAKEUP_AFTER,
    PLANNERS,
    WATCH,
    EntryFacts,
    EntryState,
    SittingState,
)
from kompeten.exams.terms.joined import Flag
from kompeten.exams.terms.vault import Via
from kompeten.foundation import ledger, words
from kompeten.people import queries as people
from kompeten.web.office import asking, board_door, board_forms, door_forms, hours, shown, stories
from kompeten.web.office.asking import Request
from kompeten.web.office.board_lines import TAKES_TIME
from kompeten.web.office.sittings import ENTRY_TONE, PAST, READERS
from kompeten.web.ui.http import page

if TYPE_CHECKING:
    from django.forms import Form

    from kompeten.exams.models import Entry

CLOCK_FLAGS = {Flag.CLOCK, Flag.SUSPENDED}
RULE = ("time.device_stood_still", "time.device_was_dark")  # reasons of time given by the rule


@dataclass(frozen=True, slots=True)
class Spell:
    """Time that was lost, on the clocks of the sitting, and why."""

    why: str
    since: str
    until: str


@dataclass(frozen=True, slots=True)
class Back:
    """What the written rule still proposes to give back, after what was given; `reason` is a code."""

    minutes: int
    given: int
    reason: str
    spells: tuple[Spell, ...]


@require_safe
@asking.only(READERS)
def entry(request: Request, ref: str) -> HttpResponse:
    """Show one candidate's seat: how far, how long, what happened."""
    return show(request, asking.there(queries.entry(ref, request.actor)))


def show(
    request: Request,
    found: "Entry",
    asked: "Mapping[str, Form] | None" = None,
    *,
    status: int = 200,
) -> HttpResponse:
    """Return the page of a seat; `asked` are forms with what was wrong."""
    facts = queries.facts(found)
    back = proposal(found, facts)
    person = people.persons([found.person_id])[found.person_id]
    phase = queries.phase(found, at=request.at)
    sitting = found.sitting
    context = {
        "entry": found,
        "sitting": sitting,
        "person": person,
        "region": shown.region(person.region_code),
        "state": labels.ENTRY_STATE[EntryState(found.state)],
        "tone": ENTRY_TONE[EntryState(found.state)],
        "started": hours.clock(found.started_at, sitting.zone) if found.started_at else "",
        "until": hours.clock(phase.until, sitting.zone) if phase.until else "",
        "came": hours.clock(found.checked_in_at, sitting.zone) if found.checked_in_at else "",
        "zone": hours.zone_word(sitting.zone),
        "progress": queries.progress(found) if found.started_at or facts.chains else None,
        "lost": back,
        "forms": _told_apart(_forms(found, back) | dict(asked or {})),
        "back_causes": list(door_forms.BACK.items()),
        "doubt_causes": list(door_forms.DOUBTS.items()),
        "causes": list(board_forms.CAUSES.items()),
        "application": applications.by_ids([found.application_id])[found.application_id].ref
        if request.actor.may(shown.READS_FILES)
        else "",
        "story": stories.of("entry", found.pk, zone=found.sitting.zone),
    }
    context |= board_door.identity(found)
    context |= _record(facts, sitting.zone) | _may(request, found, facts)
    return page(request, "office/entry.html", context, status=status)


def proposal(found: "Entry", facts: EntryFacts) -> Back:
    """Return what the rule proposes to give back, less what was given by it or with the seat."""
    given = 0
    for event in ledger.history("entry", found.pk):
        by_rule = event.type == "entry.extended" and event.facts.get("reason") in RULE
        if by_rule or event.type == "entry.reseated":
            given += event.facts["minutes"]
    longest = max(facts.spells, key=lambda spell: spell[2] - spell[1], default=None)
    zone = found.sitting.zone
    return Back(
        minutes=max(facts.give_back - given, 0),
        given=given,
        reason=longest[0] if longest else "",
        spells=tuple(
            Spell(words.reason(code), hours.clock(since, zone), hours.clock(until, zone))
            for code, since, until in facts.spells
        ),
    )


def _forms(found: "Entry", back: Back) -> "dict[str, Form]":
    seen = {"sudah": found.extra_minutes}
    agreed = {"menit": found.extra_minutes, "jeda": found.breaks}
    return {
        "arrive": door_forms.Arrival(),
        "taken_back": door_forms.TakenBack(),
        "doubt": door_forms.Doubtful(),
        "dispose": door_forms.Pressed(),
        "interrupt": board_forms.Incident(),
        "reseat": board_forms.Reseat(initial={"menit": back.minutes}),
        "give": board_forms.ExtraTime(initial=seen),
        "back": board_forms.Seen(initial=seen),
        "adjust": board_forms.Adjusted(initial=agreed),
    }


def _told_apart(several: "dict[str, Form]") -> "dict[str, Form]":
    """Give the fields of each form names of their own on the page: some ask the same."""
    for name, form in several.items():
        form.auto_id = f"id_{name}_%s"
    return several


def _may(request: Request, found: "Entry", facts: EntryFacts) -> dict[str, Any]:
    state, watches = EntryState(found.state), request.actor.may(WATCH)
    runs = found.sitting.state not in PAST
    missed = state in MAKEUP_AFTER
    return {
        "arrives": watches and state in TAKES_TIME and runs and found.checked_in_at is None,
        "takes_back": watches and state in TAKES_TIME and runs and found.checked_in_at is not None,
        "disposes": request.actor.may(PLANNERS) and found.photos_held,
        "doubts_it": watches and state != EntryState.ABSENT,
        "interrupts": watches and state not in (EntryState.SCORED, EntryState.INTERRUPTED),
        "reseats": watches and state == EntryState.INTERRUPTED and runs,
        "makeup": missed and not runs,
        "gives": watches and state in TAKES_TIME and runs,
        "adjusts": request.actor.may(PLANNERS) and state == EntryState.SEATED and runs,
        "recovers": watches
        and missed
        and not runs
        and bool(facts.joined.answers or facts.joined.texts),
        "waits": hours.clock(found.settles_at, found.sitting.zone)
        if found.settles_at
        and found.settles_at > request.at
        and found.sitting.state == SittingState.CLOSED
        else "",
    }


def _record(facts: EntryFacts, zone: str) -> dict[str, Any]:
    """Return what the record tells: facts for a person, and no verdict."""
    joined = facts.joined
    return {
        "left_page": joined.hidden,
        "late": len(joined.late),
        "owed": joined.owed,
        "late_texts": [(item, text, hours.clock(at, zone)) for item, text, at in facts.late_texts],
        "conflicts": joined.conflicts,
        "flags": list(_flags(facts)),
        "loads": [
            {
                "began": hours.clock(row.began_at, zone),
                "ended": hours.clock(row.ended_at, zone),
                "received": hours.clock(row.received_at, zone),
                "via": ", ".join(str(labels.VIA[Via(via)]) for via in row.via),
                "links": row.links,
            }
            for row in facts.chains
        ],
        "last_contact": hours.clock(_instant(joined.last_contact), zone)
        if joined.last_contact
        else "",
    }


def _flags(facts: EntryFacts) -> Iterable[str]:
    """Give each kind of fact once, with how long it was where that says something."""
    longest: dict[Flag, int] = {}
    for flagged in facts.joined.flags:
        longest[flagged.flag] = max(longest.get(flagged.flag, 0), abs(flagged.amount))
    for flag, amount in longest.items():
        minutes = amount // 60_000
        if flag in CLOCK_FLAGS and minutes:
            long = ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}
            yield _("%(fact)s (%(long)s)") % {"fact": labels.FLAG[flag], "long": long}
        else:
            yield str(labels.FLAG[flag])


def _instant(milliseconds: int) -> datetime:
    return datetime.fromtimestamp(milliseconds / 1_000, tz=UTC)
