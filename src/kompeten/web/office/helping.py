"""Where does an officer of the body lend a hand? At their own device, with the person beside them."""

from django.utils.translation import gettext_lazy as _

from kompeten.kernel.roles import Role
from kompeten.web.office import nav
from kompeten.web.ui.helping import pages

HELPERS = frozenset({Role.COORDINATOR})

nav.offer(
    nav.Place(
        label=_("Help somebody"),
        route="office:help_people",
        icon="hand-raised",
        order=13,
        roles=HELPERS,
    )
)

people = pages.people("office")
begin = pages.begin("office")
over = pages.over("office")
release = pages.release("office")
