"""Does somebody ask too often? Counted in the cache, by whatever the view counts."""

from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

# One household or phone has a network of its own and may take another address in it at any time.
IPV6_PREFIX = 64


def client(request: HttpRequest) -> str:
    """Return the address that asks, as text; of IPv6 its network.

    Behind the option's number of `proxies` it is the one that the outermost of them has seen:
    what stands further left in `X-Forwarded-For` anybody may have written.
    """
    seen = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    hops = settings.OPTIONS.proxies
    said = seen[-hops] if 0 < hops <= len(seen) else request.META.get("REMOTE_ADDR", "")
    try:
        address = ip_address(said)
    except ValueError:
        return "unknown"
    if isinstance(address, IPv6Address):
        return str(ip_network((address, IPV6_PREFIX), strict=False))
    return str(address)


def too_often(name: str, *, most: int, seconds: int) -> bool:
    """Count one more under `name` and say whether there were more than `most` in these `seconds`."""
    place = f"limit/{name}"
    cache.add(place, 0, seconds)
    try:
        return cache.incr(place) > most
    except ValueError:  # it lapsed between the two lines
        return False


def was_too_often(name: str, *, most: int) -> bool:
    """Say whether `most` were counted under `name` already, without counting."""
    return int(cache.get(f"limit/{name}", 0)) >= most
