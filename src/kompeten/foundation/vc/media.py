"""Under which name is a credential sent? Its registered one, or the broader one that was asked for.

Source: W3C Verifiable Credentials Data Model v2.0, section 6.2 (media types) and its media type
precision; RFC 9110, section 12.5.1 (Accept).
"""

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

REGISTERED = "application/vc"
# Each is true of a credential too. Programs that know JSON-LD or JSON alone ask for these, and some
# of them read no body under another name.
_NAMES = (REGISTERED, "application/ld+json", "application/json")


def asked(request: HttpRequest) -> str:
    """Return the name that `request` prefers; the registered one where it accepts any, or none."""
    return request.get_preferred_type(_NAMES) or REGISTERED


def named(response: HttpResponse, request: HttpRequest) -> HttpResponse:
    """Return `response`, a credential, under the name that was asked for; caches are told of it."""
    response["Content-Type"] = asked(request)
    patch_vary_headers(response, ["Accept"])
    return response
