"""Which rows hold notices on their way, and who watches certificates?"""

from kompeten.notices.models.digest import Digest
from kompeten.notices.models.letter import Delivery, Notice
from kompeten.notices.models.watch import Ping, Watch, Watched
from kompeten.notices.models.wording import MessageText

__all__ = ["Delivery", "Digest", "MessageText", "Notice", "Ping", "Watch", "Watched"]
