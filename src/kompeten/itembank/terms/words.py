"""Which words does the item bank use: states, rights, limits?"""

from enum import StrEnum

from kompeten.kernel.roles import Role

OPTION_CODES = "abcdef"
LONGEST_ESSAY = 4_000  # units of UTF-16, as browsers count
ASSEMBLERS = frozenset({Role.ITEM_WRITER, Role.COORDINATOR})


class ItemState(StrEnum):
    """The life of one version of an item; only approved items come into a form."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    APPROVED = "approved"
    RETIRED = "retired"


class FormState(StrEnum):
    """The life of a form: it is assembled once and never changed."""

    ASSEMBLED = "assembled"
