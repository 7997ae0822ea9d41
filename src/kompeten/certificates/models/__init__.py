"""Which rows hold certificates, what becomes of them, their sheets, and papers that are sealed?"""

from kompeten.certificates.models.blanks import Blank, BlankDelivery
from kompeten.certificates.models.certificate import Certificate
from kompeten.certificates.models.life import Suspension, Withdrawal
from kompeten.certificates.models.papers import SealedPaper
from kompeten.certificates.models.recall import Recall, RecallLine
from kompeten.certificates.models.share import ShareLink

__all__ = [
    "Blank",
    "BlankDelivery",
    "Certificate",
    "Recall",
    "RecallLine",
    "SealedPaper",
    "ShareLink",
    "Suspension",
    "Withdrawal",
]
