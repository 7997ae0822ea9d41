"""What does the body do with personal data? Told before anybody gives any.

Source: UU 27/2022, art. 21(1): ground, purpose, kinds, time of keeping, and the rights of the person.
"""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from kompeten.foundation import keeping
from kompeten.people.labels import CONSENT, PURPOSE
from kompeten.people.terms import CONSENT_VERSION
from kompeten.web.ui.http import page


@require_safe
def notice(request: HttpRequest) -> HttpResponse:
    """Say what is held and why, for how long, to what one agrees, and what one can ask for. No query."""
    context = {
        "kinds": [(kind, kind.time()) for kind in keeping.kinds()],
        "texts": [
            {"purpose": PURPOSE[purpose], "version": version, "text": CONSENT[purpose, version]}
            for purpose, version in CONSENT_VERSION.items()
        ],
    }
    return page(request, "public/personal_data.html", context)
