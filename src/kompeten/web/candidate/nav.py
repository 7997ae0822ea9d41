"""Where do the pages of applicants lead? Five places under a thumb, no more."""

from collections.abc import Sequence

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kompeten.kernel.actors import STRANGER, Actor
from kompeten.web.candidate.asking import is_sponsor
from kompeten.web.ui.shapes import NavItem


def items(request: HttpRequest) -> Sequence[NavItem]:
    """Return the places of the person who asks; a sponsor has lists instead of a portfolio."""
    actor: Actor = getattr(request, "actor", STRANGER)
    home = NavItem(pgettext_lazy("navigation", "Home"), reverse("candidate:home"), "home")
    applications = NavItem(_("Applications"), reverse("candidate:applications"), "document-text")
    if is_sponsor(actor):
        lists = NavItem(_("Lists"), reverse("candidate:collectives"), "users")
        return (home, lists, applications)
    return (home, applications)
