"""Where may a webhook lead, what does it say, and how is it signed?

Source: Standard Webhooks 1.0 (symmetric signatures, payload structure).
"""

import base64
import hmac
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit

from kompeten.kernel import canonical
from kompeten.notices.terms import Told

SECRET_PREFIX = "whsec_"  # noqa: S105 (what every secret begins with)
SECRET_BYTES = 32
LONGEST_URL = 400
# Addresses within which an IPv4 address is hidden: what leads there may lead anywhere.
_CARRIERS = tuple(ip_network(net) for net in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16"))


def url_flaws(url: str) -> tuple[str, ...]:
    """Return why an address may not be a webhook, as codes; where its name leads is judged when it is called.

    >>> url_flaws("https://sdm.example.go.id/kait")
    ()
    >>> url_flaws("http://10.0.0.1/kait")
    ('webhook.not_https', 'webhook.not_public')
    """
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return ("webhook.unreadable",)
    is_plain = url.isascii() and url.isprintable() and " " not in url
    if not host or not is_plain or len(url) > LONGEST_URL:
        return ("webhook.unreadable",)
    found = {
        "webhook.not_https": parts.scheme != "https",
        "webhook.has_password": parts.username is not None,
        "webhook.not_public": _is_inside(host),
    }
    return tuple(code for code, holds in found.items() if holds)


def is_public(address: str) -> bool:
    """Say whether an IP address belongs to the open Internet, and to one machine there.

    >>> [is_public(a) for a in ("8.8.8.8", "10.1.2.3", "::1", "::ffff:127.0.0.1", "64:ff9b::a00:1")]
    [True, False, False, False, False]
    """
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    return found.is_global and not found.is_multicast and not _is_carrier(found)


def told_bytes(told: Told) -> bytes:
    """Return the body of a webhook; the same message is the same bytes at each try.

    Its `type` is the event's, its `timestamp` when that happened.
    """
    data = {
        "number": told.number,
        "name": told.name,
        "state": told.state,
        "day": told.day.isoformat(),
    }
    body = {"type": told.kind, "timestamp": told.at.isoformat("T", "seconds"), "data": data}
    return canonical.dumps(body)


def signature(secret: str, *, key: str, seconds: int, body: bytes) -> str:
    """Return the header `webhook-signature` for a body that goes out under `key` at a Unix time.

    >>> secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    >>> body = b'{"test": 2432232314}'
    >>> signature(secret, key="msg_p5jXN8AQM9LWM0D4loKWxJek", seconds=1614265330, body=body)
    'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE='
    """
    signed = f"{key}.{seconds}.".encode() + body
    code = hmac.digest(base64.b64decode(secret.removeprefix(SECRET_PREFIX)), signed, "sha256")
    return f"v1,{base64.b64encode(code).decode()}"


def _is_inside(host: str) -> bool:
    """Say whether a host's name alone shows that it lies within somebody's own network."""
    try:
        ip_address(host)
    except ValueError:
        return "." not in host or host.rstrip(".").endswith((".local", ".localhost", ".internal"))
    return not is_public(host)


def _is_carrier(address: IPv4Address | IPv6Address) -> bool:
    return any(address in net for net in _CARRIERS if net.version == address.version)
