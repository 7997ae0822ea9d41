"""What is on its way to an application?"""

from datetime import datetime

from django.db.models import Q, QuerySet, Sum

from kompeten.applications.chart import APPLICATION
from kompeten.applications.models import Application, Transfer
from kompeten.applications.queries.documents import document


def transfer(application: Application, code: str, ref: str) -> Transfer | None:
    """Return what is on its way, or has just arrived, for a requirement. One query."""
    return Transfer.objects.filter(application=application, code=code, ref=ref).first()


def goes_on(application: Application, code: str, sha256: str, *, at: datetime) -> bool:
    """Say whether a file was announced before and need not be begun anew. At most two queries."""
    rows = Transfer.objects.filter(application=application, code=code, sha256=sha256)
    found = rows.first()
    return found is not None and not is_over(found, at=at)


def is_over(transfer: Transfer, *, at: datetime) -> bool:
    """Say whether it must be begun anew: its time is over, or what it became has been replaced."""
    if not transfer.arrived_as:
        return transfer.expires_at <= at
    present = document(transfer.application, transfer.code)
    return present is None or present.sha256 != transfer.arrived_as


def bytes_on_the_way(account_id: int) -> int:
    """Return how much the account has announced that is not here as a document yet. One query."""
    waiting = Transfer.objects.filter(by_id=account_id, arrived_as="")
    return int(waiting.aggregate(sum=Sum("size"))["sum"] or 0)


def transfers_over(*, at: datetime) -> QuerySet[Transfer]:
    """Return what nobody goes on with: its time is over, or the application takes nothing more."""
    takes = APPLICATION.of("attach").source
    return Transfer.objects.filter(Q(expires_at__lte=at) | ~Q(application__state__in=takes))
