"""Does the holder's file prove their certificate, and does erasing the salt end that and nothing else?"""

import random
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from kompeten.certificates import actions as certifying
from kompeten.certificates import queries as certificates
from kompeten.certificates.models import Certificate
from kompeten.certificates.terms import SuspensionCause
from kompeten.foundation import ledger
from kompeten.foundation.ledger import StepRefused
from kompeten.foundation.models import Cursor
from kompeten.kernel import digest
from kompeten.kernel.roles import Role
from kompeten.register import tasks
from kompeten.register.actions import erasing
from kompeten.register.adapters import bundle, folder
from kompeten.register.adapters.proof import verify_proof
from kompeten.register.models import Erasure, Leaf
from kompeten.register.queries import log as queries
from kompeten.register.queries import logkeys
from kompeten.register.rules import log as rules
from kompeten.register.terms.log import BundleUnreadable, SaltErased
from tests.make import decisions
from tests.make.actors import actor
from tests.make.register import events
from tests.make.times import TUESDAY

pytestmark = pytest.mark.django_db
DIRECTOR = actor(Role.DIRECTOR, account_id=150)
REGISTRAR = actor(Role.REGISTRAR, account_id=151)


@pytest.fixture(scope="module")
def issued(django_db_setup: None, django_db_blocker: Any) -> Iterator[Certificate]:
    """Return a published certificate."""
    with django_db_blocker.unblock(), transaction.atomic():
        decision = decisions.certified()
        yield certificates.of_applications([decision.application_id])[decision.application_id]
        transaction.set_rollback(True)


def packed(certificate: Certificate) -> bytes:
    content = queries.bundle(certificate)
    assert content is not None
    return content


def codes(content: bytes) -> tuple[str, ...]:
    """Return what is wrong with a file: by its proof, and by what its opening says of the other parts."""
    parts = bundle.unpack(content)
    log, _ = verify_proof(parts.proof, rules.entry_of(parts.opening), policy=logkeys.policy())
    stated = parts.opening.statement
    return (
        *((log.code,) if not log.holds else ()),
        *(("sheet",) if digest.of_bytes(parts.sheet) != stated.pdf else ()),
        *(("credential",) if digest.of_bytes(parts.credential) != stated.credential else ()),
    )


def test_one_file_proves_the_whole_certificate(issued: Certificate) -> None:
    content = packed(issued)
    parts = bundle.unpack(content)

    assert codes(content) == ()
    assert parts.opening.statement.type == "certificate.checked"
    assert parts.opening.statement.number == issued.number
    assert parts.opening.statement.content == issued.digest
    assert packed(issued) == content
    assert queries.has_bundle(issued)


@pytest.mark.parametrize(
    "name", ["sertifikat.pdf", "kredensial.json", "log.tlog-proof", "pembuka.json"]
)
def test_a_changed_byte_in_any_part_is_refused(issued: Certificate, name: str) -> None:
    chance = random.Random(6)
    with zipfile.ZipFile(BytesIO(packed(issued))) as file:
        parts = {member: file.read(member) for member in file.namelist()}

    for _ in range(150):
        at, bit = chance.randrange(len(parts[name])), 1 << chance.randrange(8)
        whole = parts[name]
        changed = parts | {name: whole[:at] + bytes([whole[at] ^ bit]) + whole[at + 1 :]}
        assert refused(zipped(changed)), (name, at, bit)


def test_a_part_of_another_certificate_does_not_fit(issued: Certificate) -> None:
    parts = bundle.unpack(packed(issued))
    leaf = queries.leaves(issued)[0]
    events(1, start=900_000)
    tasks.log(at=TUESDAY)
    other = Leaf.objects.select_related("event").order_by("index").last()
    assert other is not None
    assert other.pk != leaf.pk
    proof = queries.proof(other)
    assert proof is not None

    swapped = parts._replace(proof=proof.text)
    renamed = parts._replace(opening=queries.opening(other))

    assert codes(bundle.pack(swapped)) == ("log.not_included",)
    assert codes(bundle.pack(renamed)) == ("log.not_included", "sheet", "credential")


@pytest.mark.parametrize(
    "content",
    [b"", b"PK\x03\x04", b"%PDF-1.7", b"PK\x05\x06" + bytes(18)],
)
def test_what_is_no_bundle_is_said_to_be_none(content: bytes) -> None:
    with pytest.raises(BundleUnreadable):
        bundle.unpack(content)


def test_a_part_that_would_fill_the_memory_is_not_unpacked(issued: Certificate) -> None:
    with zipfile.ZipFile(BytesIO(packed(issued))) as file:
        parts = {member: file.read(member) for member in file.namelist()}
    bomb = zipped(parts | {"sertifikat.pdf": bytes(bundle.MAX_PART_BYTES + 1)})

    with pytest.raises(BundleUnreadable, match="too large"):
        bundle.unpack(bomb)


# -- Erasure ------------------------------------------------------------------------------------


def test_erasing_the_salt_ends_the_proof_of_one_and_of_no_other(issued: Certificate) -> None:
    events(5, start=900_000)
    tasks.log(at=TUESDAY)
    mine = queries.leaves(issued)[0]
    others = list(Leaf.objects.exclude(pk=mine.pk).select_related("event"))
    kept = bundle.unpack(packed(issued))
    published = {name: queries.read(name) for name in queries.names()}

    wish = erasing.propose(issued, ground="Permohonan 7/2026", by=REGISTRAR, at=TUESDAY)
    untouched = queries.has_bundle(issued)
    erased = erasing.order(wish, by=DIRECTOR, at=TUESDAY)

    assert untouched
    assert erased == (mine.index,)
    assert queries.bundle(issued) is None
    assert not queries.has_bundle(issued)
    with pytest.raises(SaltErased):
        queries.opening(queries.leaves(issued)[0])
    # The tree, its files and every other proof are what they were.
    assert {name: queries.read(name) for name in queries.names()} == published
    assert folder.examine(queries.read, policy=logkeys.policy()).faults == ()
    for leaf in others:
        proof = queries.proof(leaf)
        assert proof is not None
        entry = rules.entry_of(queries.opening(leaf))
        assert verify_proof(proof.text, entry, policy=logkeys.policy())[0].code == "log.holds"
    # Whoever kept the file can still show it: what was given away is not ours to take back.
    opened = rules.entry_of(kept.opening)
    assert verify_proof(kept.proof, opened, policy=logkeys.policy())[0].code == "log.holds"


def test_what_happened_before_an_erasure_and_is_logged_after_it_opens_to_nobody(
    issued: Certificate,
) -> None:
    wish = erasing.propose(issued, ground="Permohonan 7/2026", by=REGISTRAR, at=TUESDAY)
    certifying.suspend(
        issued,
        cause=SuspensionCause.INQUIRY,
        note="Laporan 3/2026",
        ends_at=TUESDAY + timedelta(days=30),
        by=DIRECTOR,
        at=TUESDAY,
    )
    assert len(queries.leaves(issued)) == 1

    erasing.order(wish, by=DIRECTOR, at=TUESDAY)
    certifying.lift(issued, by=DIRECTOR, at=TUESDAY)
    tasks.log(at=TUESDAY)

    said = [(leaf.event.type, leaf.salt is None) for leaf in queries.leaves(issued) if leaf.event]
    assert said == [
        ("certificate.checked", True),
        ("certificate.suspended", True),
        ("certificate.lifted", False),
    ]
    assert queries.opening(queries.leaves(issued)[-1]).statement.number == issued.number
    assert folder.examine(queries.read, policy=logkeys.policy()).faults == ()


def test_the_log_waits_while_salts_are_erased(issued: Certificate) -> None:
    wish = erasing.propose(issued, ground="Permohonan 7/2026", by=REGISTRAR, at=TUESDAY)

    with CaptureQueriesContext(connection) as asked:
        erasing.order(wish, by=DIRECTOR, at=TUESDAY)

    tables = [
        table
        for query in asked.captured_queries
        for table in (Cursor._meta.db_table, Leaf._meta.db_table)
        if f'FROM "{table}"' in query["sql"]
    ]
    assert tables[0] == Cursor._meta.db_table
    assert Leaf._meta.db_table in tables


def test_an_erasure_is_on_record_with_its_ground_and_both_who_saw_to_it(
    issued: Certificate,
) -> None:
    wish = erasing.propose(issued, ground=" Permohonan 7/2026 ", by=REGISTRAR, at=TUESDAY)
    erasing.order(wish, by=DIRECTOR, at=TUESDAY)

    proposed, ordered = ledger.history("erasure", wish.pk)

    assert (proposed.type, proposed.facts) == (
        "erasure.proposed",
        {"certificate": issued.number, "ground": "Permohonan 7/2026"},
    )
    assert (ordered.type, ordered.facts) == (
        "erasure.ordered",
        {
            "certificate": issued.number,
            "leaves": [0],
            "proposed_by": REGISTRAR.account_id,
            "ordered_by": DIRECTOR.account_id,
        },
    )


def test_nobody_carries_out_their_own_erasure_and_a_registrar_none(issued: Certificate) -> None:
    wish = erasing.propose(issued, ground="Permohonan", by=DIRECTOR, at=TUESDAY)

    with pytest.raises(StepRefused, match=r"erasure\.same_person"):
        erasing.order(wish, by=DIRECTOR, at=TUESDAY)
    with pytest.raises(StepRefused, match=r"role\.not_held"):
        erasing.order(wish, by=REGISTRAR, at=TUESDAY)
    assert queries.has_bundle(issued)


def test_what_was_proposed_or_erased_already_is_not_proposed_again(issued: Certificate) -> None:
    wish = erasing.propose(issued, ground="Permohonan", by=REGISTRAR, at=TUESDAY)
    with pytest.raises(StepRefused, match=r"erasure\.under_way"):
        erasing.propose(issued, ground="Permohonan", by=REGISTRAR, at=TUESDAY)
    erasing.drop(wish, by=REGISTRAR, at=TUESDAY)
    again = erasing.propose(issued, ground="Permohonan", by=REGISTRAR, at=TUESDAY)
    erasing.order(again, by=DIRECTOR, at=TUESDAY)

    with pytest.raises(StepRefused, match=r"erasure\.nothing"):
        erasing.propose(issued, ground="Permohonan", by=REGISTRAR, at=TUESDAY)


def test_a_judged_erasure_stays_as_it_is(issued: Certificate) -> None:
    wish = erasing.propose(issued, ground="Permohonan", by=REGISTRAR, at=TUESDAY)
    erasing.order(wish, by=DIRECTOR, at=TUESDAY)

    with pytest.raises(IntegrityError), transaction.atomic():
        Erasure.objects.update(ground="Lain")
    with pytest.raises(IntegrityError), transaction.atomic():
        Erasure.objects.update(state="proposed")


def zipped(parts: dict[str, bytes]) -> bytes:
    """Return parts as a file."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return packed.getvalue()


def refused(content: bytes) -> bool:
    """Say whether a file is not read, or does not hold."""
    try:
        return codes(content) != ()
    except (BundleUnreadable, ValueError):
        return True
