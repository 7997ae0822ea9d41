"""How far is the year, and where does it wait?"""

from kompeten.reporting.queries.ages import ages
from kompeten.reporting.queries.funnel import funnel

__all__ = ["ages", "funnel"]
