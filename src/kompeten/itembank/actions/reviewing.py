"""How does an item come to be trusted? Somebody writes it, somebody else approves it."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from kompeten.foundation import ledger
from kompeten.itembank.chart import ITEM
from kompeten.itembank.models import CaseSet, Item
from kompeten.itembank.queries.bank import stocked
from kompeten.itembank.rules import stock
from kompeten.itembank.terms import Retirement, Return, Review
from kompeten.kernel.actors import Actor

SUPERSEDED = "superseded"


def submit(items: Sequence[Item], *, by: Actor, at: datetime) -> None:
    """Hand drafts over to be reviewed."""
    ledger.take_many(ITEM, "submit", items, by=by, at=at, also={"review_note": ""})


def send_back(items: Sequence[Item], *, note: str, by: Actor, at: datetime) -> None:
    """Return items to their writer, saying in `note` what to change."""
    facts = Return(note=note)
    also = {"review_note": note}
    ledger.take_many(ITEM, "return", items, by=by, at=at, facts=lambda _: facts, also=also)


def approve(items: Sequence[Item], *, by: Actor, at: datetime) -> None:
    """Let items into forms; what they replace is retired with it.

    :raises StepRefused: `review.own_item`: one of them was written by `by`; then none is approved
    """
    with transaction.atomic():
        ledger.take_many(
            ITEM,
            "approve",
            items,
            by=by,
            at=at,
            facts=lambda item: Review(writer=item.writer_id, reviewer=by.account_id),
            also={"reviewer_id": by.account_id},
        )
        retire_superseded({item.case_id for item in items}, by=by, at=at)


def retire(items: Sequence[Item], *, reason: str, by: Actor, at: datetime) -> None:
    """Take items out of use for good; forms that hold them stay as they are."""
    facts = Retirement(reason=reason)
    ledger.take_many(ITEM, "retire", items, by=by, at=at, facts=lambda _: facts)


def retire_superseded(case_ids: set[int], *, by: Actor, at: datetime) -> None:
    """Retire what newer versions have replaced in these cases. Three queries and the step's own."""
    codes = CaseSet.objects.filter(pk__in=case_ids).values_list("code", flat=True).distinct()
    replaced = stock.superseded(stocked(list(codes)))
    items = list(Item.objects.filter(pk__in=replaced).order_by("id"))
    retire(items, reason=SUPERSEDED, by=by, at=at)
