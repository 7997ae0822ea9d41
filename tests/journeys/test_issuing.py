"""Does a certificate come out whole and once, whatever breaks while it is made?"""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, OperationalError, connection, transaction
from django.db.models import QuerySet

from kompeten.certificates import queries
from kompeten.certificates.models import Certificate
from kompeten.foundation import ledger
from kompeten.foundation.files import FileDamaged
from kompeten.foundation.models import Event
from kompeten.register import queries as register
from kompeten.schemes.terms import Component, Route
from tests.make import journey as make
from tests.make import races
from tests.make.certificates import ISSUING, WAY
from tests.make.disks import FullDisk, GoneDisk, RottenDisk, disk
from tests.make.journey import Traveler

pytestmark = pytest.mark.django_db

NUMBERS = ["000001/TKS-G/LSP KESOS/III/2026", "000002/TKS-G/LSP KESOS/III/2026"]


@pytest.fixture(scope="module")
def signed(django_db_setup: None, django_db_blocker: Any) -> Iterator[Traveler]:
    """Return the second of two candidates whose decree is signed; no certificate is begun."""
    with django_db_blocker.unblock(), transaction.atomic():
        make.keys_made()
        travelers = [Traveler(n=n, route=Route.DIRECT_CERTIFICATION) for n in (1, 2)]
        for traveler in travelers:
            make.applied(traveler)
            make.reviewed(traveler)
            make.read(traveler)
            make.rated(traveler, Component.INTERVIEW)
        make.signed(travelers[1])
        yield travelers[1]
        transaction.set_rollback(True)


@contextmanager
def breaking(event: str) -> Iterator[None]:
    """Let the database fail as it is about to write `event`, the last statement of a step."""

    def run(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if "INSERT INTO" in sql and "foundation_event" in sql and event in str(params):
            raise OperationalError("disk I/O error")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(run):
        yield


def numbers() -> list[str]:
    return list(Certificate.objects.order_by("number").values_list("number", flat=True))


def states() -> set[str]:
    return set(Certificate.objects.values_list("state", flat=True))


def issue(traveler: Traveler) -> int:
    """Let the follower work until nothing is left to do."""
    settled = 0
    while done := sum(ledger.drain(name, at=traveler.at) for name in ISSUING):
        settled += done
    return settled


def assert_all_is_well() -> None:
    """Two certificates, two numbers without a gap, every step taken once by each, all believed."""
    assert numbers() == NUMBERS
    assert states() == {"published"}
    for certificate in Certificate.objects.all():
        events = ledger.history("certificate", certificate.pk)
        assert [event.type for event in events] == list(WAY)
        assert register.verify(queries.pdf(certificate), at=events[-1].at).ok


def test_without_a_fault_the_numbers_run_without_a_gap(signed: Traveler) -> None:
    issue(signed)

    assert_all_is_well()


@pytest.mark.parametrize("event", WAY)
def test_what_broke_within_a_step_goes_on_with_the_same_number(
    signed: Traveler, event: str
) -> None:
    with breaking(event), pytest.raises(OperationalError):
        issue(signed)
    before = numbers()

    issue(signed)

    assert before in ([], NUMBERS)
    assert_all_is_well()


def test_what_broke_again_and_again_still_takes_no_second_number(signed: Traveler) -> None:
    for event in (*WAY, *WAY):
        with breaking(event), pytest.raises(OperationalError) if _waits(event) else _calm():
            issue(signed)

    assert_all_is_well()


def _waits(event: str) -> bool:
    """Say whether the step that leaves `event` is still to be taken."""
    return not Event.objects.filter(type=event).exists()


@contextmanager
def _calm() -> Iterator[None]:
    yield


@pytest.mark.parametrize("room", [0, 1, 2, 3])
def test_a_full_disk_stops_the_signing_and_room_lets_it_go_on(signed: Traveler, room: int) -> None:
    with disk(FullDisk, room=room), pytest.raises(OSError, match="No space left"):
        issue(signed)
    # Portraits are kept when the content is recorded, if the store lacks them; sheets when signed.
    assert states() in ({"reserved"}, {"intended"})
    assert numbers() == NUMBERS

    issue(signed)

    assert_all_is_well()


@pytest.mark.parametrize(
    ("kind", "fault"), [(RottenDisk, FileDamaged), (GoneDisk, FileNotFoundError)]
)
def test_what_the_store_does_not_give_back_whole_is_never_published(
    signed: Traveler, kind: type, fault: type[Exception]
) -> None:
    with disk(kind), pytest.raises(fault):
        issue(signed)

    assert states() == {"signed"}
    assert register.total() == 0

    issue(signed)
    assert_all_is_well()


def test_what_is_intended_stays_as_it_is_until_it_is_signed(signed: Traveler) -> None:
    with breaking("certificate.signed"), pytest.raises(OperationalError):
        issue(signed)

    assert changeable() == []
    issue(signed)
    assert_all_is_well()


def test_what_is_published_stays_as_it_is(signed: Traveler) -> None:
    issue(signed)

    assert changeable() == []
    with pytest.raises(DatabaseError, match="kept as they are"), transaction.atomic():
        Certificate.objects.all().delete()


def changeable() -> list[str]:
    """Return which facts of a certificate a hand in the database could change."""
    certificate = Certificate.objects.order_by("pk")[0]
    forged = {
        "ref": "AAAAAAAAAA",
        "number": "000009/TKS-G/LSP KESOS/III/2026",
        "content": dict(certificate.content or {}) | {"holder": "Orang Lain"},
        "digest": f"sha256:{'0' * 64}",
        "valid_until": certificate.valid_from.replace(year=2099),
    }
    if certificate.state == "published":
        forged |= {"pdf_sha256": "0" * 64, "credential_sha256": "0" * 64, "qr": "https://x.example"}
    rows = Certificate.objects.filter(pk=certificate.pk)
    return [column for column, value in forged.items() if not _kept(rows, column, value)]


def _kept(rows: QuerySet[Certificate], column: str, value: object) -> bool:
    try:
        with transaction.atomic():
            rows.update(**{column: value})
    except DatabaseError as error:
        return "kept as they are" in str(error)
    return False


SCRIPT = Path(__file__).with_name("killed.py")


def test_a_process_killed_at_every_step_leaves_no_gap_and_no_double(
    tmp_path: Path, bare: races.Bare
) -> None:
    told = races.told(SCRIPT, folder=tmp_path, bare=bare)

    assert told["killed_at"] == list(WAY)
    assert told["numbers"] == NUMBERS
    assert Counter(told["events"]) == dict.fromkeys(WAY, 2)
    assert told["states"] == ["published", "published"]
    assert json.dumps(told["believed"]) == "[true, true]"
