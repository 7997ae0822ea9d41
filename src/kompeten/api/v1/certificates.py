"""What may a program ask of a certificate? What it is by number or reference, and whether a file holds."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router, Schema
from ninja.errors import HttpError
from ninja.params import functions as asked

from kompeten.foundation import lookups
from kompeten.foundation.qr import PictureUnreadable
from kompeten.register import queries
from kompeten.register.queries import pictures
from kompeten.register.terms import Kind, Part, Status

if TYPE_CHECKING:
    from kompeten.register.models import Entry

router = Router(tags=["certificates"])
LARGEST = 8 * 1024 * 1024
# What no answer of ours can promise; the words are those of the verifier.
NOT_CHECKED = ["paper.same_facts", "holder.same_person"]


class TooMany(Exception):
    """The address has asked too often; it waits for `seconds`."""

    def __init__(self, seconds: int) -> None:
        super().__init__(str(seconds))
        self.seconds = seconds


class Request(HttpRequest):
    """A request as the middleware hands it on: with its instant."""

    at: datetime


class Unit(Schema):
    """A unit of competence."""

    code: str
    title: str


class Other(Schema):
    """Another certificate, by reference and number."""

    ref: str
    number: str


class Certificate(Schema):
    """What the register says of a certificate at `as_known_at`.

    `facts` are those of the paper, by their names; hold them beside it. `status` is `valid`,
    `not_yet`, `expired`, `suspended`, `withdrawn` or `replaced`. Days are those where the body sits.
    """

    ref: str
    number: str
    holder: str
    status: Status
    as_known_at: datetime
    valid_from: date
    valid_until: date
    facts: dict[str, str]
    units: list[Unit]
    suspended_until: date | None
    withdrawn_on: date | None
    replaced_by: Other | None
    pdf_digest: str
    credential_digest: str
    is_demonstration: bool
    not_checked: list[str]


class Finding(Schema):
    """One part of a verdict; `holds` is null where nothing could be found out."""

    part: Part
    code: str
    holds: bool | None
    detail: str


class Verdict(Schema):
    """Whether a file or a code holds, part by part, with the facts that were signed.

    `facts` are empty unless signature and issuer hold. `not_checked` is what `ok` does not promise.
    """

    ok: bool
    kind: Kind
    findings: list[Finding]
    facts: dict[str, str]
    not_checked: list[str]
    register_entry: Other | None


class Problem(Schema):
    """A refusal (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str = ""


@router.get(
    "/certificates",
    response={200: Certificate, 404: Problem, 429: Problem},
    summary="The certificate with a number",
)
def by_number(
    request: Request,
    response: HttpResponse,
    number: Annotated[
        str, asked.Query(min_length=1, max_length=120, description="As it is printed")
    ],
) -> dict[str, object]:
    """Return what the register says of the certificate with this number."""
    _bounded(request)
    return _told(request, response, queries.find(number.replace("\0", "")))


@router.get(
    "/certificates/{ref}",
    response={200: Certificate, 404: Problem, 429: Problem},
    summary="The certificate with a reference",
)
def by_ref(request: Request, response: HttpResponse, ref: str) -> dict[str, object]:
    """Return what the register says of the certificate with this reference, the one in its QR code."""
    _bounded(request)
    return _told(request, response, queries.by_ref(ref) if ref.isprintable() else None)


@router.post(
    "/verifications",
    response={200: Verdict, 413: Problem, 422: Problem, 429: Problem},
    summary="Does this file hold?",
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {
                media: {"schema": {"type": "string", "format": "binary"}}
                for media in (
                    "application/pdf", "application/vc", "application/vc+jwt", "application/zip",
                    "text/plain", "image/*"
                )
            },
        }
    },
)  # fmt: skip
def verify(request: Request, response: HttpResponse) -> dict[str, object]:
    """Judge a sheet (PDF), a credential (JSON or VC-JWT), a bundle (ZIP), or a QR code (text or picture).

    The body is the file itself. Nothing of it is kept. A file that does not hold is answered with
    200 and `ok` false: the question was understood.
    """
    _bounded(request)
    # Read as it comes: Django keeps `body` for small forms.
    body = request.read(LARGEST + 1)
    if len(body) > LARGEST:
        raise HttpError(413, "At most 8 MB.")
    verdict, entry = queries.judge(_content(body), at=request.at)
    _open(response)
    return {
        "ok": verdict.ok,
        "kind": verdict.kind,
        "findings": verdict.findings,
        "facts": {fact.value: line for fact, line in verdict.facts},
        "not_checked": list(verdict.not_checked),
        "register_entry": entry,
    }


def _content(body: bytes) -> bytes:
    """Return what is to be judged; of a picture the text of its QR code, but of a badge the badge."""
    if not body:
        raise HttpError(422, "The body is empty; it is the file itself.")
    try:
        return pictures.handed_in(body)
    except pictures.NoCode:
        return b""
    except PictureUnreadable as error:
        raise HttpError(422, "This picture cannot be opened.") from error


def _told(request: Request, response: HttpResponse, entry: "Entry | None") -> dict[str, object]:
    if entry is None:
        lookups.missed(request)
        raise Http404
    sheet = queries.sheet(entry, on=timezone.localdate(request.at))
    _open(response)
    return {
        "ref": sheet.ref,
        "number": sheet.number,
        "holder": sheet.name,
        "status": sheet.status,
        "as_known_at": request.at,
        "valid_from": sheet.valid_from,
        "valid_until": sheet.valid_until,
        "facts": dict(sheet.facts),
        "units": [{"code": code, "title": title} for code, title in sheet.units],
        "suspended_until": sheet.suspended_until,
        "withdrawn_on": sheet.withdrawn_on,
        "replaced_by": sheet.heir and {"ref": sheet.heir[0], "number": sheet.heir[1]},
        "pdf_digest": sheet.pdf_digest,
        "credential_digest": sheet.credential_digest,
        "is_demonstration": sheet.is_demonstration,
        "not_checked": NOT_CHECKED,
    }


def _bounded(request: Request) -> None:
    if seconds := lookups.wait(request):
        raise TooMany(seconds)


def _open(response: HttpResponse) -> None:
    """Let pages of others ask too, and nobody keep an answer that may change."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Cache-Control"] = "no-store"
