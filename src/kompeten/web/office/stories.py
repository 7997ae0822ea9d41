"""How is the history of a record told? Newest first, in words, with who acted and in which part."""

from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import nullcontext
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kompeten.applications import labels as applications
from kompeten.applications.terms.application import Step
from kompeten.foundation import ledger, words
from kompeten.people import queries as people
from kompeten.training import labels as training
from kompeten.verification import labels as verification
from kompeten.web.office import hours, shown
from kompeten.web.ui.shapes import Happening, Tone

if TYPE_CHECKING:
    from kompeten.foundation.models import Event

Facts = Mapping[str, Any]
WORDS: dict[str, Any] = {**applications.EVENT, **verification.EVENT, **training.EVENT}
APART: set[str] = set()
TONE = {
    "application.submitted": Tone.INFO,
    "application.quarantined": Tone.BAD,
    "application.returned": Tone.WAIT,
    "application.accepted": Tone.GOOD,
    "application.rejected": Tone.BAD,
    "application.concluded": Tone.GOOD,
    "session.announced": Tone.INFO,
    "session.held": Tone.GOOD,
    "session.closed": Tone.GOOD,
    "session.cancelled": Tone.BAD,
}


def offer(
    words: Mapping[str, Any],
    *,
    tones: Mapping[str, Tone] | None = None,
    tell: Mapping[str, Callable[[Facts], str]] | None = None,
    apart: Collection[str] = (),
) -> None:
    """Let stories know further events: what they are called, their tone, and what else to say of them.

    Those of `apart` are told one by one, however many there are in a row: each says something else.
    """
    WORDS.update(words)
    APART.update(apart)
    TONE.update(tones or {})
    TELL.update(tell or {})


def of(subject: str, key: int, *, zone: str = "") -> list[Happening]:
    """Return what happened to a record, on the clocks of `zone` where it has its own. Two queries.

    The same step by the same hand, again and again in a row, is told once: a form that keeps itself
    while somebody writes leaves dozens.
    """
    return _told(ledger.history(subject, key), zone)


def together(records: Mapping[str, Iterable[int]], *, zone: str = "") -> list[Happening]:
    """Return what happened to several records, by subject and key, as one story. Two queries."""
    return _told(ledger.together(records), zone)


def _told(events: "list[Event]", zone: str) -> list[Happening]:
    acting = (key for e in events for key in (e.actor_id, e.helper_id))
    names = people.account_labels(key for key in acting if key is not None)
    # What is told of an event may name an hour of its own: it hangs on the same clock.
    with timezone.override(zone) if zone else nullcontext():
        return [_happening(list(run), names, zone) for _, run in groupby(events, key=_same)][::-1]


def _same(event: "Event") -> tuple[object, ...]:
    """Return what two events in a row share to be told as one."""
    alone = event.pk if event.type in APART else None
    return event.subject, event.subject_id, event.type, event.actor_id, event.helper_id, alone


def _happening(run: "list[Event]", names: Mapping[int, str], zone: str) -> Happening:
    last = run[-1]
    who = shown.who(names.get(last.actor_id or 0, ""), last.actor_role)
    if last.helper_id is not None:
        said = {"who": who, "helper": names.get(last.helper_id, "")}
        who = _("%(who)s, with the help of %(helper)s") % said
    return Happening(
        title=WORDS.get(last.type, last.type),
        at=last.at,
        who=who,
        text=" ".join(_sentences(run)),
        tone=TONE.get(last.type, Tone.PLAIN),
        when=hours.moment(last.at, zone) if zone else "",
    )


def _sentences(run: "list[Event]") -> Iterable[str]:
    last = run[-1]
    if (tell := TELL.get(last.type)) is not None and (said := tell(last.facts)):
        yield said
    if len(run) > 1:
        yield ngettext("%(n)d time in a row.", "%(n)d times in a row.", len(run)) % {"n": len(run)}


def _filed(facts: Facts) -> str:
    return _("From a collective list.") if facts.get("collective") else ""


def _step(facts: Facts) -> str:
    return f"{applications.STEP[Step(facts['step'])]}."


def _attached(facts: Facts) -> str:
    count = len(facts["documents"])
    return ngettext("%(n)d document.", "%(n)d documents.", count) % {"n": count}


def _set_aside(facts: Facts) -> str:
    return str(facts["found"])


def _returned(facts: Facts) -> str:
    until = formats.date_format(date.fromisoformat(facts["until"]), "DATE_FORMAT")
    said = ngettext(
        "%(n)d thing to mend by %(day)s.", "%(n)d things to mend by %(day)s.", facts["items"]
    )
    return said % {"n": facts["items"], "day": until}


def _rejected(facts: Facts) -> str:
    return " ".join(words.reason(code) for code in facts["reasons"])


def _given(facts: Facts) -> str:
    said = ngettext(
        "%(n)d place given, %(left)d left.", "%(n)d places given, %(left)d left.", facts["given"]
    )
    return said % {"n": facts["given"], "left": facts["left"]}


def _held(facts: Facts) -> str:
    return _("%(attended)d attended, %(absent)d did not.") % {
        "attended": facts["attended"],
        "absent": facts["absent"],
    }


def _cancelled(facts: Facts) -> str:
    return str(facts["reason"])


TELL: dict[str, Callable[[Facts], str]] = {
    "application.opened": _filed,
    "application.revised": _step,
    "application.attached": _attached,
    "application.quarantined": _set_aside,
    "application.returned": _returned,
    "application.rejected": _rejected,
    "session.enrolled": _given,
    "session.held": _held,
    "session.corrected": _held,
    "session.cancelled": _cancelled,
}
