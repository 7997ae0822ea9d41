"""What becomes of applications that go on no more? When their time is over, what they hold is deleted."""

from datetime import datetime

from django.db import transaction

from kompeten.applications.actions import recommending, settling
from kompeten.applications.chart import APPLICATION, INVITATION, REFEREE
from kompeten.applications.models import Application, Document
from kompeten.applications.queries import keeping
from kompeten.applications.terms.application import Disposal
from kompeten.applications.terms.invitation import InvitationState
from kompeten.foundation import files, ledger
from kompeten.kernel.actors import SYSTEM

BATCH = 200


def lapse_drafts(*, at: datetime) -> int:
    """Withdraw up to 200 drafts that nobody touched for long, and delete what they hold."""
    drafts = list(keeping.stale_drafts(at=at).order_by("id").values_list("pk", flat=True)[:BATCH])
    return sum(_lapse(key, at=at) for key in drafts)


def _lapse(key: int, *, at: datetime) -> bool:
    """Withdraw one draft, unless somebody has touched it since it was found."""
    with transaction.atomic():
        draft = Application.objects.select_for_update().get(pk=key)
        # Asked anew with the row taken: each step of the form takes it too.
        if not keeping.stale_drafts(at=at).filter(pk=key).exists():
            return False
        ledger.take(APPLICATION, "lapse", draft, by=SYSTEM, at=at)
        dispose(draft, at=at)
    return True


def dispose_due(*, at: datetime) -> int:
    """Delete what up to 200 ended applications hold, if their time is over."""
    ended = list(keeping.over(at=at).order_by("id")[:BATCH])
    for application in ended:
        dispose(application, at=at)
    return len(ended)


def dispose_of(person_id: int, *, at: datetime) -> int:
    """Delete what a person's refused or withdrawn applications hold; return how many held something."""
    ended = list(keeping.disposable(person_id).order_by("id"))
    for application in ended:
        dispose(application, at=at)
    return len(ended)


def dispose(application: Application, *, at: datetime) -> None:
    """Delete an ended application's documents and what was said in it; that it was made stays.

    Links to it lead nowhere any more; of what was signed by them the digest stays. The same bytes may
    have been put in twice: a file goes with the last document that is made of it.

    :raises StepRefused: it has not ended
    """
    with transaction.atomic():
        held = list(application.documents.order_by("id"))
        facts = Disposal(tuple(sorted({document.code for document in held})))
        ledger.take(
            APPLICATION,
            "dispose",
            application,
            by=SYSTEM,
            at=at,
            facts=facts,
            also={"statement": {}},
        )
        application.documents.all().delete()
        held_open = application.invitations.filter(state=InvitationState.OPEN)
        ledger.take_many(INVITATION, "end", list(held_open), by=SYSTEM, at=at)
        application.invitations.update(objection_sealed=b"")
        recommending.dispose_about(application, at=at)
        files.let_go((document.sha256 for document in held), meant=_present)


def dispose_referees(*, at: datetime) -> int:
    """Delete who up to 200 people were that were asked to recommend, when nothing of theirs is held."""
    over = list(keeping.over_referees(at=at).order_by("id")[:BATCH])
    also = {"signatory_sealed": b"", "address_index": b""}
    ledger.take_many(REFEREE, "dispose", over, by=SYSTEM, at=at, also=also)
    return len(over)


def _present(digests: set[str]) -> set[str]:
    """Return those digests that a document of anybody has."""
    rows = Document.objects.filter(sha256__in=digests).values_list("sha256", flat=True)
    return set(rows)


def lapse_lines(*, at: datetime) -> int:
    """Let go of up to 200 lines of lists that nobody mended; what was read from them is deleted."""
    lines = list(keeping.stale_lines(at=at).order_by("id")[:BATCH])
    for line in lines:
        settling.drop(line, by=SYSTEM, at=at, verb="lapse")
    return len(lines)
