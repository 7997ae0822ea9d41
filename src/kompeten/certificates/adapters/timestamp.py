"""When was it there, on somebody else's word? An RFC 3161 time-stamp authority, asked over HTTP.

What it answers is checked before it is written into a file: granted, for our digest and our question,
by a certificate that a known root vouches for. The register's verifier judges it anew.

Source: RFC 3161, sections 2.4 and 3.4.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from http.client import HTTPException
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from asn1crypto import algos, core, tsp
from cryptography import x509
from cryptography.exceptions import InvalidSignature

TIMEOUT_SECONDS = 10
MOST_BYTES = 100_000
_GRANTED = ("granted", "granted_with_mods")


class TimestampUnavailable(OSError):
    """The authority did not answer, or not with a stamp; it is asked again later."""


class TimestampRefused(Exception):
    """The authority answered with something that must not be believed."""


@dataclass(frozen=True)
class HttpTimestamper:
    """A time-stamp authority at an address; `roots` (DER) are those whose word for it we take."""

    url: str
    roots: tuple[bytes, ...]

    def stamp(self, sha256: bytes) -> bytes:
        """Return the token over a digest. One request.

        :raises TimestampUnavailable: no answer, or no stamp in it
        :raises TimestampRefused: a stamp for something else, or of somebody unknown
        """
        nonce = secrets.randbits(63)
        answer = self._asked(_question(sha256, nonce))
        try:
            response = tsp.TimeStampResp.load(answer, strict=True)
            if response["status"]["status"].native not in _GRANTED:
                status = response["status"].native
                raise TimestampUnavailable(f"{self.url} gives no stamp: {status}")
            token = response["time_stamp_token"]
            _examine(token, sha256, nonce, self.roots)
            encoded: bytes = token.dump()
        except (ValueError, TypeError, LookupError) as error:
            raise TimestampUnavailable(f"{self.url} answers with no RFC 3161 response") from error
        return encoded

    def _asked(self, question: bytes) -> bytes:
        if urlsplit(self.url).scheme not in {"http", "https"}:
            raise TimestampUnavailable(f"{self.url} is no web address")
        head = {"Content-Type": "application/timestamp-query"}
        request = Request(self.url, data=question, headers=head)  # noqa: S310 (scheme looked at)
        try:
            with urlopen(request, timeout=TIMEOUT_SECONDS) as reply:  # noqa: S310
                answer: bytes = reply.read(MOST_BYTES)
        except HTTPError as error:
            with error:
                raise TimestampUnavailable(f"{self.url} answers {error.code}") from error
        except (URLError, HTTPException, OSError) as error:
            raise TimestampUnavailable(f"{self.url} does not answer: {error}") from error
        return answer


def _question(sha256: bytes, nonce: int) -> bytes:
    imprint = {"hash_algorithm": algos.DigestAlgorithm({"algorithm": "sha256"})}
    question: bytes = tsp.TimeStampReq(
        {
            "version": "v1",
            "message_imprint": tsp.MessageImprint(imprint | {"hashed_message": sha256}),
            "nonce": core.Integer(nonce),
            "cert_req": True,
        }
    ).dump()
    return question


def _examine(token: tsp.ContentInfo, sha256: bytes, nonce: int, roots: Sequence[bytes]) -> None:
    """Look whether a token answers our question, and whether its certificate leads to a root."""
    signed = token["content"]
    info = signed["encap_content_info"]["content"].parsed
    if (
        info["message_imprint"]["hashed_message"].native != sha256
        or info["message_imprint"]["hash_algorithm"]["algorithm"].native != "sha256"
        or info["nonce"].native != nonce
    ):
        raise TimestampRefused("the time stamp answers another question")
    certificates = [
        x509.load_der_x509_certificate(choice.chosen.dump()) for choice in signed["certificates"]
    ]
    known = [x509.load_der_x509_certificate(root) for root in roots]
    if not any(_vouches(root, one) for root in known for one in certificates):
        raise TimestampRefused(
            "no trusted root vouches for the time-stamp authority; see `kompeten keys stamping`"
        )


def _vouches(root: x509.Certificate, lower: x509.Certificate) -> bool:
    try:
        lower.verify_directly_issued_by(root)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True
