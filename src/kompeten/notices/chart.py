"""The life of a delivery, in one table."""

from kompeten.kernel.roles import Role
from kompeten.kernel.statechart import Chart, step
from kompeten.notices.terms import DeliveryState, Failure, GivingUp, Queued

HOUSE = frozenset({Role.SYSTEM})

# fmt: off
DELIVERY = Chart("delivery", DeliveryState.QUEUED, (
    step("send", "delivery.sent", {DeliveryState.QUEUED}, DeliveryState.SENT, roles=HOUSE),
    step("fail", "delivery.failed", {DeliveryState.QUEUED}, None, roles=HOUSE, facts=Failure),
    step("give_up", "delivery.given_up", {DeliveryState.QUEUED}, DeliveryState.UNDELIVERABLE,
         roles=HOUSE, facts=GivingUp),
), opened_by=HOUSE, opening=Queued)
# fmt: on
