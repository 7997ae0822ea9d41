"""How does a state look? A word, a shape and a tone, never a colour alone."""

from datetime import date, datetime, timedelta
from typing import Any

from django import template
from django.template import RequestContext
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kompeten.kernel.workdays import Band, Clock
from kompeten.web.ui.components.parts import TONES, frame, one_of
from kompeten.web.ui.shapes import Tone, Word

register = template.Library()
SOON = timedelta(days=3)
PROMISED = {Band.ON_TIME: "calm", Band.SOON: "soon", Band.LATE: "late"}
VERDICTS = {
    "K": (Tone.GOOD, "competent"),
    "BK": (Tone.WAIT, "not_yet"),
    "": (Tone.PLAIN, "open"),
}


@register.inclusion_tag("ui/badge.html")
def badge(*, word: Word, tone: str = Tone.PLAIN) -> dict[str, Any]:
    """A state in one word."""
    one_of("tone", tone, TONES)
    return {"word": word, "tone": str(tone)}


@register.inclusion_tag("ui/verdict.html")
def verdict(*, value: str, size: str = "m") -> dict[str, Any]:
    """K (competent), BK (not yet competent) or, empty, not decided yet."""
    one_of("value", value, VERDICTS)
    one_of("size", size, {"m", "l"})
    tone, name = VERDICTS[value]
    return {"value": value, "tone": tone.value, "name": name, "size": size}


@register.simple_block_tag
def notice(content: str, *, title: Word = "", tone: str = Tone.INFO) -> SafeString:
    """Something the reader should know before going on."""
    one_of("tone", tone, TONES)
    return frame("notice", content, {"title": title, "tone": str(tone)})


@register.inclusion_tag("ui/clock.html", takes_context=True)
def clock(
    context: RequestContext, *, until: date | datetime, what: Word = "", done: bool = False
) -> dict[str, Any]:
    """A deadline: the day, how far it is, and a tone that warns. `done` ends the counting.

    A `date` holds to the end of that day. The present is the request's instant.
    """
    left = _days_left(until, at=context["request"].at)
    urgency = "done" if done else _urgency(until, at=context["request"].at)
    is_date = not isinstance(until, datetime)
    return {
        "until": until,
        "is_date": is_date,
        "what": what,
        "urgency": urgency,
        "far": "" if done else _far(left),
    }


@register.inclusion_tag("ui/clock.html")
def promise(*, held: Clock, what: Word = "") -> dict[str, Any]:
    """A day the house has promised: which, how many working days are left, and how that stands."""
    return {
        "until": held.due_on,
        "is_date": True,
        "is_promise": True,
        "what": what,
        "urgency": PROMISED[held.band],
        "far": _working_days(held),
    }


def _working_days(held: Clock) -> str:
    if held.band is Band.LATE:
        # Over the weekend after its last day a promise is late, and yet by no working day.
        days = max(-held.left, 1)
        late = ngettext("%(days)d working day late", "%(days)d working days late", days)
        return late % {"days": days}
    if held.left <= 0:
        return _("last day: today")
    left = ngettext("%(days)d working day left", "%(days)d working days left", held.left)
    return left % {"days": held.left}


def _days_left(until: date | datetime, *, at: datetime) -> int:
    day = timezone.localtime(until).date() if isinstance(until, datetime) else until
    return (day - timezone.localtime(at).date()).days


def _urgency(until: date | datetime, *, at: datetime) -> str:
    past = until < at if isinstance(until, datetime) else _days_left(until, at=at) < 0
    if past:
        return "late"
    days = _days_left(until, at=at)
    return "today" if days == 0 else "soon" if days <= SOON.days else "calm"


def _far(days: int) -> str:
    if days == 0:
        return _("today")
    if days == 1:
        return _("tomorrow")
    if days > 0:
        return ngettext("%(days)d day left", "%(days)d days left", days) % {"days": days}
    return ngettext("%(days)d day late", "%(days)d days late", -days) % {"days": -days}


@register.inclusion_tag("ui/avatar.html")
def avatar(*, name: str, size: str = "m") -> dict[str, Any]:
    """The initials of a name; decoration, the name itself stands beside it."""
    one_of("size", size, {"s", "m", "l"})
    words = [w for w in name.split() if w and w[0].isalpha()]
    picked = words[:1] + words[1:][-1:]
    hue = sum(map(ord, name)) % 5
    return {"initials": "".join(w[0] for w in picked).upper(), "hue": hue, "size": size}


@register.simple_block_tag
def empty(content: str, *, title: Word, text: Word = "", art: str = "basket") -> SafeString:
    """Nothing here, said kindly, with what to do; its children are buttons."""
    one_of("art", art, {"basket", "paper", "search", "rest"})
    return frame("empty", content, {"title": title, "text": text, "art": art})


@register.inclusion_tag("ui/busy.html")
def busy(*, id: str = "busy", label: Word = "") -> dict[str, Any]:  # noqa: A002
    """What htmx shows while it waits: `hx-indicator="#busy"`."""
    return {"id": id, "label": label}


@register.inclusion_tag("ui/skeleton.html")
def skeleton(*, lines: int = 3) -> dict[str, Any]:
    """Where text will stand."""
    return {"lines": range(lines)}
