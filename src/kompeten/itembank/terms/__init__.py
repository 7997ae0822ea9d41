"""Which words does the item bank use? Items and cases as written, forms, papers, and what can be wrong."""

from kompeten.itembank.terms.facts import Assembly, Retirement, Return, Review, Writing
from kompeten.itembank.terms.papers import Guide, Key, PaperCase, PaperItem, PinnedForm
from kompeten.itembank.terms.rows import CaseDetail, CaseRow, FormDetail, FormRow, ItemDetail
from kompeten.itembank.terms.stock import FormImpossible, Shortage, Stocked, UsableCase
from kompeten.itembank.terms.words import (
    ASSEMBLERS,
    LONGEST_ESSAY,
    OPTION_CODES,
    FormState,
    ItemState,
)
from kompeten.itembank.terms.written import (
    BankInvalid,
    EssayTask,
    ImportResult,
    Problem,
    RawCase,
    RawEssay,
    RawItem,
    WrittenCase,
    WrittenItem,
)

__all__ = [
    "ASSEMBLERS",
    "LONGEST_ESSAY",
    "OPTION_CODES",
    "Assembly",
    "BankInvalid",
    "CaseDetail",
    "CaseRow",
    "EssayTask",
    "FormDetail",
    "FormImpossible",
    "FormRow",
    "FormState",
    "Guide",
    "ImportResult",
    "ItemDetail",
    "ItemState",
    "Key",
    "PaperCase",
    "PaperItem",
    "PinnedForm",
    "Problem",
    "RawCase",
    "RawEssay",
    "RawItem",
    "Retirement",
    "Return",
    "Review",
    "Shortage",
    "Stocked",
    "UsableCase",
    "Writing",
    "WrittenCase",
    "WrittenItem",
]
