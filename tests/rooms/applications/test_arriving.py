"""Does a document arrive in parts, once, however often and in whatever order they come?"""

import hashlib
import random
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.storage import storages
from django.db import connection

from kompeten.applications import actions, queries, tasks
from kompeten.applications.adapters.papers import apart
from kompeten.applications.models import Application, Document, Transfer, TransferPart
from kompeten.applications.terms import transfer as terms
from kompeten.applications.terms.application import UploadRefused
from kompeten.foundation import files, ledger
from kompeten.kernel.actors import Actor
from kompeten.kernel.roles import Role
from tests.make import applications as make
from tests.make.people import account
from tests.make.times import MONDAY, TUESDAY

pytestmark = pytest.mark.django_db

CODE = "diploma"
LATER = MONDAY + timedelta(hours=3)


@pytest.fixture(autouse=True)
def _own_store(settings: Any) -> None:
    """Begin with an empty store: tests look at what is left in it."""
    in_memory = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
    settings.STORAGES = settings.STORAGES | {"files": in_memory}


def drafted() -> tuple[Application, Actor]:
    ani = account(1, Role.APPLICANT)
    return make.draft(by=ani), ani


def announce(
    draft: Application, by: Actor, content: bytes = make.PDF, *, code: str = CODE, at=MONDAY
) -> Transfer:
    return actions.announce(
        draft,
        code,
        name="ijazah.pdf",
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        by=by,
        at=at,
        rng=random.Random(f"{draft.ref}{hashlib.sha256(content).hexdigest()}{at}"),
    )


def send(transfer: Transfer, by: Actor, content: bytes = make.PDF, *, step=50, at=MONDAY) -> None:
    """Send what lacks, `step` bytes at a time."""
    while transfer.received < len(content):
        start = transfer.received
        actions.receive(transfer, content[start : start + step], offset=start, by=by, at=at)


def again(transfer: Transfer) -> Transfer:
    """Return the transfer as another request reads it."""
    return Transfer.objects.select_related("application").get(pk=transfer.pk)


def stored() -> set[str]:
    """Return the names of all files in the store."""
    found: set[str] = set()
    store = storages["files"]
    folders = [""]
    while folders:
        here = folders.pop()
        if not here and not store.exists(""):
            break
        inner, files = store.listdir(here)
        found |= set(files)
        folders += [f"{here}/{name}".lstrip("/") for name in inner]
    return found


def test_parts_make_the_document_and_leave_nothing_behind() -> None:
    draft, ani = drafted()
    before = stored()
    transfer = announce(draft, ani)

    send(transfer, ani, at=LATER)

    held = queries.document(draft, CODE)
    assert held is not None
    assert (held.label, held.attached_at) == ("ijazah.pdf", LATER)
    assert again(transfer).arrived_as == held.sha256
    assert not TransferPart.objects.exists()
    assert stored() - before == {held.sha256}


def test_the_same_file_is_one_transfer_and_goes_on_where_it_stopped() -> None:
    draft, ani = drafted()
    first = announce(draft, ani)
    actions.receive(first, make.PDF[:70], offset=0, by=ani, at=MONDAY)

    second = announce(draft, ani, at=MONDAY + terms.LASTS - timedelta(seconds=1))

    assert (second.pk, second.received) == (first.pk, 70)


def test_a_file_in_crumbs_is_refused_and_nothing_of_it_stays() -> None:
    draft, ani = drafted()
    before, transfer = stored(), announce(draft, ani, b"%PDF" + 9_996 * b"x")
    for offset in range(terms.FREE_PARTS):
        actions.receive(transfer, b"x", offset=offset, by=ani, at=MONDAY)

    with pytest.raises(UploadRefused) as refusal:
        actions.receive(transfer, b"x", offset=transfer.received, by=ani, at=MONDAY)

    assert refusal.value.code == "document.too_many_parts"
    assert not Transfer.objects.exists()
    assert stored() == before


def test_small_parts_after_large_ones_are_taken_and_large_ones_always() -> None:
    draft, ani = drafted()
    transfer = announce(draft, ani, b"%PDF" + 99_996 * b"x")
    for offset in range(terms.FREE_PARTS):
        actions.receive(transfer, b"x", offset=offset, by=ani, at=MONDAY)

    large = terms.LEAST_PART * b"x"
    actions.receive(transfer, large, offset=transfer.received, by=ani, at=MONDAY)
    actions.receive(transfer, 2 * large, offset=transfer.received, by=ani, at=MONDAY)
    actions.receive(transfer, b"x", offset=transfer.received, by=ani, at=MONDAY)

    assert transfer.parts.count() == terms.FREE_PARTS + 3


def test_a_part_out_of_place_is_refused_with_the_place() -> None:
    draft, ani = drafted()
    transfer = announce(draft, ani)
    actions.receive(transfer, make.PDF[:70], offset=0, by=ani, at=MONDAY)

    for offset in (0, 69, 71):
        with pytest.raises(terms.OffsetMissed) as missed:
            actions.receive(transfer, b"x", offset=offset, by=ani, at=MONDAY)
        assert missed.value.received == 70


@pytest.mark.parametrize("other", [make.PDF[:70], make.PDF[:40]], ids=["same", "shorter"])
def test_of_two_at_the_same_moment_one_is_kept(other: bytes) -> None:
    draft, ani = drafted()
    one = announce(draft, ani)
    two = again(one)
    actions.receive(one, make.PDF[:70], offset=0, by=ani, at=MONDAY)
    before = stored()

    with pytest.raises(terms.OffsetMissed) as missed:
        actions.receive(two, other, offset=0, by=ani, at=MONDAY)

    assert missed.value.received == 70
    assert stored() == before
    send(again(one), ani)
    assert queries.document(draft, CODE) is not None


def test_completing_twice_attaches_once() -> None:
    draft, ani = drafted()
    one = announce(draft, ani)
    actions.receive(one, make.PDF[:70], offset=0, by=ani, at=MONDAY)
    two = again(one)
    send(one, ani)

    with pytest.raises(terms.TransferBusy):
        actions.receive(two, make.PDF[70:], offset=70, by=ani, at=MONDAY)

    assert draft.documents.count() == 1
    assert again(one).received == len(make.PDF)


def died_completing(draft: Application, ani: Actor, *, attached: bool) -> Transfer:
    """Return a transfer whose server died between claiming it and saying that it has arrived."""
    transfer = announce(draft, ani)
    actions.receive(transfer, make.PDF[:70], offset=0, by=ani, at=MONDAY)
    Transfer.objects.filter(pk=transfer.pk).update(claimed_at=MONDAY)
    if attached:
        actions.attach(draft, {CODE: ("ijazah.pdf", make.PDF)}, by=ani, at=MONDAY)
    return again(transfer)


@pytest.mark.parametrize("attached", [True, False], ids=["after-attaching", "before"])
def test_a_server_that_died_while_completing_is_waited_for_and_then_replaced(
    attached: bool,
) -> None:
    draft, ani = drafted()
    transfer = died_completing(draft, ani, attached=attached)

    with pytest.raises(terms.TransferBusy):
        actions.receive(transfer, make.PDF[70:], offset=70, by=ani, at=MONDAY)
    later = MONDAY + terms.CLAIM_LASTS
    actions.receive(again(transfer), make.PDF[70:], offset=70, by=ani, at=later)

    assert draft.documents.count() == 1
    events = [e.type for e in ledger.history("application", draft.pk)]
    assert events.count("application.attached") == 1


@pytest.mark.parametrize("come", [0, 70], ids=["first", "last"])
def test_a_part_of_what_somebody_lets_go_of_at_this_moment_stays_nowhere(come: int) -> None:
    draft, ani = drafted()
    before = stored()
    one = announce(draft, ani)
    actions.receive(one, make.PDF[:come], offset=0, by=ani, at=MONDAY)
    actions.discard(again(one))

    sent = make.PDF[come:] if come else make.PDF[:70]
    with pytest.raises(terms.TransferGone):
        actions.receive(one, sent, offset=come, by=ani, at=MONDAY)

    assert stored() == before
    assert not Transfer.objects.exists()


def test_a_document_stays_where_its_transfer_is_let_go_of_while_it_arrives() -> None:
    draft, ani = drafted()
    before = stored()
    one = announce(draft, ani)
    actions.receive(one, make.PDF[:70], offset=0, by=ani, at=MONDAY)
    other = again(one)

    def let_go(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith(f'INSERT INTO "{Document._meta.db_table}"'):
            actions.discard(other)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(let_go):
        actions.receive(one, make.PDF[70:], offset=70, by=ani, at=MONDAY)

    held = queries.document(draft, CODE)
    assert held is not None
    assert stored() - before == {held.sha256}
    assert not Transfer.objects.exists()


def test_a_name_with_control_signs_is_kept_without_them() -> None:
    draft, ani = drafted()
    facts = {"size": len(make.PDF), "sha256": hashlib.sha256(make.PDF).hexdigest()}

    transfer = actions.announce(
        draft, CODE, name="ija\0zah\x1b\u202e.pdf", by=ani, at=MONDAY, rng=random.Random(1), **facts
    )

    assert again(transfer).name == "ijazah.pdf"


def test_what_arrived_need_not_be_sent_again_until_it_is_replaced() -> None:
    draft, ani = drafted()
    first = announce(draft, ani)
    send(first, ani)
    assert announce(draft, ani, at=LATER).received == len(make.PDF)

    newer = make.PDF.replace(b"595 842", b"420 595")
    actions.attach(draft, {CODE: ("baru.pdf", newer)}, by=ani, at=LATER)

    anew = announce(draft, ani, at=TUESDAY)
    assert (anew.received, anew.ref != first.ref) == (0, True)


def test_what_is_no_document_is_refused_at_the_end_and_gone() -> None:
    draft, ani = drafted()
    before = stored()
    html = b"<!doctype html>" * 9
    transfer = announce(draft, ani, html)

    with pytest.raises(UploadRefused) as refusal:
        send(transfer, ani, html)

    assert refusal.value.code == "document.wrong_type"
    assert not Transfer.objects.exists()
    assert stored() == before


def test_parts_that_do_not_make_what_was_announced_are_gone() -> None:
    draft, ani = drafted()
    transfer = announce(draft, ani)

    with pytest.raises(terms.TransferDamaged):
        send(transfer, ani, make.PDF[:-1] + b" ")

    assert not Transfer.objects.exists()
    assert queries.document(draft, CODE) is None


@pytest.mark.parametrize(
    ("size", "code"),
    [(0, "document.empty"), (50_000_000, "document.too_large")],
)
def test_a_size_is_refused_before_a_byte_has_come(size: int, code: str) -> None:
    draft, ani = drafted()

    with pytest.raises(UploadRefused) as refusal:
        actions.announce(
            draft,
            CODE,
            name="x",
            size=size,
            sha256="0" * 64,
            by=ani,
            at=MONDAY,
            rng=random.Random(1),
        )

    assert refusal.value.code == code


def test_more_than_was_announced_is_refused() -> None:
    draft, ani = drafted()
    transfer = announce(draft, ani)

    with pytest.raises(UploadRefused):
        actions.receive(transfer, make.PDF + b"x", offset=0, by=ani, at=MONDAY)

    assert again(transfer).received == 0


def test_nobody_fills_the_store_with_what_never_arrives(monkeypatch: pytest.MonkeyPatch) -> None:
    draft, ani = drafted()
    announce(draft, ani)
    monkeypatch.setattr("kompeten.applications.actions.arriving.MOST_ON_THE_WAY", 2 * len(make.PDF))

    with pytest.raises(UploadRefused) as refusal:
        announce(draft, ani, make.PDF + b" ")

    assert refusal.value.code == "document.too_many_on_the_way"


def test_only_those_who_file_may_send() -> None:
    draft, ani = drafted()
    budi = account(2, Role.APPLICANT)
    transfer = announce(draft, ani)

    with pytest.raises(ledger.StepRefused):
        announce(draft, budi, make.PDF + b" ")
    with pytest.raises(ledger.StepRefused):
        actions.receive(transfer, b"x", offset=0, by=budi, at=MONDAY)


def test_after_handing_in_nothing_more_is_begun() -> None:
    application, ani = make.submitted()

    with pytest.raises(ledger.StepRefused) as refusal:
        announce(application, ani, make.PDF + b" ")

    assert refusal.value.reasons == ("step.not_open",)


def test_what_nobody_goes_on_with_is_cleared_days_later() -> None:
    draft, ani = drafted()
    before = stored()
    transfer = announce(draft, ani)
    actions.receive(transfer, make.PDF[:70], offset=0, by=ani, at=LATER)

    assert tasks.clear_transfers(at=LATER + terms.LASTS - timedelta(seconds=1)) == 0
    assert tasks.clear_transfers(at=LATER + terms.LASTS) == 1
    assert stored() == before


def test_what_is_on_its_way_to_a_withdrawn_application_is_cleared_at_once() -> None:
    draft, ani = drafted()
    announce(draft, ani)
    actions.withdraw(draft, by=ani, at=LATER)

    assert tasks.clear_transfers(at=LATER) == 1


def test_a_server_that_is_too_busy_to_open_a_file_keeps_it(monkeypatch: pytest.MonkeyPatch) -> None:
    draft, ani = drafted()
    page = make.PDF.replace(b"595 842", b"421 596")  # not seen before, so that it has to be opened
    transfer = announce(draft, ani, page)
    actions.receive(transfer, page[:70], offset=0, by=ani, at=MONDAY)
    monkeypatch.setattr(apart, "QUEUE", 0.01)

    with apart._helper.lock, pytest.raises(terms.TransferBusy):
        actions.receive(again(transfer), page[70:], offset=70, by=ani, at=MONDAY)
    actions.receive(again(transfer), page[70:], offset=70, by=ani, at=MONDAY)

    assert draft.documents.count() == 1


def test_what_the_store_has_lost_is_sent_again_from_the_beginning() -> None:
    draft, ani = drafted()
    transfer = announce(draft, ani)
    actions.receive(transfer, make.PDF[:70], offset=0, by=ani, at=MONDAY)
    files.delete(transfer.parts.get().sha256)

    with pytest.raises(terms.TransferDamaged):
        actions.receive(again(transfer), make.PDF[70:], offset=70, by=ani, at=MONDAY)

    assert announce(draft, ani, at=TUESDAY).received == 0
