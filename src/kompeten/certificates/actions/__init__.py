"""How does a certificate come to be: step by step, and again where one could not go on?"""

from kompeten.certificates.actions.holding import issue_again
from kompeten.certificates.actions.issuing import (
    STEPS,
    ContentUnfit,
    check,
    intend,
    publish,
    reserve,
    sign,
)

__all__ = [
    "STEPS",
    "ContentUnfit",
    "check",
    "intend",
    "issue_again",
    "publish",
    "reserve",
    "sign",
]
