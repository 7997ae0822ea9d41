"""What is in the bank, and what may a candidate read? Keys are not here: `queries.keys` is for scoring."""

from kompeten.itembank.queries.bank import (
    case,
    cases,
    essays,
    items_in,
    items_of,
    sheet_template,
    stock,
    to_review,
)
from kompeten.itembank.queries.forms import exposure, form, forms, pinned
from kompeten.itembank.queries.papers import paper

__all__ = [
    "case",
    "cases",
    "essays",
    "exposure",
    "form",
    "forms",
    "items_in",
    "items_of",
    "paper",
    "pinned",
    "sheet_template",
    "stock",
    "to_review",
]
