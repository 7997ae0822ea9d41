"""The node's words for people."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kompeten.node.terms import NodeState, NoteKind, ParcelState, Standing

NODE_STATE = {
    NodeState.ACTIVE: pgettext_lazy("node", "in use"),
    NodeState.ENDED: pgettext_lazy("node", "no longer in use"),
}
PARCEL_STATE = {
    ParcelState.PACKED: pgettext_lazy("parcel", "packed"),
    ParcelState.RETURNED: pgettext_lazy("parcel", "came back"),
}
STANDING = {
    Standing.NOT_STARTED: pgettext_lazy("seat", "not started"),
    Standing.WORKING: pgettext_lazy("seat", "working"),
    Standing.SILENT: pgettext_lazy("seat", "silent"),
    Standing.TROUBLE: pgettext_lazy("seat", "needs a look"),
    Standing.HANDED_IN: pgettext_lazy("seat", "handed in"),
}
NOTE = {
    NoteKind.STARTED: _("The laptop in the room was switched on"),
    NoteKind.CLOCK: _("The clock of the laptop was read"),
    NoteKind.OPENED: _("The sitting was opened by hand"),
    NoteKind.INCIDENT: _("An incident was noted"),
    NoteKind.COPY: _("The second copy went away or came back"),
}
EVENT = {
    "node.opened": _("Site laptop registered"),
    "node.ended": _("Site laptop no longer in use"),
    "parcel.opened": _("Sitting packed for a site"),
    "parcel.returned": _("Answers came back from a site"),
}
REASON = {
    "node.not_ready": _("This laptop has no card yet. Begin with `kompeten node init`."),
    "node.name": _("Say what the site is called, in up to 80 letters."),
    "node.other_keys": _("Another laptop is registered under this card. Make a new card."),
    "node.ended": _("This laptop is no longer in use and gets no more sittings."),
    "card.shape": _("This is no card of a site laptop."),
    "parcel.shape": _("This is no parcel, or it is cut off at its beginning. Copy it again."),
    "parcel.version": _("The parcel was made by a newer version. Bring this machine up to date."),
    "parcel.changed": _("Something in the parcel was changed on its way. Copy it again."),
    "parcel.cut_off": _("The parcel is cut off. Copy it again."),
    "parcel.content": _("The parcel cannot be read. Make it again."),
    "parcel.not_for_us": _("The parcel is sealed for another machine."),
    "parcel.other_way": _("This parcel travels the other way."),
    "parcel.other_node": _("The parcel is for another site laptop."),
    "parcel.other_sitting": _("The parcel is of another sitting."),
    "parcel.other_house": _("The parcel comes from other headquarters than the first one."),
    "parcel.unknown": _("No such parcel was packed here."),
    "parcel.no_seats": _("Nobody is seated in this sitting yet."),
    "row.other_attempt": _("It belongs to nobody in this sitting."),
    "open.no_reason": _("Say why; it travels back with the answers."),
    "open.already": _("The sitting is open already."),
}
