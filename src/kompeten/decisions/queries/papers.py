"""What do decree and minutes say on paper, before and after the director has signed?

Both are set from what is on record, so the same meeting gives the same bytes; once the decree is
signed they are kept by digest, and what is kept is what is handed out.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import formats, translation

from kompeten.decisions import rules
from kompeten.decisions.adapters import papers
from kompeten.decisions.models import Decision, Decree
from kompeten.decisions.queries import records
from kompeten.decisions.terms import State
from kompeten.foundation import files
from kompeten.kernel import lettering
from kompeten.people import queries as people
from kompeten.regions import labels as regions
from kompeten.schemes import labels as scheme_labels
from kompeten.schemes import queries as schemes
from kompeten.schemes.terms import SchemeContent

SUBJECT = "Hasil Uji Kompetensi Sumber Daya Manusia Penyelenggara Kesejahteraan Sosial"
STANDARD = "SNI ISO/IEC 17024:2012 tentang Persyaratan umum lembaga sertifikasi person"
BLANK = "…………………"
VERDICT = {True: "K", False: "BK"}


def longest_number() -> str:
    """Return a decree's number as long as one of this body can be."""
    month = date(2028, 8, 1)  # the longest in Roman numerals
    return rules.decree_number(99_999, body=settings.OPTIONS.body_code, on=month)


def paper(decree: Decree) -> bytes | None:
    """Return the signed paper of a decree, or None before it is signed.

    :raises FileDamaged: the stored bytes were changed
    """
    return files.read(decree.sha256) if decree.sha256 else None


def decree_draft(decree: Decree) -> bytes:
    """Return the decree as it would be signed, marked as a draft; place, day and name are left open."""
    facts = decree_facts(decree, place=BLANK, on=None, signatory=BLANK)
    return papers.decree(facts, at=decree.drawn_up_at)


def decree_facts(decree: Decree, *, place: str, on: date | None, signatory: str) -> papers.Paper:
    """Return everything the decree prints; without a day `on` it is a draft. Four queries."""
    decided = _in_order(records.agenda(decree.meeting))
    said = schemes.contents({d.application.scheme_version_id for d in decided})
    laws = {(law.code, law.subject.id) for content in said.values() for law in content.legal_basis}
    with translation.override("id"):
        held = decree.meeting.held_at.astimezone(ZoneInfo(decree.meeting.zone))
        return papers.Paper(
            number=decree.number,
            body=settings.OPTIONS.body_name,
            subject=SUBJECT,
            place=place,
            signed=formats.date_format(on, "DATE_FORMAT") if on else BLANK,
            meeting=f"Rapat Pleno tanggal {formats.date_format(held, 'DATE_FORMAT')}",
            basis=(*rules.basis(laws), STANDARD),
            signatory=signatory,
            post="Direktur",
            granted=_named((d for d in decided if d.state == State.GRANTED), said),
            deferred=_named((d for d in decided if d.state == State.DEFERRED), said),
            draft=on is None,
            demonstration=settings.OPTIONS.demo,
        )


def unprintable(facts: papers.Paper) -> tuple[str, ...]:
    """Return the names and places in the decree that hold a sign no paper could show."""
    named = (facts.place, facts.signatory, *(p.name for p in (*facts.granted, *facts.deferred)))
    return tuple(text for text in named if not lettering.is_printable(text))


def minutes_paper(decree: Decree) -> bytes:
    """Return the minutes of the meeting that the decree closes: as kept, or set from the record.

    :raises FileDamaged: the stored bytes were changed
    """
    if decree.minutes_sha256:
        return files.read(decree.minutes_sha256)
    return papers.minutes(minutes_facts(decree), at=decree.drawn_up_at)


def minutes_facts(decree: Decree) -> papers.Minutes:
    """Return everything the minutes print. Five queries."""
    meeting = decree.meeting
    decided = _in_order(records.agenda(meeting))
    said = schemes.contents({d.application.scheme_version_id for d in decided})
    sitting = records.member_ids(meeting)
    rows = people.persons(sitting)
    names = [lettering.shown(rows[key].full_name) for key in sitting if key in rows]
    with translation.override("id"):
        zone = ZoneInfo(meeting.zone)
        held, closed = meeting.held_at.astimezone(zone), decree.drawn_up_at.astimezone(zone)
        cases = _cases(decided, said)
        return papers.Minutes(
            ref=meeting.ref,
            body=settings.OPTIONS.body_name,
            decree=decree.number,
            day=formats.date_format(held, "l, j F Y"),
            clock=f"{held:%H.%M} {_zone(meeting.zone)}",
            closed=f"{formats.date_format(closed, 'j F Y')}, pukul {closed:%H.%M} {_zone(meeting.zone)}",
            place=lettering.shown(meeting.place),
            chair=names[0] if names else "",
            members=tuple(names[1:]),
            granted=sum(d.state == State.GRANTED for d in decided),
            deferred=sum(d.state == State.DEFERRED for d in decided),
            minutes=tuple(line for line in lettering.shown(meeting.minutes).splitlines() if line),
            departures=_departures(decided),
            cases=cases,
            demonstration=settings.OPTIONS.demo,
        )


def _in_order(decisions: Iterable[Decision]) -> list[Decision]:
    """Return decisions as papers list them: by name, and by reference where names are the same."""
    return sorted(decisions, key=lambda d: (d.person.name.casefold(), d.ref))


def _named(
    decisions: Iterable[Decision], said: "dict[int, SchemeContent]"
) -> tuple[papers.Named, ...]:
    return tuple(
        papers.Named(
            name=d.person.full_name,
            ref=d.application.ref,
            scheme=said[d.application.scheme_version_id].title.id,
            components=", ".join(
                f"{scheme_labels.COMPONENT[m['component']]}: {VERDICT[m['competent']]}"
                for m in d.sheet.content["means"]
            ),
        )
        for d in decisions
    )


def _cases(
    decisions: Sequence[Decision], said: "dict[int, SchemeContent]"
) -> tuple[papers.Case, ...]:
    return tuple(
        papers.Case(
            name=lettering.shown(d.person.full_name),
            ref=d.application.ref,
            scheme=said[d.application.scheme_version_id].title.id,
            components=", ".join(_scored(m) for m in d.sheet.content["means"]),
            recommended=VERDICT[d.recommended],
            decided=VERDICT[d.state == State.GRANTED],
        )
        for d in decisions
    )


def _departures(decisions: Sequence[Decision]) -> tuple[papers.Departed, ...]:
    return tuple(
        papers.Departed(
            number=number,
            name=lettering.shown(d.person.full_name),
            recommended=VERDICT[d.recommended],
            decided=VERDICT[d.state == State.GRANTED],
            reason=lettering.shown(d.reason).replace("\n", " "),
        )
        for number, d in enumerate(decisions, start=1)
        if d.reason
    )


def _scored(means: dict[str, object]) -> str:
    word = scheme_labels.COMPONENT[str(means["component"])]
    percent = int(str(means["points"])) * 100 // int(str(means["out_of"]))
    return f"{word} {percent}" + ("" if means["competent"] else " (BK)")


def _zone(name: str) -> str:
    return str(regions.ZONE.get(name, name))
