"""Where does a visitor go from here?"""

from collections.abc import Sequence

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kompeten.web.ui.shapes import NavItem


def items(request: HttpRequest) -> Sequence[NavItem]:
    """Return the places that are open to anybody."""
    return (
        NavItem(_("Am I eligible?"), reverse("eligibility:check"), "clipboard-document-check"),
        NavItem(_("Check a certificate"), reverse("public:check"), "shield-check"),
        NavItem(_("Public log"), reverse("public:log"), "link"),
    )
