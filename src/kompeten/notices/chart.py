"""The lives of a delivery, of a digest, of an office's watch and of what it is told, in one table each."""

from kompeten.kernel.roles import Role
from kompeten.kernel.statechart import Chart, step
from kompeten.notices.terms import (
    DeliveryState,
    Digesting,
    DigestState,
    Ending,
    Failure,
    GivingUp,
    Pinging,
    PingState,
    Queued,
    Watching,
    WatchState,
)

HOUSE = frozenset({Role.SYSTEM})
OFFICES = frozenset({Role.SPONSOR})
PRINTERS = frozenset({Role.COORDINATOR, Role.REGISTRAR})

# fmt: off
DELIVERY = Chart("delivery", DeliveryState.QUEUED, (
    step("send", "delivery.sent", {DeliveryState.QUEUED}, DeliveryState.SENT, roles=HOUSE),
    step("fail", "delivery.failed", {DeliveryState.QUEUED}, None, roles=HOUSE, facts=Failure),
    step("give_up", "delivery.given_up", {DeliveryState.QUEUED}, DeliveryState.UNDELIVERABLE,
         roles=HOUSE, facts=GivingUp),
    step("print", "delivery.printed", {DeliveryState.QUEUED}, DeliveryState.SENT, roles=PRINTERS),
), opened_by=HOUSE | PRINTERS, opening=Queued)

DIGEST = Chart("digest", DigestState.WRITTEN, (), opened_by=HOUSE, opening=Digesting)

WATCH = Chart("watch", WatchState.ACTIVE, (
    step("fail", "watch.failed", {WatchState.ACTIVE}, None, roles=HOUSE, facts=Failure),
    step("end", "watch.ended", {WatchState.ACTIVE}, WatchState.ENDED, roles=HOUSE | OFFICES,
         facts=Ending),
), opened_by=OFFICES, opening=Watching)

PING = Chart("ping", PingState.QUEUED, (
    step("send", "ping.sent", {PingState.QUEUED}, PingState.SENT, roles=HOUSE),
    step("drop", "ping.dropped", {PingState.QUEUED}, PingState.DROPPED, roles=HOUSE,
         facts=GivingUp),
), opened_by=HOUSE, opening=Pinging)
# fmt: on
