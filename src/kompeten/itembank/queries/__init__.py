"""What is in the bank, and what may a candidate read? Keys are not here: `queries.keys` is for scoring."""

from kompeten.itembank.queries.bank import case, cases, items_in, items_of, sheet_template, stock
from kompeten.itembank.queries.forms import exposure, form, form_by_ref, forms
from kompeten.itembank.queries.papers import paper

__all__ = [
    "case",
    "cases",
    "exposure",
    "form",
    "form_by_ref",
    "forms",
    "items_in",
    "items_of",
    "paper",
    "sheet_template",
    "stock",
]
