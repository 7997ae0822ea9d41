"""Is every numbered sheet in the books once, on one certificate at most, and never used again?"""

import random

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from kompeten.certificates import actions, queries
from kompeten.certificates.actions.blanks import hold
from kompeten.certificates.chart import BLANK
from kompeten.certificates.models import Blank, BlankDelivery, Certificate
from kompeten.certificates.rules import steps as rules
from kompeten.certificates.terms import Range
from kompeten.foundation import ledger
from kompeten.foundation.ledger import StaleRecord, StepRefused
from kompeten.kernel.actors import Actor
from kompeten.kernel.roles import Role
from tests.make.blanks import AT, received
from tests.make.decisions import certified
from tests.make.people import account

pytestmark = pytest.mark.django_db


def keeper() -> Actor:
    """Return the registrar, who keeps the stock."""
    return account(4060, Role.REGISTRAR, at=AT)


def refused(exception: pytest.ExceptionInfo[StepRefused]) -> tuple[str, ...]:
    """Return why a step was refused."""
    return exception.value.reasons


def issued() -> Certificate:
    """Return a published certificate."""
    return several(1)[0]


def several(count: int) -> list[Certificate]:
    """Return published certificates under one decree."""
    certified(beside=dict.fromkeys(range(2, count + 1), 4))
    return list(Certificate.objects.order_by("id"))


def test_a_delivery_comes_into_stock_sheet_by_sheet() -> None:
    by = keeper()

    delivery = received(98, 102, by=by)

    sheets = list(queries.in_stock())
    assert [s.serial for s in sheets] == [
        "LSP-000098", "LSP-000099", "LSP-000100", "LSP-000101", "LSP-000102",
    ]  # fmt: skip
    events = ledger.history("blank", sheets[0].pk)
    assert [e.type for e in events] == ["blank.received"]
    assert events[0].facts == {"serial": "LSP-000098", "delivery": delivery.ref}
    assert delivery.received_by_id == by.account_id


def test_no_number_comes_into_the_books_twice() -> None:
    received(1, 5)

    with pytest.raises(StepRefused) as refusal:
        received(5, 9)

    assert refused(refusal) == ("blank.known:LSP-000005",)
    assert Blank.objects.count() == 5


@pytest.mark.parametrize(
    ("came", "reason"),
    [
        (Range("", 9, 1, 4), "blank.range_order"),
        (Range("", 1, 30_000, 6), "blank.range_long:20000"),
        (Range("", 9_990, 10_000, 4), "blank.range_digits"),
    ],
)
def test_a_range_that_cannot_be_is_refused(came: Range, reason: str) -> None:
    with pytest.raises(StepRefused) as refusal:
        actions.receive_blanks(came, note="", by=keeper(), at=AT, rng=random.Random(1))

    assert refused(refusal) == (reason,)
    assert not BlankDelivery.objects.exists()


def test_certificates_get_the_next_sheets_in_their_order() -> None:
    received()
    first, second = several(2)

    sheets = actions.issue_blanks([first, second], by=keeper(), at=AT)

    assert [(s.serial, s.certificate) for s in sheets] == [
        ("LSP-000001", first),
        ("LSP-000002", second),
    ]
    event = ledger.history("blank", sheets[1].pk)[-1]
    assert event.facts == {"serial": "LSP-000002", "certificate": second.number}
    assert list(queries.to_print()) == []
    assert queries.in_stock()[0].serial == "LSP-000003"


def test_the_sheet_on_top_of_the_printer_may_be_another_one() -> None:
    received()

    (sheet,) = actions.issue_blanks([issued()], by=keeper(), at=AT, start="LSP-000004")

    assert sheet.serial == "LSP-000004"


@pytest.mark.parametrize("start", ["LSP-000006", "LSP-999999"])
def test_without_enough_sheets_nothing_is_issued(start: str) -> None:
    received()
    certificate = issued()

    with pytest.raises(StepRefused) as refusal:
        actions.issue_blanks([certificate], by=keeper(), at=AT, start=start)

    assert refused(refusal) == ("blank.stock_short:0",)
    assert list(queries.to_print()) == [certificate]


def test_a_certificate_has_one_live_sheet_and_takes_another_when_that_is_spoiled() -> None:
    received()
    certificate, by = issued(), keeper()
    (spoiled,) = actions.issue_blanks([certificate], by=by, at=AT)

    with pytest.raises(StepRefused) as refusal:
        actions.issue_blanks([certificate], by=by, at=AT)
    assert refused(refusal) == (f"blank.certificate_has_one:{certificate.number}",)

    actions.void_blank(spoiled, reason="Tinta luntur", by=by, at=AT)
    (after,) = actions.issue_blanks([certificate], by=by, at=AT)
    assert after.serial == "LSP-000002"
    assert [b.serial for b in queries.blanks_of(certificate)] == ["LSP-000001", "LSP-000002"]
    facts = ledger.history("blank", spoiled.pk)[-1].facts
    assert facts == {
        "serial": "LSP-000001",
        "reason": "Tinta luntur",
        "certificate": certificate.number,
    }


def test_the_database_itself_refuses_two_live_sheets_and_a_second_use() -> None:
    received()
    certificate, by = issued(), keeper()
    (sheet,) = actions.issue_blanks([certificate], by=by, at=AT)
    other = queries.in_stock()[0]

    with pytest.raises(IntegrityError), transaction.atomic():
        Blank.objects.filter(pk=other.pk).update(
            state="issued", certificate=certificate, issued_at=AT
        )
    for change in ({"state": "stock"}, {"certificate": None}, {"serial": "LSP-9"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Blank.objects.filter(pk=sheet.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        Blank.objects.filter(pk=sheet.pk).delete()


def test_a_void_sheet_stays_void_and_says_why() -> None:
    received()
    sheet, by = queries.in_stock()[0], keeper()
    with pytest.raises(StepRefused) as refusal:
        actions.void_blank(sheet, reason="  ", by=by, at=AT)
    assert refused(refusal) == ("blank.no_reason",)

    actions.void_blank(sheet, reason="Sobek", by=by, at=AT)

    with pytest.raises(StepRefused):
        actions.void_blank(sheet, reason="Sobek lagi", by=by, at=AT)
    with pytest.raises(DatabaseError), transaction.atomic():
        Blank.objects.filter(pk=sheet.pk).update(reason="lain")
    assert ledger.replay(BLANK, ledger.history("blank", sheet.pk)) == "void"
    assert sheet.serial not in {s.serial for s in queries.in_stock()}


def test_two_hands_do_not_print_on_the_same_sheet() -> None:
    received()
    first, second = several(2)
    by = keeper()
    sheets = list(queries.in_stock()[:1])
    actions.issue_blanks([first], by=by, at=AT)

    with pytest.raises(StaleRecord):
        hold(sheets)
    assert list(queries.to_print()) == [second]


def test_only_the_registrar_keeps_the_stock() -> None:
    director = account(4061, Role.DIRECTOR, at=AT)

    with pytest.raises(StepRefused) as refusal:
        received(by=director)

    assert refused(refusal) == ("role.not_held",)
    assert not BlankDelivery.objects.exists()


def test_nothing_is_printed_that_is_not_in_force() -> None:
    received()
    certificate = issued()
    certificate.state = "withdrawn"

    with pytest.raises(StepRefused) as refusal:
        actions.issue_blanks([certificate], by=keeper(), at=AT)

    assert refused(refusal) == (f"blank.certificate_not_out:{certificate.number}",)


def test_the_report_accounts_for_every_number_and_names_those_that_never_came() -> None:
    received(1, 5)
    received(9, 10)
    by = keeper()
    actions.issue_blanks([issued()], by=by, at=AT)
    actions.void_blank(queries.in_stock()[0], reason="Sobek", by=by, at=AT)

    accounts = [account for _, account in queries.account()]

    assert [(a.stock, a.issued, a.void, a.is_whole) for a in accounts] == [
        (3, 1, 1, True),
        (2, 0, 0, True),
    ]
    assert [gap.ends for gap in queries.gaps()] == [("LSP-000006", "LSP-000008")]
    assert queries.blank_counts() == {"stock": 5, "issued": 1, "void": 1}


def test_issuing_costs_the_same_for_one_and_for_two() -> None:
    received(1, 9)
    first, second, third = several(3)
    by = keeper()

    with CaptureQueriesContext(connection) as one:
        actions.issue_blanks([first], by=by, at=AT)
    with CaptureQueriesContext(connection) as two:
        actions.issue_blanks([second, third], by=by, at=AT)

    assert len(one) == len(two)


def test_strangers_see_no_sheet() -> None:
    received()
    sheet = queries.in_stock()[0]

    for n, role in enumerate((Role.APPLICANT, Role.COMMITTEE, Role.COORDINATOR)):
        eko = account(4070 + n, role, at=AT)
        assert queries.blank(sheet.pk, eko) is None
    assert queries.blank(sheet.pk, account(4062, Role.AUDITOR, at=AT)) == sheet


@given(st.lists(st.tuples(st.integers(1, 60), st.integers(0, 9)), min_size=1, max_size=8))
def test_ranges_and_gaps_cover_every_number_once(parts: list[tuple[int, int]]) -> None:
    came, at = [], 0
    for skip, length in parts:  # ranges that do not overlap, with holes between some
        first = at + skip
        came.append(Range("A", first, first + length, 5))
        at = first + length
    shuffled = sorted(came, key=lambda r: r.count)

    covered = [n for r in (*came, *rules.gaps(shuffled)) for n in range(r.first, r.last + 1)]

    assert sorted(covered) == list(range(came[0].first, came[-1].last + 1))
