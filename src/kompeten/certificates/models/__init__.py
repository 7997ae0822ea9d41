"""Which rows hold certificates, and what becomes of them?"""

from kompeten.certificates.models.certificate import Certificate
from kompeten.certificates.models.life import Suspension, Withdrawal

__all__ = ["Certificate", "Suspension", "Withdrawal"]
