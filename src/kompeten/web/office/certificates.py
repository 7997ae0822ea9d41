"""Which certificates are on their way, and which are out? The registrar's page."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_safe

from kompeten.certificates import labels, queries
from kompeten.certificates.terms import OUT, WITHDRAWERS, BlankState, Content, State
from kompeten.certificates.terms import Fact as Stated
from kompeten.foundation import words
from kompeten.people.actions import LABEL_KEEPERS, NAME_KEEPERS
from kompeten.people.terms import Roll
from kompeten.register.terms.erasing import PROPOSERS
from kompeten.web.office import asking, life, nav, sending, stories
from kompeten.web.office.asking import Request
from kompeten.web.office.life_forms import Act
from kompeten.web.ui.fields import PrintedText
from kompeten.web.ui.http import page
from kompeten.web.ui.listed import note_list
from kompeten.web.ui.shapes import Fact, Slice, Tone

if TYPE_CHECKING:
    from kompeten.certificates.models import Certificate

READERS = queries.SEES
RELEASERS = NAME_KEEPERS
APART = frozenset({Stated.UNITS, Stated.HOLDER, Stated.DEMONSTRATION})
DAY = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
TONE = {
    State.RESERVED: Tone.PLAIN,
    State.INTENDED: Tone.PLAIN,
    State.SIGNED: Tone.INFO,
    State.CHECKED: Tone.INFO,
    State.LOGGED: Tone.INFO,
    State.PUBLISHED: Tone.GOOD,
    State.SUSPENDED: Tone.WAIT,
    State.WITHDRAWN: Tone.BAD,
    State.REPLACED: Tone.PLAIN,
    State.HELD: Tone.WAIT,
    State.VOID: Tone.BAD,
}
SHEET_TONE = {BlankState.ISSUED: Tone.GOOD, BlankState.VOID: Tone.BAD}

nav.offer(
    nav.Place(
        label=gettext_lazy("Certificates"),
        route="office:certificates",
        icon="check-badge",
        order=90,
        roles=READERS,
    ),
    nav.Inbox(
        name="certificates.held",
        label=gettext_lazy("Certificates set aside"),
        hint=gettext_lazy("Put right what is wrong, then let them be issued again."),
        place="office:certificates",
        route="office:certificates_held",
        roles=RELEASERS,
        count=lambda request: queries.held().count(),
    ),
    nav.Inbox(
        name="certificates.recalls",
        label=gettext_lazy("Recalls of certificates"),
        hint=gettext_lazy("Somebody proposed to take certificates back. Look at them and decide."),
        place="office:certificates",
        route="office:recalls",
        roles=WITHDRAWERS,
        count=lambda request: queries.recalls_waiting(),
    ),
)


class Again(forms.Form):
    """With what ground a certificate is issued again."""

    dasar = PrintedText(
        label=gettext_lazy("What was put right"),
        help_text=gettext_lazy(
            "It stands in the history. For example: name as on the identity card."
        ),
        max_length=200,
    )


@dataclass(frozen=True, slots=True)
class Line:
    """A certificate as the list shows it."""

    ref: str
    number: str
    name: str
    scheme: str
    valid_until: date | None
    state: Any
    tone: Tone


@require_safe
@asking.only(READERS)
def listing(request: Request) -> HttpResponse:
    """Show certificates, the newest first, found by number or name."""
    wanted = request.GET.get("cari", "").strip()[:80]
    found = queries.search(request.actor, wanted)
    sheet = asking.slice_of(request, found.count())
    start = asking.offset(sheet)
    certificates = list(found[start : start + asking.PAGE_SIZE])
    note_list(request, Roll.CERTIFICATES, (c.person_id for c in certificates))
    counts = queries.counts_by_state()
    context = {
        "wanted": wanted,
        "lines": [_line(c) for c in certificates],
        "sheet": sheet,
        "held": counts.get(State.HELD, 0),
        "slices": [
            Slice(labels.STATE[state], counts[state], tone)
            for state, tone in TONE.items()
            if counts.get(state)
        ],
    }
    return page(request, "office/certificates.html", context, part="rows")


@require_safe
@asking.only(READERS)
def certificate(request: Request, ref: str) -> HttpResponse:
    """Show one certificate: what it states, its files, and how it came to be."""
    return show(request, asking.there(queries.own(ref, request.actor)))


@require_safe
@asking.only(READERS)
def pdf(request: Request, ref: str) -> HttpResponse:
    """Send the signed sheet; one that is held or void leaves the house for nobody."""
    found = asking.there(queries.own(ref, request.actor))
    if not _has_sheet(found):
        return asking.there(None)
    name = f"{found.number}.pdf".replace("/", "-").replace(" ", "-")
    return sending.attachment(queries.pdf(found), name=name, media_type="application/pdf")


def show(
    request: Request,
    found: "Certificate",
    *,
    again: Again | None = None,
    refused: Mapping[str, Act] | None = None,
) -> HttpResponse:
    """Show the page of a certificate; `again` and `refused` are forms that were not taken."""
    content = queries.content(found) if found.content else None
    state = State(found.state)
    context = {
        "certificate": found,
        "holder": content.holder if content else "",
        "state": labels.STATE[state],
        "tone": TONE[state],
        "facts": _facts(content) if content else [],
        "units": [(unit.code, unit.title) for unit in content.units] if content else [],
        "digests": [
            (_("Content"), found.digest),
            (pgettext("file", "PDF"), found.pdf_sha256),
            (_("Credential"), found.credential_sha256),
        ],
        "happenings": stories.of("certificate", found.pk),
        "sheets": _sheets(request, found),
        "public": reverse("public:sheet", args=[found.ref]),
        "has_sheet": _has_sheet(found),
        "is_out": state in OUT,
        "erases": state in OUT and request.actor.may(PROPOSERS),
        "is_provisional": state in OUT and queries.is_provisional(found),
        "awaited": _awaited(found),
        **_set_aside(request, found, again or Again()),
        **life.shown(request, found, refused or {}),
    }
    status = 422 if again is not None or refused else 200
    return page(request, "office/certificate.html", context, status=status)


def reasons(certificate: "Certificate") -> list[str]:
    """Return why a certificate was set aside, in words."""
    return [_reason(code, certificate) for code in certificate.reasons]


def _reason(code: str, certificate: "Certificate") -> str:
    """Return one reason; a word of the holder's name stands in no record, so it is looked up."""
    word = queries.long_word(certificate) if code == "content.long_word:holder" else ""
    return f"{words.reason(code)} ({word})" if word else words.reason(code)


def _has_sheet(found: "Certificate") -> bool:
    return bool(found.pdf_sha256) and found.state not in {State.HELD, State.VOID}


def _sheets(request: Request, found: "Certificate") -> list[tuple[Any, Any, Any]]:
    """Return the numbered sheets it was printed on, with their states, for whoever may see the stock."""
    if not request.actor.may(queries.SEES_BLANKS):
        return []
    return [
        (b, labels.BLANK_STATE[state], SHEET_TONE[state])
        for b in queries.blanks_of(found)
        if (state := BlankState(b.state))
    ]


def _awaited(found: "Certificate") -> str:
    """Return why the national signature has not come, in words; empty where none is due."""
    code = queries.awaited_reason(found) if queries.is_provisional(found) else ""
    return words.reason(code) if code else ""


def _set_aside(request: Request, found: "Certificate", again: Again) -> Mapping[str, Any]:
    """Return what the page says of a certificate that is held or void."""
    if found.state not in {State.HELD, State.VOID}:
        return {}
    is_held = found.state == State.HELD
    signatory = queries.signatory(found) if is_held else None
    return {
        "is_holders": queries.is_holders_fault(found),
        "signatory": signatory,
        "relabels": signatory is not None and request.actor.may(LABEL_KEEPERS),
        "is_held": is_held,
        "is_void": not is_held,
        "reasons": reasons(found),
        "person": found.person,
        "releases": is_held and request.actor.may(RELEASERS),
        "again": again,
        "successor": None if is_held else queries.successor(found),
    }


def _facts(content: Content) -> list[Fact]:
    """Return what is stated, but for what the page shows apart."""
    stated = queries.facts(content)
    return [
        Fact(labels.FACT[fact], DAY.sub(_day, line))
        for fact, line in stated.items()
        if fact not in APART
    ]


def _day(found: re.Match[str]) -> str:
    return formats.date_format(date.fromisoformat(found[0]), "DATE_FORMAT")


def _line(certificate: Any) -> Line:
    said = certificate.content or {}
    return Line(
        ref=certificate.ref,
        number=certificate.number,
        name=said.get("holder", ""),
        scheme=said.get("scheme", {}).get("title", ""),
        valid_until=certificate.valid_until,
        state=labels.STATE[State(certificate.state)],
        tone=TONE[State(certificate.state)],
    )
