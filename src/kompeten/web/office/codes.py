"""Which code opens the paper where there is no line? Shown to be read out, and each showing is on record."""

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.utils import formats, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from kompeten.exams import labels, queries
from kompeten.exams.actions import packaging
from kompeten.exams.terms import OPEN_EARLY, PLANNERS, WATCH, SittingState
from kompeten.foundation import words
from kompeten.foundation.ledger import StepRefused
from kompeten.web.office import asking, hours, stories
from kompeten.web.office.asking import Request
from kompeten.web.ui.http import go, page

if TYPE_CHECKING:
    from kompeten.exams.models import Sitting

SMS_MOST = 160  # signs of one SMS in the alphabet that every phone has (GSM 03.38)
REASON_MAX = 200
RUNS = (SittingState.PLANNED, SittingState.OPEN)
FIELD_CODES = frozenset({"code.no_reason"})


class Why(forms.Form):
    """Why a code is looked at early, or renewed."""

    alasan = forms.CharField(
        label=gettext_lazy("Why?"),
        max_length=REASON_MAX,
        required=False,
        help_text=gettext_lazy("It stands in the history of the sitting."),
    )

    def why(self) -> str:
        """Return the reason, empty if none was given."""
        return str(self.cleaned_data.get("alasan", "")) if self.is_valid() else ""

    def refuse(self, refusal: StepRefused) -> None:
        """Put the reasons on the field.

        :raises StepRefused: no field could mend it
        """
        if not FIELD_CODES.issuperset(refusal.reasons):
            raise refusal
        for code in refusal.reasons:
            self.add_error("alasan", words.reason(code))


@dataclass(frozen=True, slots=True)
class Code:
    """A code as it is read out: two groups of five, each sign with its word; and as an SMS."""

    groups: tuple[str, str]
    spelled: tuple[tuple[str, str], ...]
    sms: str


@require_http_methods(["GET", "POST"])
@asking.only(WATCH)
def code(request: Request, ref: str) -> HttpResponse:
    """Show the code to read out, or let another one hold: `langkah` names the button pressed."""
    found = asking.there(queries.sitting(ref, request.actor))
    form = Why(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _page(request, found)
    renews = request.POST.get("langkah") == "ganti"
    act = _renew if renews else _show
    try:
        return act(request, found, form)
    except StepRefused as refusal:
        form.refuse(refusal)
        name = "renew" if renews else "show"
        return _page(request, found, {name: form}, status=422)


def _show(request: Request, found: "Sitting", form: Why) -> HttpResponse:
    text = packaging.show_code(found, reason=form.why(), by=request.actor, at=request.at)
    return _page(request, found, shown=spoken(text, found))


def _renew(request: Request, found: "Sitting", form: Why) -> HttpResponse:
    packaging.renew_code(found, reason=form.why(), by=request.actor, at=request.at)
    said = _(
        "Another code holds now. Whoever prepared a device before fetches the paper once more."
    )
    messages.success(request, said)
    return go(request, "office:exam_code", found.ref)


def spoken(text: str, sitting: "Sitting") -> Code:
    """Return a code as people read it out and send it."""
    return Code(
        groups=(text[:5], text[5:]),
        spelled=tuple((sign, labels.SPELLING[sign]) for sign in text),
        sms=sms(text, sitting),
    )


def sms(text: str, sitting: "Sitting") -> str:
    """Return an SMS in Indonesian that carries the code: 160 plain signs at most, so that it is one."""
    with translation.override("id"):
        start = hours.there(sitting.opens_at, sitting.zone)
        said = {
            "when": f"{formats.date_format(start, 'j M H.i')} {hours.zone_word(sitting.zone)}",
            "code": f"{text[:5]} {text[5:]}",
        }
        sentence = _(
            "%(title)s, %(when)s: code %(code)s. Open the exam page and type the code."
            " Do not pass it on."
        )
        room = SMS_MOST - len(_plain(sentence % (said | {"title": ""})))
        title = _plain(sitting.title)[:room].strip() or _plain(_("Exam"))
        return _plain(sentence % (said | {"title": title}))


def _plain(text: str) -> str:
    """Return text without accents, and without signs of which an SMS holds fewer."""
    bare = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii")
    return "".join(sign for sign in bare if sign not in "[]{}\\~^|`")


def _page(
    request: Request,
    found: "Sitting",
    asked: "dict[str, Why] | None" = None,
    *,
    shown: Code | None = None,
    status: int = 200,
) -> HttpResponse:
    plans = request.actor.may(PLANNERS)
    early = request.at < found.opens_at - OPEN_EARLY
    runs = found.state in RUNS
    context: dict[str, Any] = {
        "sitting": found,
        "when": hours.when(found.opens_at, found.closes_at, found.zone),
        "from": hours.clock(found.opens_at - OPEN_EARLY, found.zone),
        "zone": hours.zone_word(found.zone),
        "day": hours.day(found.opens_at, found.zone),
        "shown": shown,
        "shows": runs and (plans or not early),
        "early": early,
        "renews": runs and plans,
        "over": not runs,
        "forms": {"show": Why(), "renew": Why()} | (asked or {}),
        "story": stories.of("sitting", found.pk, zone=found.zone),
    }
    response = page(request, "office/exam_code.html", context, status=status)
    response["Cache-Control"] = "private, no-store"
    return response
