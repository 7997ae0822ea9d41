"""Is this certificate real? By number, by QR code, by the file itself: every fact beside the paper."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kompeten.certificates import labels as certificate_labels
from kompeten.certificates import queries as certificates
from kompeten.certificates.terms import Fact as Stated
from kompeten.foundation import lookups
from kompeten.register import labels, queries
from kompeten.register.terms import Kind, Part, Status, Verdict
from kompeten.web.public import looking
from kompeten.web.public.forms import Check
from kompeten.web.ui.http import go, page
from kompeten.web.ui.shapes import Fact, Tone

if TYPE_CHECKING:
    from kompeten.register.models import Entry

TONE = {
    Status.VALID: Tone.GOOD,
    Status.NOT_YET: Tone.WAIT,
    Status.EXPIRED: Tone.WAIT,
    Status.SUSPENDED: Tone.BAD,
    Status.WITHDRAWN: Tone.BAD,
    Status.REPLACED: Tone.WAIT,
}
HOLDS_TONE = {True: Tone.GOOD, False: Tone.BAD, None: Tone.PLAIN}
DAY = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
# Shown in the head of the page or as a list of its own.
APART = frozenset({Stated.UNITS, Stated.HOLDER, Stated.DEMONSTRATION})


class Request(HttpRequest):
    """A request as the middleware hands it on: with its instant."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Line:
    """One part of a verdict as the page shows it."""

    part: Any
    text: Any
    detail: str
    tone: Tone
    word: str


@require_http_methods(["GET", "HEAD", "POST"])
@looking.limited
def check(request: Request) -> HttpResponse:
    """Find a certificate by its number, or judge a file or the text of a QR code."""
    if request.method == "POST":
        return _judge(request)
    # No number holds a NUL, and not every database takes one in a question.
    wanted = request.GET.get("nomor", "").replace("\0", "").strip()[:120]
    found = queries.find(wanted) if wanted else None
    if found is not None:
        return go(request, "public:sheet", found.ref)
    if wanted:
        lookups.missed(request)
    context = {"form": Check(), "wanted": wanted, "total": queries.total()}
    return page(request, "public/check.html", context, status=404 if wanted else 200)


@require_safe
@looking.limited
def sheet(request: Request, ref: str) -> HttpResponse:
    """Show everything that a certificate states; this is where its QR code leads."""
    entry = queries.by_ref(ref) if ref.isprintable() else None
    if entry is None:
        lookups.missed(request)
        raise Http404
    response = page(request, "public/sheet.html", shown(request, entry))
    # Whoever holds the number may look; a search for a person's name shall not lead here.
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


@require_safe
def trust(request: Request) -> HttpResponse:
    """Send the file that says whom to trust, for verifiers that work without us."""
    return HttpResponse(queries.own_trust().read_bytes(), content_type="application/json")


@require_safe
def revocation_list(request: Request, name: str) -> HttpResponse:
    """Send the list of certificates that our authority has revoked; its address stands in each of them."""
    found = certificates.revocation_list(name)
    if found is None:
        raise Http404
    response = HttpResponse(found, content_type="application/pkix-crl")
    response["Cache-Control"] = "public, max-age=3600"
    return response


@require_safe
def vocabulary(request: Request) -> HttpResponse:
    """Send the words of our credentials, to which each credential points."""
    return HttpResponse(certificates.vocabulary(), content_type="application/ld+json")


def shown(request: Request, entry: "Entry") -> dict[str, Any]:
    """Return what the page of a certificate shows."""
    found = queries.sheet(entry, on=timezone.localdate(request.at))
    return {
        "sheet": found,
        "status": labels.STATUS[found.status],
        "tone": TONE[found.status],
        "facts": [_fact(code, line) for code, line in found.facts if Stated(code) not in APART],
    }


def _judge(request: Request) -> HttpResponse:
    form = Check(request.POST, request.FILES)
    if not form.is_valid():
        context = {"form": form, "total": queries.total()}
        return page(request, "public/check.html", context, status=422)
    verdict, entry = queries.judge(form.content(), at=request.at)
    context = {
        "verdict": verdict,
        "genuine": _is_genuine(verdict),
        "kind": labels.KIND[verdict.kind],
        "is_code": verdict.kind is Kind.QR,
        "known": verdict.kind is not Kind.UNKNOWN,
        "lines": [_line(finding) for finding in verdict.findings],
        "facts": [
            _fact(fact.value, line)
            for fact, line in verdict.facts
            if fact is not Stated.DEMONSTRATION
        ],
        "is_demonstration": Stated.DEMONSTRATION in dict(verdict.facts),
        "not_checked": [labels.NOT_CHECKED[code] for code in verdict.not_checked],
        "entry": entry,
        **_of_entry(entry, request),
    }
    return page(request, "public/verdict.html", context, status=200 if verdict.ok else 422)


def _of_entry(entry: Any, request: Request) -> dict[str, Any]:
    if entry is None:
        return {}
    stands = queries.status(entry, on=timezone.localdate(request.at))
    return {"status": labels.STATUS[stands], "tone": TONE[stands]}


def _is_genuine(verdict: Verdict) -> bool:
    """Say whether it is ours as it was issued, whatever became of it: what a forgery never is."""
    holds = {finding.part: finding.holds for finding in verdict.findings}
    ours = all(holds.get(part) for part in (Part.SIGNATURE, Part.ISSUER, Part.AGREEMENT))
    return ours and holds.get(Part.LOG) is not False


def _fact(code: str, line: str) -> Fact:
    return Fact(certificate_labels.FACT[Stated(code)], DAY.sub(_day, line))


def _moment(detail: str) -> str:
    """Return a detail with an instant as people read it, where the body sits; others as they are."""
    try:
        at = datetime.fromisoformat(detail)
    except ValueError:
        return detail
    return date_format(timezone.localtime(at), "j F Y H.i e") if at.tzinfo else detail


def _day(found: re.Match[str]) -> str:
    """Return a date as the paper prints it: in Indonesian, whatever language the page speaks."""
    with translation.override("id"):
        return date_format(date.fromisoformat(found[0]), "j F Y")


def _line(finding: Any) -> Line:
    word = {True: _("holds"), False: _("does not hold"), None: _("not examined")}[finding.holds]
    return Line(
        part=labels.PART[finding.part],
        text=labels.FINDING[finding.code],
        detail=_moment(finding.detail),
        tone=HOLDS_TONE[finding.holds],
        word=word,
    )
