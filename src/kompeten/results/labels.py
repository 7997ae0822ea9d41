"""How are results called on a page?"""

from django.utils.translation import gettext_lazy as _

from kompeten.results.terms import State

STATE = {State.SEALED: _("sealed"), State.SUPERSEDED: _("superseded")}
VERDICT = {True: _("Competent"), False: _("Not yet competent")}
VERDICT_SHORT = {True: "K", False: "BK"}
EVENT = {
    "result.sealed": _("The result was sealed."),
    "result.superseded": _("A later result took its place."),
}
