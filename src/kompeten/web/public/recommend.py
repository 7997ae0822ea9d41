"""Where does the link lead that somebody was sent who shall recommend? To whom it is about, and a signature.

They need no account. They read for whom they are asked, write the letter, and sign it with a code; the
page is small and works without JavaScript.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kompeten.applications import actions, queries
from kompeten.applications.labels import CAPACITY, CONFIRMED, SENTENCE
from kompeten.applications.terms.application import UploadRefused
from kompeten.applications.terms.recommending import (
    SENTENCE_VERSION,
    CodeRefused,
    Confirmed,
    Letter,
)
from kompeten.applications.terms.statement import Statement
from kompeten.foundation import lookups, words
from kompeten.foundation.ledger import StaleRecord, StepRefused
from kompeten.kernel.actors import Actor
from kompeten.people import queries as people
from kompeten.schemes import labels as scheme_labels
from kompeten.schemes import queries as schemes
from kompeten.schemes.terms import Recommender
from kompeten.web.public import looking
from kompeten.web.public.recommend_forms import Signing, Writing
from kompeten.web.ui.http import go, page
from kompeten.web.ui.shapes import Fact

if TYPE_CHECKING:
    from kompeten.applications.models import Recommendation, Referee

View = Callable[..., HttpResponse]
MOST_READ = (
    12_000_000  # more than any scan may have: what is longer is cut, and refused as too large
)
# By the word in the address: whether the answer recommends, and whether others still wait for one.
ENDINGS = {
    "ya": (True, False),
    "ya-sebagian": (True, True),
    "tidak": (False, False),
    "tidak-sebagian": (False, True),
}

CODES = frozenset({"recommendation.too_many_codes", "recommendation.address_codes"})
ENDING = {said: word for word, said in ENDINGS.items()}
STAYS = _("A code was sent not long ago. That one fits: no other one goes out now.")


class Request(HttpRequest):
    """A request as the middleware hands it on: with its instant, and its actor if somebody is logged in."""

    actor: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class Asked:
    """One person whom the signatory is asked about: no NIK, no birth date, no address."""

    ref: str
    name: str
    scheme: str
    route: Any
    workplace: str


def _by_link(view: View) -> View:
    """Give `view` the referee of the address; a dead link and one that never was look the same."""

    @wraps(view)
    @looking.limited
    def linked(request: Request, token: str) -> HttpResponse:
        found = queries.referee_by_link(token, at=request.at)
        answer = _over(request) if found is None else view(request, found, token)
        answer["X-Robots-Tag"] = "noindex, nofollow"
        answer["Cache-Control"] = "private, no-store"
        # Not `no-referrer`: then browsers send forms with `Origin: null`, which no CSRF check takes.
        answer["Referrer-Policy"] = "same-origin"
        return answer

    return cast(View, linked)


@require_http_methods(["GET", "HEAD", "POST"])
@_by_link
def recommend(request: Request, found: "Referee", token: str) -> HttpResponse:
    """Show for whom the signatory is asked, and take their letter; a look alone does nothing."""
    rows = queries.asked_of(found)
    asked = [_asked(row) for row in rows]
    form = Writing(
        request.POST if request.method == "POST" else None,
        people=[(one.ref, one.name) for one in asked],
        signatory=queries.signatory(found),
        before=queries.letter(found),
        kind=Recommender(found.kind),
        account_person=request.actor.person_id,
    )
    if request.method == "POST" and form.is_valid():
        try:
            is_mailed = actions.write(found, form.letter(), at=request.at)
        except StepRefused as refusal:
            form.refuse(refusal.reasons)
        else:
            if not is_mailed and queries.signatory(found).email:
                messages.info(request, STAYS)
            return go(request, "public:recommend_sign", token)
    context = {
        "found": found,
        "form": form,
        "asked": asked,
        "asker": _asker(request, found),
        "sentence": SENTENCE[Recommender(found.kind), SENTENCE_VERSION],
        "laws": _laws(rows),
    }
    status = 422 if form.errors else 200
    return page(request, "public/recommend.html", context, part="form", status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@_by_link
def sign(request: Request, found: "Referee", token: str) -> HttpResponse:
    """Show once more what is signed, and sign it with the code."""
    letter = queries.letter(found)
    if letter is None:
        return go(request, "public:recommend", token)
    waiting = queries.asked_of(found)
    asked = [row for row in waiting if row.application.ref in letter.about]
    takes_scan = letter.recommends and queries.takes_scan(asked)
    is_post = request.method == "POST"
    form = Signing(
        request.POST if is_post else None,
        request.FILES if is_post else None,
        takes_scan=takes_scan,
    )
    if is_post and form.is_valid():
        said = (letter.recommends, len(asked) < len(waiting))
        answer = _answered(request, found, form, token=token, ending=ENDING[said])
        if answer is not None:
            return answer
    signatory = queries.signatory(found)
    context = {
        "token": token,
        "form": form,
        "letter": letter,
        "read": queries.letter_digest(found),
        "asked": [_asked(row) for row in asked],
        "facts": _facts(letter),
        "sentence": SENTENCE[Recommender(found.kind), SENTENCE_VERSION],
        "mail": _masked(signatory.email),
        "confirmed": CONFIRMED[Confirmed.MAIL_CODE if signatory.email else Confirmed.TOLD_CODE],
        "asker": _asker(request, found),
    }
    status = 422 if form.errors else 200
    return page(request, "public/recommend_sign.html", context, status=status)


def _answered(
    request: Request, found: "Referee", form: Signing, *, token: str, ending: str
) -> HttpResponse | None:
    """Sign with the code that was typed, and lead on; None where the form says what does not fit."""
    try:
        actions.sign(
            found,
            form.cleaned_data["kode"],
            read=request.POST.get("surat", ""),
            at=request.at,
            scan=_scan(form),
        )
    except CodeRefused as refusal:
        if refusal.is_locked:
            return page(request, "public/recommend_locked.html", status=429)
        form.refuse(["recommendation.code_wrong"])
    except UploadRefused as refusal:
        form.add_error("berkas", words.reason(refusal.code))
    except StaleRecord:
        return go(request, "public:recommend", token)
    except StepRefused as refusal:
        form.refuse(refusal.reasons)
    else:
        return go(request, "public:recommend_end", ending)
    return None


@require_POST
@_by_link
def code(request: Request, found: "Referee", token: str) -> HttpResponse:
    """Send another code to the address that was asked."""
    try:
        is_mailed = actions.send_code_again(found, at=request.at)
    except StepRefused as refusal:
        if CODES.isdisjoint(refusal.reasons):
            raise
        messages.info(request, " ".join(words.reason(code) for code in refusal.reasons))
    else:
        if not is_mailed and queries.signatory(found).email:
            messages.info(request, STAYS)
    return go(request, "public:recommend_sign", token)


@require_safe
def ended(request: Request, ending: str) -> HttpResponse:
    """Say what was signed; the link itself leads nowhere any more, or to those who are left."""
    if ending not in ENDINGS:
        raise Http404
    recommends, others_wait = ENDINGS[ending]
    context = {"recommends": recommends, "others_wait": others_wait}
    return page(request, "public/recommend_done.html", context)


def _asked(row: "Recommendation") -> Asked:
    application = row.application
    return Asked(
        ref=application.ref,
        name=application.person.full_name,
        scheme=scheme_labels.local(schemes.version(application.scheme_version_id).title),
        route=scheme_labels.ROUTE.get(application.route, application.route),
        workplace=Statement.of(application.statement).employer,
    )


def _asker(request: Request, found: "Referee") -> str:
    """Return who asks: the office, or the person who applies. One query."""
    if found.organization_id is not None:
        names = people.organization_names([found.organization_id], on=localdate(request.at))
        return names.get(found.organization_id, "")
    row = people.persons([found.person_id or 0]).get(found.person_id or 0)
    return row.full_name if row is not None else ""


def _laws(rows: "Sequence[Recommendation]") -> list[tuple[str, str]]:
    """Return on which law the schemes rest, each once. No query once they were read."""
    found: dict[str, str] = {}
    for row in rows:
        for basis in schemes.content(row.application.scheme_version_id).legal_basis:
            found.setdefault(basis.code, scheme_labels.local(basis.subject))
    return list(found.items())


def _facts(letter: Letter) -> list[Fact]:
    fields = Writing.base_fields
    said = {
        "nomor": letter.number,
        "tanggal": letter.dated_on,
        "nama": letter.name,
        "jabatan": letter.post,
        "lembaga": letter.office,
        "sebagai": CAPACITY[letter.capacity],
        "sejak": letter.known_since,
        "kata": letter.words,
    }
    return [Fact(fields[name].label, value) for name, value in said.items() if value]


def _masked(mail: str) -> str:
    """Return an address as far as its owner knows it again.

    >>> _masked("sri.hartati@dinsos.example")
    's•••@dinsos.example'
    """
    name, _at, host = mail.partition("@")
    return f"{name[:1]}•••@{host}" if mail else ""


def _scan(form: Signing) -> tuple[str, bytes] | None:
    sent = form.cleaned_data.get("berkas")
    return (sent.name or "", sent.read(MOST_READ)) if sent else None


def _over(request: Request) -> HttpResponse:
    lookups.missed(request)
    return page(request, "public/recommend_over.html", status=404)
