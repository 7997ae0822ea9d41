"""Which rows hold certificates, and what becomes of them?"""

from kompeten.certificates.models.certificate import Certificate
from kompeten.certificates.models.life import Suspension, Withdrawal
from kompeten.certificates.models.recall import Recall, RecallLine

__all__ = ["Certificate", "Recall", "RecallLine", "Suspension", "Withdrawal"]
