"""What are people to be told, what have they been told, and what is on its way?"""

from kompeten.notices.queries.box import box, due, of, overdue, unread, waiting
from kompeten.notices.queries.letters import KINDS, letters

__all__ = ["KINDS", "box", "due", "letters", "of", "overdue", "unread", "waiting"]
