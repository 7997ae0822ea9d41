"""How does the log forget a person? The salt of their entries is deleted, after two people have looked.

The entries stay, and with them every proof of every other entry; what these mean can be shown by
nobody any more but whoever kept an opening.

Source: UU 27/2022, art. 8 and 43; docs/decisions/0013.
"""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from kompeten.foundation import ledger
from kompeten.foundation.ledger import StepRefused
from kompeten.kernel.actors import Actor
from kompeten.register.actions.log import FOLLOWER
from kompeten.register.chart import ERASURE, OrderingErasure, ProposingErasure
from kompeten.register.models import Erasure, Leaf
from kompeten.register.queries import erasing as queries
from kompeten.register.rules import erasing as rules

if TYPE_CHECKING:
    from kompeten.certificates.models import Certificate


def propose(certificate: "Certificate", *, ground: str, by: Actor, at: datetime) -> Erasure:
    """Propose that the entries of a certificate can be opened no more; nothing is deleted yet.

    :raises StepRefused: `role.not_held`, `erasure.no_ground`, `erasure.nothing` or `erasure.under_way`
    """
    is_open = queries.proposed(certificate) is not None
    if reasons := rules.flaws(ground, salted=queries.salted(certificate), is_open=is_open):
        raise StepRefused(*reasons, step="open")
    erasure = Erasure(
        certificate=certificate,
        ground=ground.strip(),
        proposed_by_id=by.account_id or 0,
        proposed_at=at,
    )
    facts = ProposingErasure(certificate.number, erasure.ground)
    try:
        with transaction.atomic():
            ledger.enter(ERASURE, erasure, by=by, at=at, facts=facts)
    except IntegrityError as clash:  # somebody else proposed it at this moment
        raise StepRefused("erasure.under_way", step="open") from clash
    return erasure


def order(erasure: Erasure, *, by: Actor, at: datetime) -> tuple[int, ...]:
    """Delete the salts of the certificate's entries, also of those since the proposal; return where they stand.

    The log waits meanwhile: an entry that it was just making would keep its salt.

    :raises StepRefused: `role.not_held`, `step.not_open` or `erasure.same_person`
    :raises StaleRecord: somebody else has judged it at this moment
    """
    with ledger.turn(FOLLOWER):
        rows = queries.salted_leaves(erasure.certificate)
        leaves = tuple(rows.values_list("index", flat=True))
        number = erasure.certificate.number
        facts = OrderingErasure(number, leaves, erasure.proposed_by_id, by.account_id or 0)
        also = {"judged_at": at}
        ledger.take(ERASURE, "order", erasure, by=by, at=at, facts=facts, also=also)
        Leaf.objects.filter(index__in=leaves).update(salt=None)
    return leaves


def drop(erasure: Erasure, *, by: Actor, at: datetime) -> None:
    """Let the erasure be; everything stays as it is.

    :raises StepRefused: `role.not_held` or `step.not_open`
    """
    ledger.take(ERASURE, "drop", erasure, by=by, at=at, also={"judged_at": at})
