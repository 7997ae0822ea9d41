"""How far is the year, where does it wait, and which lists about people leave the house?"""

from kompeten.reporting.queries.ages import ages
from kompeten.reporting.queries.bnsp import bnsp_rows
from kompeten.reporting.queries.funnel import funnel
from kompeten.reporting.queries.handover import heading, parcels, recipients

__all__ = ["ages", "bnsp_rows", "funnel", "heading", "parcels", "recipients"]
