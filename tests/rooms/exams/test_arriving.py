"""Is it on record who came and how that was seen, without a device having the last word?"""

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.storage import storages
from PIL import Image

from kompeten.applications.models import Document
from kompeten.exams import actions, queries
from kompeten.exams.models import Entry, Remark
from kompeten.exams.rules import arrivals
from kompeten.exams.terms import IdentityCheck, NoPhoto
from kompeten.foundation import files
from kompeten.foundation.ledger import StaleRecord, StepRefused, history
from tests.make import exams as make
from tests.make.exams import CLOSES, KARTIKA, OPENS, PUTU
from tests.make.pictures import face

pytestmark = pytest.mark.django_db


WRONG = "Salah orang"
YEAR = timedelta(days=365)


@pytest.fixture(autouse=True)
def folder(tmp_path: Any, settings: Any) -> Callable[[], list[str]]:
    """Keep the files of each test apart; called, it tells which the store holds beside documents."""
    kept = settings.STORAGES["files"]
    there = kept["OPTIONS"] | {"location": tmp_path}
    settings.STORAGES = settings.STORAGES | {"files": kept | {"OPTIONS": there}}

    def others() -> list[str]:
        names = {path.name for path in tmp_path.rglob("*") if path.is_file()}
        documents = set(Document.objects.values_list("sha256", flat=True))
        # What is kept beside a document bears its name first.
        return sorted(name for name in names if name.partition(".")[0] not in documents)

    return others


def came(
    *entries: Entry, way: IdentityCheck = IdentityCheck.CARD, reason: str = "", **more: Any
) -> None:
    actions.check_in(entries, way=way, reason=reason, by=PUTU, at=OPENS, **more)


def test_who_came_is_noted_with_how_that_was_seen_and_stays_seated() -> None:
    held = make.sitting()
    entries = [make.one_seated(n, held=held)[0] for n in (1, 2)]

    came(*entries)

    assert [row.checked_in_at for row in queries.board(held)] == [OPENS, OPENS]
    assert set(Entry.objects.values_list("state", flat=True)) == {"seated"}
    assert history("entry", entries[0].pk)[-1].facts["way"] == "card"


def test_whoever_began_before_is_checked_in_too() -> None:
    entry, _ = make.one_started()

    came(entry, way=IdentityCheck.VIDEO)

    entry.refresh_from_db()
    assert (entry.state, entry.checked_in_at) == ("started", OPENS)


def test_by_hand_somebody_says_why() -> None:
    entry, _ = make.one_seated()

    with pytest.raises(StepRefused) as silent:
        came(entry, way=IdentityCheck.BY_HAND, reason="  ")
    came(entry, way=IdentityCheck.BY_HAND, reason="Kartu hilang, dikenal ketua")

    assert silent.value.reasons == ("checkin.no_reason",)
    assert history("entry", entry.pk)[-1].facts["reason"] == "Kartu hilang, dikenal ketua"


def test_it_is_noted_once() -> None:
    entry, _ = make.one_seated()
    came(entry)

    with pytest.raises(StepRefused) as again:
        came(entry)

    assert again.value.reasons == ("checkin.done",)


def test_a_photo_is_kept_small_under_its_digest_and_without_where_it_was_taken(
    folder: Callable[[], list[str]],
) -> None:
    entry, _ = make.one_seated()

    came(entry, photo=face(size=(4000, 3000), place=True))

    entry.refresh_from_db()
    kept = queries.photo(entry)
    assert kept is not None
    assert folder() == [entry.photo]
    assert history("entry", entry.pk)[-1].facts == {
        "way": "card",
        "reason": "",
        "before": False,
        "photo": entry.photo,
        "without": None,
    }
    with Image.open(io.BytesIO(kept)) as seen:
        assert (seen.format, max(seen.size), dict(seen.getexif())) == ("JPEG", 640, {})
    assert len(kept) < 60_000


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "photo.empty"),
        (b"MZ this is a program", "photo.wrong_type"),
        (face(size=(300, 300))[:2000], "photo.damaged"),
    ],
)
def test_what_is_no_photo_is_refused_and_nothing_is_half_done(
    content: bytes, why: str, folder: Callable[[], list[str]]
) -> None:
    entry, _ = make.one_seated()
    before = len(history("entry", entry.pk))

    with pytest.raises(StepRefused) as refused:
        came(entry, photo=content)

    entry.refresh_from_db()
    assert refused.value.reasons == (why,)
    assert (entry.checked_in_at, entry.photo, folder()) == (None, "", [])
    assert len(history("entry", entry.pk)) == before


def test_a_good_photo_of_a_check_in_that_is_refused_is_not_kept(
    folder: Callable[[], list[str]],
) -> None:
    entry, _ = make.one_seated()

    with pytest.raises(StepRefused):
        came(entry, way=IdentityCheck.BY_HAND, photo=face())

    entry.refresh_from_db()
    assert (entry.checked_in_at, folder()) == (None, [])


def test_a_store_that_is_full_leaves_nothing_noted(monkeypatch: pytest.MonkeyPatch) -> None:
    entry, _ = make.one_seated()

    def full(*_: object, **__: object) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr(type(storages["files"]), "save", full)
    with pytest.raises(OSError, match="No space"):
        came(entry, photo=face())

    entry.refresh_from_db()
    assert (entry.checked_in_at, entry.photo) == (None, "")


def test_one_photo_is_of_one_person() -> None:
    held = make.sitting()
    entries = [make.one_seated(n, held=held)[0] for n in (1, 2)]

    with pytest.raises(ValueError, match="one photo"):
        came(*entries, photo=face())


def test_without_a_camera_somebody_says_so_and_it_is_noted_all_the_same() -> None:
    entry, _ = make.one_seated()

    came(entry, way=IdentityCheck.KNOWN, reason="Ketua TUK", without=NoPhoto.NO_CAMERA)

    found = queries.arrival(entry)
    assert found is not None
    assert (found.way, found.note, found.without) == ("known", "Ketua TUK", "no_camera")


def test_whoever_is_slower_by_a_moment_is_told_and_leaves_no_photo(
    folder: Callable[[], list[str]],
) -> None:
    entry, _ = make.one_seated()
    also = Entry.objects.get(pk=entry.pk)  # read before the other one noted it
    came(entry)

    with pytest.raises(StepRefused) as slower:
        came(also, photo=face())

    assert slower.value.reasons == ("checkin.done",)
    assert [e.type for e in history("entry", entry.pk)].count("entry.checked_in") == 1
    assert folder() == []


def test_a_check_in_taken_back_shows_no_photo_and_can_be_noted_again() -> None:
    entry, _ = make.one_seated()
    came(entry, photo=face(shade="red"))
    wrong = entry.photo

    actions.withdraw_check_in(entry, reason=WRONG, by=PUTU, at=OPENS)
    seen = queries.photo(entry), queries.arrival(entry), entry.checked_in_at
    came(entry, photo=face(shade="blue"))

    entry.refresh_from_db()
    assert seen == (None, None, None)
    assert entry.photo not in ("", wrong)
    story = [
        (e.type, e.facts.get("photo"), e.facts.get("reason")) for e in history("entry", entry.pk)
    ]
    assert story[1:] == [
        ("entry.checked_in", wrong, ""),
        ("entry.check_in_withdrawn", wrong, WRONG),
        ("entry.checked_in", entry.photo, ""),
    ]


def test_nothing_is_taken_back_twice_or_without_a_word_or_after_the_hand_in() -> None:
    entry, who = make.one_started()
    came(entry)
    also = Entry.objects.get(pk=entry.pk)

    with pytest.raises(StepRefused) as silent:
        actions.withdraw_check_in(entry, reason=" ", by=PUTU, at=OPENS)
    actions.withdraw_check_in(entry, reason=WRONG, by=PUTU, at=OPENS)
    with pytest.raises(StaleRecord):
        actions.withdraw_check_in(also, reason=WRONG, by=PUTU, at=OPENS)
    with pytest.raises(StepRefused) as twice:
        actions.withdraw_check_in(entry, reason=WRONG, by=PUTU, at=OPENS)
    came(entry)
    actions.hand_in(entry, by=who, at=OPENS)
    with pytest.raises(StepRefused) as over:
        actions.withdraw_check_in(entry, reason=WRONG, by=PUTU, at=OPENS)

    assert silent.value.reasons == ("checkin.why_back",)
    assert twice.value.reasons == ("checkin.not_noted",)
    assert over.value.reasons == ("step.not_open",)
    entry.refresh_from_db()
    assert entry.checked_in_at == OPENS


def test_a_doubt_stops_nothing_and_waits_for_a_person() -> None:
    entry, who = make.one_seated()
    make.opened(entry.sitting)

    remark = actions.doubt_identity(entry, note="Nama di KTP lain", by=PUTU, at=OPENS)
    actions.start(entry, by=who, at=OPENS)
    with pytest.raises(StepRefused) as again:
        actions.doubt_identity(entry, note="Juga saya", by=PUTU, at=OPENS)
    waiting = [row.in_doubt for row in queries.board(entry.sitting)]
    actions.settle_remark(remark, note="Nama lama, sama orangnya", by=KARTIKA, at=OPENS)
    settled = [row.in_doubt for row in queries.board(entry.sitting)]

    assert entry.state == "started"
    assert again.value.reasons == ("doubt.open_already",)
    assert (waiting, settled) == ([True], [False])
    ((found, made),) = queries.doubts(entry)
    assert (found.note, made) == ("Nama di KTP lain", "Nama lama, sama orangnya")
    actions.doubt_identity(entry, note="Masih ragu", by=PUTU, at=OPENS)
    assert Remark.objects.filter(entry=entry).count() == 2


def test_photos_are_deleted_when_their_time_is_over_and_their_digests_stay(
    folder: Callable[[], list[str]], django_capture_on_commit_callbacks: Any
) -> None:
    held = make.sitting()
    (one, _), (doubted, _) = (make.one_seated(n, held=held) for n in (1, 2))
    came(one, photo=face(shade="red"))
    actions.withdraw_check_in(one, reason=WRONG, by=PUTU, at=OPENS)
    came(one, photo=face(shade="blue"))
    came(doubted, photo=face(shade="red"))
    remark = actions.doubt_identity(doubted, note="Lain", by=PUTU, at=OPENS)
    make.opened(held)
    make.closed(held)

    with django_capture_on_commit_callbacks(execute=True):
        early = actions.dispose_due(at=CLOSES + YEAR - timedelta(seconds=1))
    kept = len(folder())
    with django_capture_on_commit_callbacks(execute=True):
        due = actions.dispose_due(at=CLOSES + YEAR)
    left = folder()
    actions.settle_remark(remark, note="Sama", by=KARTIKA, at=CLOSES + YEAR)
    with django_capture_on_commit_callbacks(execute=True):
        rest = actions.dispose_due(at=CLOSES + YEAR)
    again = actions.dispose_due(at=CLOSES + YEAR)

    assert (early, kept, due, rest, again) == (0, 3, 1, 1, 0)
    assert left == [doubted.photo]
    assert folder() == []
    one.refresh_from_db()
    last = history("entry", one.pk)[-1]
    told = [(e.type, e.at, e.facts) for e in history("entry", one.pk)]
    assert (last.type, len(last.facts["photos"]), one.photo) == ("entry.photos_disposed", 2, "")
    assert arrivals.standing(told) is not None
    assert queries.photo(one) is None


def test_a_photo_that_is_in_doubt_or_none_is_not_deleted() -> None:
    entry, _ = make.one_seated()
    with pytest.raises(StepRefused) as nothing:
        actions.dispose_photos(entry, by=KARTIKA, at=OPENS)
    came(entry, photo=face())
    actions.doubt_identity(entry, note="Lain", by=PUTU, at=OPENS)

    with pytest.raises(StepRefused) as doubted:
        actions.dispose_photos(entry, by=KARTIKA, at=OPENS)

    assert nothing.value.reasons == ("photo.none",)
    assert doubted.value.reasons == ("photo.in_doubt",)
    assert files.read(entry.photo)


def test_an_invigilator_deletes_no_photos() -> None:
    entry, _ = make.one_seated()
    came(entry, photo=face())

    with pytest.raises(StepRefused) as refused:
        actions.dispose_photos(entry, by=PUTU, at=OPENS)

    assert refused.value.reasons == ("role.not_held",)


def test_the_next_by_name_follows_and_at_the_end_it_begins_again() -> None:
    held = make.sitting()
    entries = [make.one_seated(n, held=held)[0] for n in (1, 2, 3)]
    first, second, third = sorted(entries, key=lambda e: (e.person.name, e.pk))

    assert queries.next_to_come(held) == first
    assert queries.next_to_come(held, after=first) == second
    assert queries.next_to_come(held, after=third) == first
    came(first, third)
    assert queries.next_to_come(held, after=second) is None
