"""Which rows hold applications, collective lists, links to their people, and recommendations?"""

from kompeten.applications.models.applications import Application, Collective
from kompeten.applications.models.documents import Document, Transfer, TransferPart
from kompeten.applications.models.links import Help, Invitation
from kompeten.applications.models.lists import CollectiveRow, ListFile, ListHeading, Repair
from kompeten.applications.models.recommendations import Recommendation, Referee

__all__ = [
    "Application",
    "Collective",
    "CollectiveRow",
    "Document",
    "Help",
    "Invitation",
    "ListFile",
    "ListHeading",
    "Recommendation",
    "Referee",
    "Repair",
    "Transfer",
    "TransferPart",
]
