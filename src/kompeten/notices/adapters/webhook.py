"""How is a webhook called? By HTTPS to an address that was looked at, and to no other.

A receiver's address is what somebody typed. So its name is looked up once, every address it stands for
has to be on the open Internet, and the line goes to that very address: a name that means another
machine a moment later (DNS rebinding) leads nowhere. Redirects are not followed, proxies of the
environment are not asked, and a receiver that drips its answer is hung up on.

Source: Standard Webhooks 1.0; OWASP, Server-Side Request Forgery Prevention.
"""

import http.client
import socket
import ssl
from collections.abc import Callable
from datetime import datetime
from threading import Timer
from urllib.parse import urlsplit

from kompeten.foundation import clock
from kompeten.notices import rules
from kompeten.notices.ports import Gone, Unavailable

SECONDS = 10.0
AGENT = "Kompeten-Webhook/1"
Lookup = Callable[[str, int], list[str]]


def _addresses(host: str, port: int) -> list[str]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(entry[4][0]) for entry in found]


class HttpsCaller:
    """Calls webhooks; see `ports.Caller`.

    `lookup` gives the addresses of a host and port, `allows` judges each, `seconds` bound one call.
    """

    def __init__(
        self,
        *,
        lookup: Lookup = _addresses,
        allows: Callable[[str], bool] = rules.is_public,
        context: ssl.SSLContext | None = None,
        seconds: float = SECONDS,
        now: Callable[[], datetime] = clock.now,
    ) -> None:
        self.lookup, self.allows = lookup, allows
        self.seconds, self.now = seconds, now
        self.context = context or ssl.create_default_context()

    def __call__(self, url: str, *, key: str, body: bytes, secret: str) -> None:
        """Hand over one message; see `ports.Caller`."""
        stamp = int(self.now().timestamp())
        headers = {
            "Content-Type": "application/json",
            "User-Agent": AGENT,
            "webhook-id": key,
            "webhook-timestamp": str(stamp),
            "webhook-signature": rules.signature(secret, key=key, seconds=stamp, body=body),
        }
        try:
            status = self._post(url, body, headers)
        except (OSError, http.client.HTTPException, UnicodeError) as error:
            raise Unavailable(_line(error)) from error
        if status == http.HTTPStatus.GONE:
            raise Gone
        if not 200 <= status < 300:
            raise Unavailable(f"HTTP {status}")

    def _post(self, url: str, body: bytes, headers: dict[str, str]) -> int:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port or http.client.HTTPS_PORT
        if parts.scheme != "https":
            raise Unavailable("webhook.not_https")
        line = _Line(host, port, self._address(host, port), self.context, self.seconds)
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        try:
            line.request("POST", target, body, headers)
            status = line.getresponse().status
            # The library takes a line that was cut within the headers for one that ended there.
            if line.was_cut:
                raise TimeoutError
            return status
        finally:
            line.close()

    def _address(self, host: str, port: int) -> str:
        """Return the first address of a host, if all of them may be called."""
        found = self.lookup(host, port)
        if not found or not all(self.allows(address) for address in found):
            raise Unavailable("webhook.not_public")
        return found[0]


class _Line(http.client.HTTPConnection):
    """A connection to `address` that proves to be `host`, hung up after `seconds` whatever happens."""

    default_port = http.client.HTTPS_PORT

    def __init__(
        self, host: str, port: int, address: str, context: ssl.SSLContext, seconds: float
    ) -> None:
        super().__init__(host, port, timeout=seconds)
        self.address, self.context, self.seconds = address, context, seconds
        self.was_cut = False
        self._bell: Timer | None = None
        self._held: socket.socket | None = None

    def connect(self) -> None:
        """Open the line; a time-out for each read alone would let a dripping receiver hold it for hours."""
        raw = socket.create_connection((self.address, self.port), self.seconds)
        self.sock = raw
        self._held = raw.dup()
        self._bell = Timer(self.seconds, self._hang_up, [self._held])
        self._bell.daemon = True
        self._bell.start()
        self.sock = self.context.wrap_socket(raw, server_hostname=self.host)

    def close(self) -> None:
        """Close the line, and let nobody hang up on it later."""
        if self._bell is not None and self._held is not None:
            self._bell.cancel()
            self._held.close()
        super().close()

    def _hang_up(self, line: socket.socket) -> None:
        self.was_cut = True
        try:
            line.shutdown(socket.SHUT_RDWR)
        except OSError:  # the receiver was quicker
            return


def _line(error: Exception) -> str:
    """Return one line for the office: what kind of trouble, without what the receiver may have written."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return "webhook.bad_certificate"
    if isinstance(error, socket.gaierror):
        return "webhook.no_such_host"
    code = getattr(error, "errno", None)
    return f"{type(error).__name__} {code}" if code else type(error).__name__
