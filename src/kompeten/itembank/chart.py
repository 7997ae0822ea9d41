"""The lives of items and forms, each in one table."""

from kompeten.itembank.rules.review import review_reasons
from kompeten.itembank.terms import (
    ASSEMBLERS,
    Assembly,
    FormState,
    ItemState,
    Retirement,
    Return,
    Review,
    Writing,
)
from kompeten.kernel.roles import Role
from kompeten.kernel.statechart import Chart, step

WRITERS = frozenset({Role.ITEM_WRITER})

# fmt: off
ITEM = Chart("item", ItemState.DRAFT, (
    step("submit", "item.submitted", {ItemState.DRAFT}, ItemState.IN_REVIEW, roles=WRITERS),
    step("return", "item.returned", {ItemState.IN_REVIEW}, ItemState.DRAFT,
         roles=WRITERS, facts=Return),
    step("approve", "item.approved", {ItemState.IN_REVIEW}, ItemState.APPROVED,
         roles=WRITERS, facts=Review, guard=review_reasons),
    step("retire", "item.retired", {ItemState.DRAFT, ItemState.IN_REVIEW, ItemState.APPROVED},
         ItemState.RETIRED, roles=WRITERS, facts=Retirement),
), opened_by=WRITERS, opening=Writing)

FORM = Chart("form", FormState.ASSEMBLED, (),
             opened_by=ASSEMBLERS, opening=Assembly)
# fmt: on
