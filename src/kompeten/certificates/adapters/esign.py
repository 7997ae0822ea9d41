"""How does the national e-sign service (BSrE) sign? A whole PDF, sent with the signatory's NIK and passphrase.

The body runs the service's client and is given its address and a user. What comes back is taken only
if it is our file with one signature more; see `check_appended.countersignature`. NIK and passphrase are kept
sealed, opened for one request, and never written into a message or a log.

Source: BSrE e-sign client service, `POST /api/v2/sign/pdf` (January 2024).
"""

import base64
import binascii
import json
import re
from dataclasses import dataclass, field
from http.client import HTTPException
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

TIMEOUT_SECONDS = 60  # it asks its own servers, and a time-stamp authority
MOST_BYTES = 40_000_000

# What people at the service write of a refusal, and what it means to us. Their codes differ between
# versions of the client; these words have stayed.
_REASONS = (
    (re.compile(r"passphrase", re.IGNORECASE), "esign.passphrase"),
    (re.compile(r"terdaftar|not registered|not found", re.IGNORECASE), "esign.not_registered"),
    (re.compile(r"kedal?uwarsa|kadal?uarsa|expired", re.IGNORECASE), "esign.expired"),
)


class EsignUnavailable(OSError):
    """The service does not answer; it is asked again later."""


class EsignRefused(Exception):
    """The service refuses to sign; `reason` is a code. Asking again at once would be of no use."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Signatory:
    """Who signs at the service. Secret: it is a person's NIK and passphrase."""

    nik: str = field(repr=False)
    passphrase: str = field(repr=False)


@dataclass(frozen=True)
class HttpEsign:
    """The service's client at an address."""

    url: str
    user: str
    password: str = field(repr=False)
    signatory: Signatory = field(repr=False)

    def sign(self, pdf: bytes, *, reason: str, place: str) -> bytes:
        """Return `pdf` with the signatory's signature, as the service gives it back. One request.

        :raises EsignUnavailable: no answer, or one that makes no sense
        :raises EsignRefused: the service says no
        """
        asked = {
            "nik": self.signatory.nik,
            "passphrase": self.signatory.passphrase,
            "signatureProperties": [{"tampilan": "INVISIBLE", "reason": reason, "location": place}],
            "file": [base64.b64encode(pdf).decode()],
        }
        answer = self._asked("/api/v2/sign/pdf", json.dumps(asked).encode())
        try:
            (signed,) = json.loads(answer)["file"]
            return base64.b64decode(signed, validate=True)
        except (ValueError, LookupError, TypeError, binascii.Error) as error:
            raise EsignUnavailable(f"{self.url} answers with no signed file") from error

    def _asked(self, path: str, body: bytes) -> bytes:
        if urlsplit(self.url).scheme not in {"http", "https"}:
            raise EsignUnavailable(f"{self.url} is no web address")
        known = base64.b64encode(f"{self.user}:{self.password}".encode()).decode()
        head = {"Content-Type": "application/json", "Authorization": f"Basic {known}"}
        request = Request(self.url.rstrip("/") + path, data=body, headers=head)  # noqa: S310
        try:
            with urlopen(request, timeout=TIMEOUT_SECONDS) as reply:  # noqa: S310 (scheme looked at)
                answer: bytes = reply.read(MOST_BYTES)
        except HTTPError as error:
            with error:
                said = error.read(10_000)
            # The message alone, and no cause: what was asked stands in neither.
            raise _refused(error.code, said) from None
        except (URLError, HTTPException, OSError) as error:
            raise EsignUnavailable(f"{self.url} does not answer: {error}") from error
        return answer


def _refused(status: int, answer: bytes) -> EsignRefused | EsignUnavailable:
    """Return what an answer that is no signature means."""
    if status >= 500:
        return EsignUnavailable(f"the service fails with {status}")
    if status in {401, 403}:
        return EsignRefused("esign.client")
    said = answer.decode("utf-8", "replace")
    found = (reason for words, reason in _REASONS if words.search(said))
    return EsignRefused(next(found, "esign.refused"))
