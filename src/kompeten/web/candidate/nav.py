"""Where do the pages of applicants lead? At most five places, so that a thumb finds each."""

from collections.abc import Sequence

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kompeten.kernel.actors import STRANGER, Actor
from kompeten.notices import queries as notices
from kompeten.web.candidate.asking import is_sponsor
from kompeten.web.ui.shapes import NavItem

REFEREES = "/saya/rekomendasi/"


def items(request: HttpRequest) -> Sequence[NavItem]:
    """Return the places of the person who asks; a sponsor has lists in the place of a portfolio. One query."""
    actor: Actor = getattr(request, "actor", STRANGER)
    if actor.helped_by is not None:
        return (_application(actor.helped_by.about),)
    sends = is_sponsor(actor)
    mine = (_schedule(), _lists(request)) if sends else (_schedule(), _portfolio())
    return (
        NavItem(pgettext_lazy("navigation", "Home"), reverse("candidate:home"), "home"),
        _applications(request, sends=sends),
        *mine,
        NavItem(
            pgettext_lazy("navigation", "News"),
            reverse("candidate:notices"),
            "bell",
            count=notices.unread(actor) or None,
        ),
    )


def _application(ref: str) -> NavItem:
    """Return the one place there is while somebody is helped."""
    return NavItem(_("Application"), reverse("candidate:application", args=[ref]), "document-text")


def _applications(request: HttpRequest, *, sends: bool) -> NavItem:
    # Who was asked to recommend belongs to one's own documents, or to the lists of an office.
    asks = request.path.startswith(REFEREES) and not sends
    return NavItem(
        _("Applications"), reverse("candidate:applications"), "document-text", current=asks
    )


def _portfolio() -> NavItem:
    return NavItem(_("Portfolio"), reverse("candidate:portfolios"), "pencil-square")


def _schedule() -> NavItem:
    return NavItem(
        pgettext_lazy("navigation", "Schedule"), reverse("candidate:schedule"), "calendar"
    )


def _lists(request: HttpRequest) -> NavItem:
    # The pages of an office stand behind one place: its lists, its people, its messages.
    theirs = (reverse("candidate:staff"), reverse("candidate:help_people"), REFEREES)
    is_theirs = request.path.startswith(theirs)
    return NavItem(_("Lists"), reverse("candidate:collectives"), "users", current=is_theirs)
