"""What proves that a certificate stands in the log, and since when?"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from kompeten.certificates import queries as certificates
from kompeten.foundation import ledger
from kompeten.kernel.tlog import merkle
from kompeten.kernel.tlog.proofs import LogProof
from kompeten.kernel.tlog.tiles import Nodes
from kompeten.register.adapters import bundle as bundles
from kompeten.register.models import Checkpoint, Cosignature, Leaf
from kompeten.register.queries import logkeys
from kompeten.register.queries.log.tree import head, note, tile
from kompeten.register.rules import log as rules
from kompeten.register.terms.log import ISSUED, LogForked, Opening, SaltErased

if TYPE_CHECKING:
    from kompeten.certificates.models import Certificate

CHUNK = 500


def leaves(certificate: "Certificate") -> list[Leaf]:
    """Return the entries about a certificate, the oldest first. One query."""
    return list(_of(certificate).select_related("event"))


def _of(certificate: "Certificate") -> "QuerySet[Leaf]":
    rows = Leaf.objects.filter(event__subject="certificate", event__subject_id=certificate.pk)
    return rows.order_by("index")


def _issued(certificate: "Certificate") -> "QuerySet[Leaf]":
    return _of(certificate).filter(event__type=ISSUED)


def places(certificates: "Iterable[Certificate]", *, below: int) -> dict[int, int]:
    """Return by certificate key where its issuance stands, among the first `below` entries. One query."""
    keys = [certificate.pk for certificate in certificates]
    rows = Leaf.objects.filter(
        event__type=ISSUED,
        event__subject="certificate",
        event__subject_id__in=keys,
        index__lt=below,
    )
    return dict(rows.order_by("index").values_list("event__subject_id", "index"))


def opening(leaf: Leaf) -> Opening:
    """Return what shows the meaning of an entry. One query.

    :raises SaltErased: its salt was deleted
    :raises LogForked: the ledger says now something else than what was logged
    """
    if leaf.salt is None or leaf.event is None:
        raise SaltErased(f"entry {leaf.index}")
    past = ledger.together({"certificate": [leaf.event.subject_id]})
    statement = rules.statements([leaf.event], history=past)[leaf.event.pk]
    salt = bytes(leaf.salt)
    if rules.entry(statement, salt=salt) != bytes(leaf.entry):
        raise LogForked(f"entry {leaf.index} commits to something else than the ledger says")
    return Opening(salt.hex(), statement)


def proof(leaf: Leaf) -> LogProof | None:
    """Return the proof that an entry stands in the log; None as long as no signed head covers it.

    It leads to the oldest head that enough witnesses have cosigned, since that proves the greatest
    age, or to the newest one as long as there is none. A few queries, whatever the size of the log.
    """
    found = _first_witnessed(leaf.index) or head()
    if found is None or found.size <= leaf.index:
        return None
    path = merkle.inclusion(leaf.index, found.size, Nodes(found.size, tile))
    return LogProof(leaf.index, tuple(path), note(found))


def witnessed_before(at: datetime) -> int:
    """Return how many entries stood in a head that enough witnesses had cosigned before the instant."""
    rows = Cosignature.objects.filter(cosigned_at__lt=at).order_by("-checkpoint_id")
    return next((size for size, keys in _by_head(rows) if _are_enough(keys)), 0)


def _first_witnessed(index: int) -> Checkpoint | None:
    rows = Cosignature.objects.filter(checkpoint__size__gt=index).order_by("checkpoint_id")
    size = next((size for size, keys in _by_head(rows) if _are_enough(keys)), None)
    return None if size is None else Checkpoint.objects.get(pk=size)


def _by_head(rows: "QuerySet[Cosignature]") -> Iterator[tuple[int, set[str]]]:
    """Give the keys that have cosigned each head, by its size, in the order of the rows."""
    pairs = rows.values_list("checkpoint_id", "witness__key").iterator(chunk_size=CHUNK)
    for size, group in groupby(pairs, key=lambda pair: pair[0]):
        yield size, {key for _, key in group}


def _are_enough(keys: set[str]) -> bool:
    stated = logkeys.policy()
    known = [party.key for party in stated.witnesses.values() if str(party.key) in keys]
    return bool(known) and stated.is_met_by(known)


def has_bundle(certificate: "Certificate") -> bool:
    """Say whether `bundle` has something to give. Two queries."""
    newest = head()
    below = newest.size if newest else 0
    return _issued(certificate).filter(index__lt=below, salt__isnull=False).exists()


def bundle(certificate: "Certificate") -> bytes | None:
    """Return sheet, credential, proof and opening of a certificate in one file.

    None where there is no proof yet, or none any more because the salt was erased.
    """
    leaf = _issued(certificate).filter(salt__isnull=False).select_related("event").last()
    found = proof(leaf) if leaf else None
    if leaf is None or found is None:
        return None
    parts = bundles.Bundle(
        certificates.pdf(certificate),
        certificates.credential(certificate),
        found.text,
        opening(leaf),
    )
    return bundles.pack(parts)
