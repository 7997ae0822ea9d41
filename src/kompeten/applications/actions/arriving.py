"""How does a document arrive over a line that breaks? Announced, then part by part, as often as it takes.

Each part lies in the store of files as a file of its own, so that any server, a folder or S3, can go
on where another one stopped. In front of its bytes stand the transfer and the place: no other file
has that digest, so it can be deleted without asking who else may mean it. What arrives becomes a
document by `attach` and by nothing else.
"""

import hashlib
import random
import unicodedata
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from kompeten.applications import queries
from kompeten.applications.actions import filing
from kompeten.applications.chart import APPLICATION
from kompeten.applications.models import Application, Transfer, TransferPart
from kompeten.applications.rules import filers
from kompeten.applications.terms.application import UploadRefused
from kompeten.applications.terms.transfer import (
    CLAIM_LASTS,
    FREE_PARTS,
    LASTS,
    LEAST_PART,
    MOST_ON_THE_WAY,
    OffsetMissed,
    TransferBusy,
    TransferDamaged,
    TransferGone,
)
from kompeten.foundation import files
from kompeten.foundation.ledger import StepRefused
from kompeten.kernel import refs
from kompeten.kernel.actors import Actor

BATCH = 200
OF_A_PART = "application/octet-stream"
BUSY = "document.busy"


def announce(
    application: Application,
    code: str,
    *,
    name: str,
    size: int,
    sha256: str,
    by: Actor,
    at: datetime,
    rng: random.Random,
) -> Transfer:
    """Say that a file will come for a requirement of the application; who says so again goes on with it.

    What has arrived and still is the requirement's document is returned as it is: nothing of it has
    to be sent again.

    :raises UploadRefused: `document.empty`, `document.too_large`, `document.too_many_on_the_way`
    :raises StepRefused: `role.not_held`; `step.not_open`: nothing more is taken
    """
    _permit(application, by=by)
    _require_size(size, most=queries.document_kinds(application)[code].max_bytes)
    found = Transfer.objects.filter(application=application, code=code, sha256=sha256).first()
    if found is not None and queries.is_over(found, at=at):
        discard(found)
        found = None
    if found is not None:
        return found
    if queries.bytes_on_the_way(by.hand) + size > MOST_ON_THE_WAY:
        raise UploadRefused("document.too_many_on_the_way")
    facts = {
        "ref": refs.new(rng),
        "by_id": by.hand,
        "name": "".join(c for c in name if unicodedata.category(c)[0] != "C")[:255],
        "size": size,
        "expires_at": at + LASTS,
    }
    return Transfer.objects.get_or_create(
        application=application, code=code, sha256=sha256, defaults=facts
    )[0]


def receive(transfer: Transfer, content: bytes, *, offset: int, by: Actor, at: datetime) -> int:
    """Keep the next bytes of a transfer, and return how many are here; the last ones make it a document.

    The same part twice, one after the other or at the same moment, is kept once.

    :raises OffsetMissed: these are not the next bytes
    :raises UploadRefused: `document.too_large`: more than was announced; `document.too_many_parts`: it
        comes in crumbs, and the transfer is gone; so it is where the whole is not what is asked for
    :raises StepRefused: `role.not_held`; `step.not_open`
    :raises TransferBusy: it is being completed; ask again in a moment
    :raises TransferDamaged: the whole is not what was announced; the transfer is gone
    :raises TransferGone: somebody let go of it at this moment
    """
    _permit(transfer.application, by=by)
    if offset != transfer.received:
        raise OffsetMissed(transfer.received)
    end = offset + len(content)
    if end > transfer.size:
        raise UploadRefused("document.too_large")
    if end < transfer.size:
        _keep(transfer, content, offset=offset, at=at)
    elif not transfer.arrived_as:
        _complete(transfer, content, by=by, at=at)
    return end


def discard(transfer: Transfer) -> None:
    """Let go of a transfer and of the parts of it that are here; a document it became stays.

    A part that arrives at this moment waits for it, and then finds nothing to belong to.
    """
    with transaction.atomic():
        list(Transfer.objects.select_for_update().filter(pk=transfer.pk))
        _delete_parts(transfer)
        Transfer.objects.filter(pk=transfer.pk).delete()


def clear_transfers(*, at: datetime) -> int:
    """Let go of up to 200 transfers that nobody goes on with; return their number."""
    over = list(queries.transfers_over(at=at).order_by("id")[:BATCH])
    for transfer in over:
        discard(transfer)
    return len(over)


def _permit(application: Application, *, by: Actor) -> None:
    office = application.organization_id
    if not filers.files_for(by, person_id=application.person_id, organization_id=office):
        raise StepRefused("role.not_held", step="attach")
    if application.state not in APPLICATION.of("attach").source:
        raise StepRefused("step.not_open", step="attach")


def _require_size(size: int, *, most: int) -> None:
    if size <= 0:
        raise UploadRefused("document.empty")
    if size > most:
        raise UploadRefused("document.too_large")


def _keep(transfer: Transfer, content: bytes, *, offset: int, at: datetime) -> None:
    """Store a part, then say so in one conditional UPDATE; whoever comes second finds it said."""
    if not content:
        return
    _require_no_crumb(transfer, content)
    kept = files.put(_front(transfer, offset) + content, media_type=OF_A_PART)
    mine = Transfer.objects.filter(pk=transfer.pk, received=offset)
    with transaction.atomic():
        first = mine.update(received=offset + len(content), expires_at=at + LASTS)
        if first:
            TransferPart.objects.create(transfer=transfer, start=offset, sha256=kept.sha256)
    found = Transfer.objects.filter(pk=transfer.pk).first()
    if found is None:
        files.delete(kept.sha256)
        raise TransferGone(transfer.ref)
    transfer.received, transfer.expires_at = found.received, found.expires_at
    if not first:
        if not transfer.parts.filter(sha256=kept.sha256).exists():
            files.delete(kept.sha256)
        raise OffsetMissed(transfer.received)


def _require_no_crumb(transfer: Transfer, content: bytes) -> None:
    """Take a small part while there are few of them. One query for a small one, none for any other.

    A transfer has at most `FREE_PARTS` parts more than it has thousands of bytes.
    """
    most = FREE_PARTS + transfer.received // LEAST_PART
    if len(content) < LEAST_PART and transfer.parts.count() >= most:
        discard(transfer)
        raise UploadRefused("document.too_many_parts")


def _complete(transfer: Transfer, last: bytes, *, by: Actor, at: datetime) -> None:
    """Make a document of all parts, once.

    The last bytes are counted when the document is there and not before: a server that dies in
    between leaves a transfer that lacks them, and they are sent again.
    """
    if _claimed_by_the_dead(transfer, at=at) and (done := _document_since(transfer)):
        _arrive(transfer, done)
        return
    content = _whole(transfer, last)
    if hashlib.sha256(content).hexdigest() != transfer.sha256:
        discard(transfer)
        raise TransferDamaged(transfer.ref)
    try:
        filing.attach(transfer.application, {transfer.code: (transfer.name, content)}, by=by, at=at)
    except UploadRefused as refusal:
        if (
            refusal.code == BUSY
        ):  # nothing is wrong with the file: it waits here for a quieter moment
            Transfer.objects.filter(pk=transfer.pk).update(claimed_at=None)
            raise TransferBusy(transfer.ref) from refusal
        discard(transfer)
        raise
    _arrive(transfer, _document_since(transfer))


def _claimed_by_the_dead(transfer: Transfer, *, at: datetime) -> bool:
    """Claim the completion; return whether somebody had before, and did not come back from it.

    :raises TransferBusy: somebody is at it
    :raises TransferGone: somebody let go of it at this moment
    """
    free = Q(claimed_at=None) | Q(claimed_at__lte=at - CLAIM_LASTS)
    mine = Transfer.objects.filter(pk=transfer.pk)
    if not mine.filter(free, arrived_as="").update(claimed_at=at):
        raise TransferBusy(transfer.ref) if mine.exists() else TransferGone(transfer.ref)
    before, transfer.claimed_at = transfer.claimed_at, transfer.claimed_at or at
    return before is not None


def _document_since(transfer: Transfer) -> str:
    """Return the digest of the document that came since the completion was first claimed, or nothing."""
    present = queries.document(transfer.application, transfer.code)
    assert transfer.claimed_at is not None
    return present.sha256 if present and present.attached_at >= transfer.claimed_at else ""


def _arrive(transfer: Transfer, sha256: str) -> None:
    """Note what it became. Where somebody let go of it meanwhile nothing is left to note: the document stays."""
    transfer.received, transfer.arrived_as = transfer.size, sha256
    Transfer.objects.filter(pk=transfer.pk).update(received=transfer.size, arrived_as=sha256)
    _delete_parts(transfer)


def _whole(transfer: Transfer, last: bytes) -> bytes:
    """Return all that came; what the store lost on the way is sent again from the beginning."""
    try:
        return b"".join([*_parts(transfer), last])
    except (FileNotFoundError, files.FileDamaged) as error:
        discard(transfer)
        raise TransferDamaged(transfer.ref) from error


def _parts(transfer: Transfer) -> list[bytes]:
    rows = transfer.parts.order_by("start").values_list("start", "sha256")
    return [files.read(sha256)[len(_front(transfer, start)) :] for start, sha256 in rows]


def _delete_parts(transfer: Transfer) -> None:
    """Delete the files first: if the rows stay behind, the next run does both again."""
    for sha256 in transfer.parts.values_list("sha256", flat=True):
        files.delete(sha256)
    transfer.parts.all().delete()


def _front(transfer: Transfer, offset: int) -> bytes:
    return f"kompeten part {transfer.ref} {offset}\n".encode()
