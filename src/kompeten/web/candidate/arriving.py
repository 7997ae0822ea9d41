"""How does a document arrive over a line that breaks? By tus 1.0, one address for each file under way.

Core protocol, creation, termination, checksum and expiration (https://tus.io/protocols/resumable-upload).
A file is announced with its SHA-256 in `Upload-Metadata`, which makes announcing twice the same as
once. A part is taken whole or not at all: senders begin with small ones. What a person has to hear is
JSON, `{"reasons": […]}` with status 422, and ends the transfer; with
status 429 too many were announced within an hour, and the sender waits.
"""

import base64
import binascii
import hashlib
import random
import re
from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.http import http_date

from kompeten.applications import actions, queries
from kompeten.applications.terms.application import UploadRefused
from kompeten.applications.terms.transfer import (
    OffsetMissed,
    TransferBusy,
    TransferDamaged,
    TransferGone,
)
from kompeten.foundation import words
from kompeten.foundation.ledger import StepRefused
from kompeten.web.candidate import asking, budget
from kompeten.web.candidate.asking import Request

if TYPE_CHECKING:
    from kompeten.applications.models import Transfer

VERSION = "1.0.0"
EXTENSIONS = "creation,termination,checksum,expiration"
ALGORITHMS = ("sha1", "sha256")  # the protocol asks for the first; nothing rests on it
CHECKSUM_MISMATCH = 460
PART_TYPE = "application/offset+octet-stream"
SHA256 = re.compile(r"[0-9a-f]{64}")
View = Callable[..., HttpResponse]


class _Unreadable(Exception):
    """The request is not what the protocol says; `status` says in which way."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


def _spoken(*methods: str) -> Callable[[View], View]:
    """Let a view speak tus: versions, the methods it knows, and its refusals as plain answers."""

    def speak(view: View) -> View:
        @wraps(view)
        def answer(request: Request, **address: str) -> HttpResponse:
            method = request.headers.get("X-HTTP-Method-Override") or request.method or ""
            response = _answered(view, request, method.upper(), methods, address)
            response["Tus-Resumable"] = VERSION
            response["Cache-Control"] = "no-store"
            return response

        return answer

    return speak


@_spoken("POST")
def announce(request: Request, method: str, ref: str, code: str) -> HttpResponse:
    """Open a transfer for a requirement, or find the one that was opened for the same file."""
    application = asking.application(request, ref)
    asking.there(queries.document_kinds(application).get(code))
    told = _metadata(request.headers.get("Upload-Metadata", ""))
    digest = told.get("sha256", "")
    if not SHA256.fullmatch(digest):
        raise _Unreadable(400)
    goes_on = queries.goes_on(application, code, digest, at=request.at)
    if not goes_on and budget.is_spent(request, application):
        return _spent()
    transfer = actions.announce(
        application,
        code,
        name=told.get("filename", ""),
        size=_number(request, "Upload-Length"),
        sha256=digest,
        by=request.actor,
        at=request.at,
        rng=random.SystemRandom(),
    )
    response = _standing(transfer, status=201)
    response["Location"] = reverse("candidate:transfer", args=[ref, code, transfer.ref])
    return response


@_spoken("HEAD", "PATCH", "DELETE")
def transfer(request: Request, method: str, ref: str, code: str, key: str) -> HttpResponse:
    """Say how much of a transfer is here, take the next part, or let go of it."""
    application = asking.application(request, ref)
    found = asking.there(queries.transfer(application, code, key))
    if method == "DELETE":
        actions.discard(found)
        return HttpResponse(status=204)
    if found.expires_at <= request.at and not found.arrived_as:
        raise _Unreadable(410)
    if method == "PATCH":
        offset = _number(request, "Upload-Offset")
        part = _part(request, most=max(found.size - offset, 0))
        actions.receive(found, part, offset=offset, by=request.actor, at=request.at)
        return _standing(found, status=204)
    response = _standing(found)
    response["Upload-Length"] = str(found.size)
    return response


def _answered(
    view: View, request: Request, method: str, methods: tuple[str, ...], address: dict[str, str]
) -> HttpResponse:
    if method == "OPTIONS":
        return _about()
    if request.headers.get("Tus-Resumable") != VERSION:
        return _about(status=412)
    if method not in methods:
        return HttpResponse(status=405, headers={"Allow": ", ".join(("OPTIONS", *methods))})
    try:
        return view(request, method, **address)
    except _Unreadable as error:
        return HttpResponse(status=error.status)
    except OffsetMissed as error:
        return HttpResponse(status=409, headers={"Upload-Offset": str(error.received)})
    except TransferBusy:
        return HttpResponse(status=423, headers={"Retry-After": "2"})
    except TransferGone:
        return HttpResponse(status=410)
    except TransferDamaged:
        return HttpResponse(status=CHECKSUM_MISMATCH)
    except UploadRefused as refusal:
        return _refused(refusal.code)
    except StepRefused as refusal:
        return _refused(*refusal.reasons)


def _about(status: int = 204) -> HttpResponse:
    response = HttpResponse(status=status)
    response["Tus-Version"] = VERSION
    response["Tus-Extension"] = EXTENSIONS
    response["Tus-Checksum-Algorithm"] = ",".join(ALGORITHMS)
    return response


def _refused(*codes: str, status: int = 422) -> HttpResponse:
    return JsonResponse({"reasons": [words.reason(code) for code in codes]}, status=status)


def _spent() -> HttpResponse:
    response = _refused(budget.SPENT, status=429)
    response["Retry-After"] = str(budget.RETRY_AFTER)
    return response


def _standing(transfer: "Transfer", status: int = 200) -> HttpResponse:
    response = HttpResponse(status=status)
    response["Upload-Offset"] = str(transfer.received)
    response["Upload-Expires"] = http_date(transfer.expires_at.timestamp())
    return response


def _number(request: HttpRequest, header: str) -> int:
    """Return a header that is a number of bytes.

    :raises _Unreadable: 400
    """
    text = request.headers.get(header, "")
    if not re.fullmatch(r"[0-9]{1,12}", text):
        raise _Unreadable(400)
    return int(text)


def _metadata(header: str) -> dict[str, str]:
    """Return `Upload-Metadata` as text by key.

    :raises _Unreadable: 400

    >>> _metadata("filename aWphei5wZGY=, is_confidential")
    {'filename': 'ijaz.pdf', 'is_confidential': ''}
    """
    pairs = (pair.split() for pair in header.split(",") if pair.strip())
    try:
        return {
            key: base64.b64decode("".join(value), validate=True).decode() for key, *value in pairs
        }
    except (ValueError, binascii.Error) as error:
        raise _Unreadable(400) from error


def _part(request: HttpRequest, *, most: int) -> bytes:
    """Return the part that was sent, with the checksum it came with; one byte too many shows as too many.

    :raises _Unreadable: 400 where it is cut off, 415, 460
    """
    if request.content_type != PART_TYPE:
        raise _Unreadable(415)
    try:
        content = request.read(most + 1)
    except OSError as error:  # the line broke; nobody hears this answer
        raise _Unreadable(400) from error
    length = request.META.get("CONTENT_LENGTH") or ""
    if length.isdigit() and len(content) < min(int(length), most + 1):
        raise _Unreadable(400)
    _require_checksum(request.headers.get("Upload-Checksum", ""), content)
    return content


def _require_checksum(header: str, content: bytes) -> None:
    if not header:
        return
    algorithm, _, told = header.partition(" ")
    if algorithm not in ALGORITHMS:
        raise _Unreadable(400)
    try:
        digest = base64.b64decode(told, validate=True)
    except ValueError as error:
        raise _Unreadable(400) from error
    if hashlib.new(algorithm, content, usedforsecurity=False).digest() != digest:
        raise _Unreadable(CHECKSUM_MISMATCH)
