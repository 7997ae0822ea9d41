"""Where does the link lead that a person on a list was sent? To their own line, and to nobody else's.

They have no account yet. Whoever opens the link shows by the code that their office told them, or
by their birth date, that it is they; that holds for half an hour at this browser. Then they mend
what their line lacks, see their data and agree, and set the password of their account.
"""

import random
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import TYPE_CHECKING, Any, cast

from django.contrib.auth import login
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kompeten.applications import actions, queries
from kompeten.applications.terms.invitation import Left
from kompeten.foundation import lookups, words
from kompeten.foundation.ledger import StepRefused
from kompeten.people import queries as people
from kompeten.people.labels import CONSENT
from kompeten.people.terms import CONSENT_VERSION, ConsentWay, Purpose
from kompeten.web.public import invited_facts as facts
from kompeten.web.public import looking
from kompeten.web.public.check import Request
from kompeten.web.public.invited_forms import Agreeing, Mending, Objecting, Password, Proving
from kompeten.web.ui.http import go, page

if TYPE_CHECKING:
    from kompeten.applications.models import Invitation

View = Callable[..., HttpResponse]
VERSION = CONSENT_VERSION[Purpose.CERTIFICATION]
BACKEND = "kompeten.people.adapters.login.NikOrEmailBackend"
ENDINGS = {"selesai": "public/invited_done.html", "keluar": "public/invited_declined.html"}
TEMPLATE = {
    Left.MEND: "public/invited_mend.html",
    Left.CONFIRM: "public/invited_confirm.html",
    Left.ACCOUNT: "public/invited_confirm.html",
    Left.NOTHING: "public/invited_confirm.html",
}


def _by_link(view: View) -> View:
    """Give `view` the invitation of the address; a dead one and one that never was look the same."""

    @wraps(view)
    @looking.limited
    def linked(request: Request, token: str) -> HttpResponse:
        found = queries.invited(token, at=request.at)
        answer = _led(view, request, found, token)
        answer["X-Robots-Tag"] = "noindex, nofollow"
        answer["Cache-Control"] = "private, no-store"
        # Not `no-referrer`: then browsers send forms with `Origin: null`, which no CSRF check takes.
        answer["Referrer-Policy"] = "same-origin"
        return answer

    return cast(View, linked)


def _led(view: View, request: Request, found: "Invitation | None", token: str) -> HttpResponse:
    if found is None:
        return _nothing(request)
    if queries.came_by_it(found):
        return view(request, found, token)
    # Their office has all that this page could ask for: what is theirs opens by their own account only.
    return page(request, "public/invited_known.html", {"applications": "/saya/permohonan/"})


def _proven(view: View) -> View:
    """Let only those go on who have shown who they are; others are asked again."""

    @wraps(view)
    def guarded(request: Request, found: "Invitation", token: str) -> HttpResponse:
        if _way(request, found) is None:
            return go(request, "public:invited", token)
        return view(request, found, token)

    return guarded


@require_http_methods(["GET", "HEAD", "POST"])
@_by_link
def invited(request: Request, found: "Invitation", token: str) -> HttpResponse:
    """Ask who it is, then show what is left to do. A look alone counts nothing: messengers look, too."""
    if _way(request, found) is not None and request.method != "POST":
        return _show(request, found, token)
    form = Proving(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        way = actions.prove(found, form.cleaned_data["bukti"], at=request.at)
        if way is not None:
            request.session.cycle_key()
            request.session[_place(found)] = [way.value, request.at.timestamp()]
            return go(request, "public:invited", token)
        if queries.invited(token, at=request.at) is None:
            return page(request, "public/invited_locked.html", status=429)
        form.refuse()
    context = {"form": form, "office": facts.office(found, at=request.at), "found": found}
    context["by_birth_date"] = queries.birth_of(found) is not None
    status = 422 if form.errors else 200
    return page(request, "public/invited.html", context, part="form", status=status)


@require_POST
@_by_link
@_proven
def mend(request: Request, found: "Invitation", token: str) -> HttpResponse:
    """Take what the person has mended; when the line is good they go on to confirm it."""
    form = _mending(found, request.POST, at=request.at)
    if form is None:
        return go(request, "public:invited", token)
    if form.is_valid():
        left = actions.mend_invited(
            found, form.cleaned_data, at=request.at, rng=random.SystemRandom()
        )
        if not left:
            return go(request, "public:invited", token)
        if queries.invited(token, at=request.at) is None:
            return page(request, "public/invited_locked.html", status=429)
        form.refuse(left)
    return _show(request, found, token, form=form)


@require_POST
@_by_link
@_proven
def confirm(request: Request, found: "Invitation", token: str) -> HttpResponse:
    """Record that the data are right and that the person agrees."""
    form = Agreeing(request.POST)
    way = _way(request, found)
    if form.is_valid() and way is not None:
        try:
            actions.confirm(found, version=form.cleaned_data["version"], way=way, at=request.at)
        except StepRefused as refusal:
            form.add_error("setuju", " ".join(words.reason(code) for code in refusal.reasons))
        else:
            return _thanked(request, found, token)
    return _show(request, found, token, agreeing=form)


@require_POST
@_by_link
@_proven
def objected(request: Request, found: "Invitation", token: str) -> HttpResponse:
    """Keep what the person says is wrong, for their office."""
    form = Objecting(request.POST)
    if form.is_valid():
        actions.object_to(found, form.cleaned_data["salah"], at=request.at)
        return go(request, "public:invited", token)
    return _show(request, found, token, objecting=form)


@require_POST
@_by_link
@_proven
def declined(request: Request, found: "Invitation", token: str) -> HttpResponse:
    """Take the person off the list: they do not want to apply."""
    actions.decline(found, at=request.at)
    return go(request, "public:invited_end", "keluar")


@require_POST
@_by_link
@_proven
def account(request: Request, found: "Invitation", token: str) -> HttpResponse:
    """Set the password of the person's account and lead them to their documents."""
    form = Password(request.POST)
    if form.is_valid():
        application, _ = actions.person(found)
        try:
            held = actions.activate(
                found,
                password=form.cleaned_data["sandi"],
                at=request.at,
                rng=random.SystemRandom(),
            )
        except StepRefused as refusal:
            form.add_error("sandi", " ".join(words.reason(code) for code in refusal.reasons))
        else:
            login(request, held, backend=BACKEND)
            return go(request, f"/saya/permohonan/{application.ref}/")
    return _show(request, found, token, password=form)


@require_safe
def ended(request: Request, ending: str) -> HttpResponse:
    """Say that all is done, or that nothing will be; the link itself leads nowhere any more."""
    if ending not in ENDINGS:
        raise Http404
    return page(request, ENDINGS[ending])


def _thanked(request: Request, found: "Invitation", token: str) -> HttpResponse:
    """Lead on to the account, or say that all is done when the person has one."""
    if queries.invited(token, at=request.at) is not None:
        return go(request, f"{reverse('public:invited', args=[token])}#akun")
    return go(request, "public:invited_end", "selesai")


def _show(
    request: Request,
    found: "Invitation",
    token: str,
    *,
    form: Mending | None = None,
    agreeing: Agreeing | None = None,
    objecting: Objecting | None = None,
    password: Password | None = None,
) -> HttpResponse:
    """Show what is left to do, with the form that was not taken."""
    left = queries.left(found)
    context: dict[str, Any] = {
        "token": token,
        "found": found,
        "left": left.value,
        "office": facts.office(found, at=request.at),
    }
    if left is Left.MEND:
        context["form"] = form or _mending(found, None, at=request.at)
        context["reasons"] = [words.reason(code) for code in _line(found).reasons]
        context["known"] = facts.masked_line(found)
    else:
        context |= _confirming(found)
        context |= {
            "agreeing": agreeing or Agreeing(),
            "objecting": objecting or Objecting(initial={"salah": queries.objection(found)}),
            "password": password or Password(),
        }
    refused = any(f is not None and f.errors for f in (form, agreeing, objecting, password))
    return page(request, TEMPLATE[left], context, status=422 if refused else 200)


def _confirming(found: "Invitation") -> dict[str, Any]:
    application, _ = actions.person(found)
    return {
        "data": facts.data(application),
        "way": facts.way(application),
        "is_draft": application.state == "draft",
        "has_account": people.is_entered(application.person_id),
        "objection": queries.objection(found),
        "consent_version": VERSION,
        "consent_text": CONSENT[Purpose.CERTIFICATION, VERSION],
    }


def _mending(found: "Invitation", data: Any, *, at: datetime) -> Mending | None:
    """Return the form for what the line lacks; None: it lacks nothing any more."""
    if queries.left(found) is not Left.MEND or found.repair is None:
        return None
    asked = queries.fields_asked(found.repair.line.reasons)
    routes = queries.routes_proposed([found.repair], on=localdate(at)).get(found.repair.pk, ())
    return Mending(queries.written(found.repair), data, asked=asked, routes=routes)


def _line(found: "Invitation") -> Any:
    assert found.repair is not None, "only a line that waits is mended"
    return found.repair.line


def _place(found: "Invitation") -> str:
    return f"undangan/{found.ref}"


def _way(request: Request, found: "Invitation") -> ConsentWay | None:
    """Return how this browser has shown who sits there; None: it has not, or too long ago."""
    held = request.session.get(_place(found))
    if not held or not queries.is_fresh(held[1], at=request.at):
        return None
    return ConsentWay(held[0])


def _nothing(request: Request) -> HttpResponse:
    lookups.missed(request)
    return page(request, "public/invited_over.html", status=404)
