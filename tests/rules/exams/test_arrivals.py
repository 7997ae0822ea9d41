"""Which check-in stands, and which photos are held, after any walk of events?"""

from hypothesis import given
from hypothesis import strategies as st

from kompeten.exams.rules import arrivals
from kompeten.exams.rules.arrivals import CAME, DISPOSED, TAKEN_BACK
from kompeten.exams.rules.steps import (
    check_in_reasons,
    dispose_reasons,
    doubt_reasons,
    withdraw_reasons,
)
from kompeten.exams.terms import (
    Arrival,
    CheckIn,
    CheckInWithdrawal,
    Disposal,
    Doubt,
    IdentityCheck,
    NoPhoto,
)
from tests.make.times import MONDAY

OLD = {"way": "card", "reason": "", "before": False}  # as written before there were photos


def came(photo: str = "", **more: object) -> arrivals.Told:
    return CAME, MONDAY, OLD | {"photo": photo, "without": None} | more


def back(photo: str = "") -> arrivals.Told:
    return TAKEN_BACK, MONDAY, {"reason": "Salah orang", "noted_at": "", "photo": photo}


def disposed(*photos: str) -> arrivals.Told:
    return DISPOSED, MONDAY, {"photos": list(photos), "in_doubt": False}


def test_an_event_from_before_photos_is_read_as_one_without() -> None:
    assert arrivals.standing([(CAME, MONDAY, OLD)]) == Arrival(
        MONDAY, IdentityCheck.CARD, "", "", None
    )
    assert arrivals.held([(CAME, MONDAY, OLD)]) == ()


def test_the_last_check_in_stands_unless_it_was_taken_back() -> None:
    known = came(way="known", reason="Ketua TUK", without="no_camera")

    assert arrivals.standing([came("a"), back("a")]) is None
    assert arrivals.standing([came("a"), back("a"), known]) == Arrival(
        MONDAY, IdentityCheck.KNOWN, "Ketua TUK", "", NoPhoto.NO_CAMERA
    )


def test_a_photo_taken_back_is_held_until_it_is_deleted_and_that_it_was_taken_stays_told() -> None:
    walk = [came("a"), back("a"), came("b")]
    standing = arrivals.standing([*walk, disposed("a", "b")])

    assert arrivals.held(walk) == ("a", "b")
    assert arrivals.held([*walk, disposed("a", "b")]) == ()
    assert standing is not None
    assert standing.photo == "b"


@given(
    st.lists(
        st.one_of(
            st.builds(came, st.sampled_from(["", "a", "b", "c"])),
            st.builds(back),
            st.builds(lambda p: disposed(*p), st.lists(st.sampled_from("abc"), unique=True)),
        ),
        max_size=12,
    )
)
def test_what_is_held_was_taken_and_what_is_deleted_is_not_held(walk: list[arrivals.Told]) -> None:
    held = arrivals.held(walk)
    taken = {facts["photo"] for event, _, facts in walk if event == CAME}

    assert len(held) == len(set(held))
    assert set(held) <= taken - {""}
    assert arrivals.held([*walk, disposed(*held)]) == ()


def test_each_way_asks_for_what_it_says() -> None:
    def why(way: IdentityCheck, *, reason: str = "", photo: str = "") -> tuple[str, ...]:
        return check_in_reasons(CheckIn(way, reason, before=False, photo=photo))

    assert why(IdentityCheck.CARD) == ()
    assert why(IdentityCheck.PHOTO) == ("checkin.no_photo",)
    assert why(IdentityCheck.PHOTO, photo="a") == ()
    assert why(IdentityCheck.KNOWN) == ("checkin.known_by_whom",)
    assert why(IdentityCheck.KNOWN, reason="Ketua TUK") == ()
    assert why(IdentityCheck.BY_HAND, photo="a") == ("checkin.no_reason",)


def test_nothing_is_taken_back_doubted_or_deleted_without_cause() -> None:
    assert withdraw_reasons(CheckInWithdrawal("Salah orang", None, "")) == ("checkin.not_noted",)
    assert withdraw_reasons(CheckInWithdrawal("", MONDAY, "")) == ("checkin.why_back",)
    assert withdraw_reasons(CheckInWithdrawal("Salah orang", MONDAY, "")) == ()
    assert doubt_reasons(Doubt("", before=False)) == ("doubt.no_note",)
    assert doubt_reasons(Doubt("Lain", before=True)) == ("doubt.open_already",)
    assert doubt_reasons(Doubt("Lain", before=False)) == ()
    assert dispose_reasons(Disposal((), in_doubt=False)) == ("photo.none",)
    assert dispose_reasons(Disposal(("a",), in_doubt=True)) == ("photo.in_doubt",)
    assert dispose_reasons(Disposal(("a",), in_doubt=False)) == ()
