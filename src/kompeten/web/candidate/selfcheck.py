"""Am I eligible, before I open an account and send anything? By today's rules, and nothing is kept."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kompeten.applications.terms.statement import Statement
from kompeten.schemes import labels as scheme_labels
from kompeten.schemes.terms import Reason, Standing, Verdict
from kompeten.verification import queries
from kompeten.verification.queries import RouteOffer
from kompeten.web.candidate import asking, carrying, experience, facts
from kompeten.web.candidate.asking import Request
from kompeten.web.candidate.experience_forms import Spell
from kompeten.web.candidate.labels import MEDIA_TYPE, ROUTE_TONE
from kompeten.web.candidate.selfcheck_forms import SelfCheck
from kompeten.web.ui.http import go, page
from kompeten.web.ui.shapes import Tone


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that is not there yet, and how somebody comes by it."""

    reason: str
    advice: str


@dataclass(frozen=True, slots=True)
class Paper:
    """One document: what it is called, what it may be, and how large."""

    title: str
    types: str
    most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One route as the page shows it; `key` is what its button sends."""

    key: str
    scheme: str
    route: Any
    help: Any
    verdict: Any
    tone: Tone
    components: tuple[str, ...]
    missing: tuple[Missing, ...]
    opens_on: date | None
    papers: tuple[Paper, ...]
    groups: tuple[tuple[Paper, ...], ...]
    most: int
    shrunk: int


@require_http_methods(["GET", "HEAD", "POST"])
def selfcheck(request: Request) -> HttpResponse:
    """Ask a few things, say which routes stand open, and carry the answers on to an application."""
    on = asking.today(request)
    sent = request.POST if request.method == "POST" else None
    form = SelfCheck(sent, on=on, initial={"standing": Standing.GRADUATE.value})
    rows = experience.Rows(partial(Spell, on=on), sent)
    context: dict[str, Any] = {"form": form, "rows": rows}
    status = 200
    if rows.moves:
        form.unjudged()
    elif sent is not None and form.is_valid() and rows.is_valid():
        said = form.stated(Statement()).with_spells(rows.spells())
        offers = queries.self_check(said, **form.asked(), on=on)
        chosen = next((o for o in offers if _key(o) == sent.get("apply")), None)
        if chosen is not None and (answer := _onward(request, form, said, chosen)):
            return answer
        context |= _found(offers)
        born_on = form.cleaned_data["born_on"]
        context["counted"] = facts.counted(said, born_on=born_on, on=on, letters=False)
        status = 422 if form.errors else 200
    elif sent is not None:
        status = 422
    return page(request, "candidate/selfcheck.html", context, status=status)


def _found(offers: Sequence[RouteOffer]) -> dict[str, Any]:
    is_closed = {_key(o): o.eligibility.verdict is Verdict.CLOSED for o in offers}
    cards = [_card(offer) for offer in offers]
    return {
        "answered": True,
        "near": [card for card in cards if not is_closed[card.key]],
        "closed": [card for card in cards if is_closed[card.key]],
    }


def _key(offer: RouteOffer) -> str:
    return f"{offer.scheme.scheme_code}/{offer.eligibility.route.value}"


def _onward(
    request: Request, form: SelfCheck, said: Statement, chosen: RouteOffer
) -> HttpResponse | None:
    """Lead to the application, with the answers; None and a word on the form if they are too long."""
    begin = reverse("candidate:begin", args=[chosen.scheme.scheme_code])
    begin = f"{begin}?{urlencode({'jalur': chosen.eligibility.route.value})}"
    to = begin
    if request.actor.account_id is None:
        to = f"{reverse('account_signup')}?{urlencode({'next': begin})}"
    answer = go(request, to)
    brought = carrying.Brought(said, form.cleaned_data["born_on"], request.at)
    try:
        carrying.carry(answer, brought)
    except carrying.TooMuch:
        form.add_error(None, _("This is more than can be carried over. Shorten some names."))
        return None
    return answer


def _card(offer: RouteOffer) -> Card:
    found, kinds = offer.eligibility, {kind.code: kind for kind in offer.kinds}

    def papers(codes: Iterable[str]) -> tuple[Paper, ...]:
        return tuple(_paper(kinds[code]) for code in codes)

    return Card(
        key=_key(offer),
        scheme=scheme_labels.local(offer.scheme.title),
        route=scheme_labels.ROUTE[found.route],
        help=scheme_labels.ROUTE_HELP[found.route],
        verdict=scheme_labels.VERDICT[found.verdict],
        tone=ROUTE_TONE[found.verdict],
        components=tuple(str(scheme_labels.COMPONENT[part]) for part in offer.components),
        missing=tuple(_missing(reason) for reason in (*found.unmet, *found.unknown)),
        opens_on=offer.opens_on,
        papers=papers(offer.rules.required),
        groups=tuple(papers(codes) for codes in offer.rules.one_of.values()),
        most=offer.bytes_most,
        shrunk=offer.bytes_shrunk,
    )


def _missing(reason: Reason) -> Missing:
    return Missing(scheme_labels.reason(reason), scheme_labels.advice(reason))


def _paper(kind: Any) -> Paper:
    types = ", ".join(MEDIA_TYPE[media] for media in kind.media_types)
    return Paper(scheme_labels.local(kind.title), types, kind.max_bytes)
