"""Does one invigilator bring a queue through the door: two faces to compare, a photo, one tap, the next?"""

import io
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from PIL import Image

from kompeten.exams import actions
from kompeten.exams.models import Entry, Remark
from kompeten.exams.queries import minutes
from kompeten.foundation import clock
from kompeten.foundation.ledger import history
from kompeten.kernel.roles import Role
from kompeten.people.models import Person
from tests.faces.office.staff import at_work, cost, said, words
from tests.faces.office.test_exams_trouble import endang, irwan, place, running, seated
from tests.make import exams as make
from tests.make.costs import spent
from tests.make.pictures import face

pytestmark = pytest.mark.django_db
EARLY = timedelta(minutes=-10)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Any) -> Path:
    """Keep the files of each test apart."""
    kept = settings.STORAGES["files"]
    there = kept["OPTIONS"] | {"location": tmp_path}
    settings.STORAGES = settings.STORAGES | {"files": kept | {"OPTIONS": there}}
    return tmp_path


def shot(content: bytes | None = None, *, name: str = "IMG_0042.JPG") -> SimpleUploadedFile:
    """Return what a phone's camera sends."""
    return SimpleUploadedFile(name, content if content is not None else face(place=True))


def note(client: Client, entry: Entry, way: str = "card", **more: Any) -> HttpResponse:
    """Press a button at the door."""
    answer = client.post(place(entry, "hadir"), {"cara": way} | more, follow=True)
    return answer  # type: ignore[return-value]


def now(entry: Entry) -> Entry:
    """Return the seat as it stands."""
    return Entry.objects.get(pk=entry.pk)


def test_a_photo_is_taken_compared_and_seen_by_those_who_see_the_seat_only() -> None:
    client, _ = irwan()
    (stranger, _), (auditor, _) = at_work(Role.VERIFIER, n=7605), at_work(Role.AUDITOR, n=7606)
    _held, ((entry, _),) = seated(1, since=EARLY)

    page = client.get(place(entry, "hadir")).content.decode()
    note(client, entry, foto=shot())
    seen = client.get(place(entry, "foto"))

    assert 'capture="environment"' in page
    assert 'accept="image/*"' in page
    assert place(entry, "pasfoto") in page
    assert (seen.status_code, seen["Content-Type"]) == (200, "image/jpeg")
    assert seen["Cache-Control"] == "private, no-store"
    assert b"Exif" not in seen.content
    assert place(entry, "foto") in client.get(place(entry)).content.decode()
    for address in (place(entry, "foto"), place(entry, "pasfoto")):
        assert auditor.get(address).status_code == 200
        assert stranger.get(address).status_code == 404
        assert Client().get(address).status_code == 302
    assert stranger.get(place(entry, "hadir")).status_code == 404
    assert stranger.post(place(entry, "hadir"), {"cara": "card"}).status_code == 403
    assert auditor.post(place(entry, "hadir"), {"cara": "card"}).status_code == 403


def test_whoever_handed_in_without_being_noted_is_not_counted_as_noted() -> None:
    client, _ = irwan()
    held, ((noted, _), (unnoted, who)) = seated(1, 2)
    note(client, noted)
    actions.start(unnoted, by=who, at=clock.now())
    make.vaulted(make.sent(make.phone(unnoted).keep("h", minute=5), minute=5), at=clock.now())

    board, door = client.get(place(held)), client.get(place(held, "hadir"))

    told = said("%(came)s of %(seats)s noted as come.", came=1, seats=2)
    assert now(unnoted).state == "handed_in"
    assert told in words(board)
    assert told in words(door)
    assert said("Nobody is left to note") in words(door)


def test_the_portrait_of_the_application_is_drawn_anew() -> None:
    client, _ = irwan()
    _held, ((entry, _),) = seated(1, since=EARLY)

    seen = client.get(place(entry, "pasfoto"))

    assert seen["Cache-Control"] == "private, no-store"
    with Image.open(io.BytesIO(seen.content)) as picture:
        assert picture.format == "JPEG"


def test_a_seat_without_a_photo_has_none_to_show() -> None:
    client, _ = irwan()
    _held, ((entry, _),) = seated(1, since=EARLY)

    assert client.get(place(entry, "foto")).status_code == 404


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "The photo is empty. Take it again, or go on without one."),
        (
            b"<html>",
            "This is no JPEG or PNG photo. Take it with the camera button, or go on without one.",
        ),
        (
            face(size=(900, 900))[:9000],
            "The photo did not arrive whole. Take it again, or go on without one.",
        ),
    ],
)
def test_a_bad_file_is_told_plainly_and_nothing_is_half_done(content: bytes, told: str) -> None:
    client, _ = irwan()
    _held, ((entry, _),) = seated(1, since=EARLY)

    door = note(client, entry, foto=shot(content))
    seat = client.post(
        place(entry, "langkah"), {"langkah": "hadir", "cara": "card", "foto": shot(content)}
    )

    assert (door.status_code, seat.status_code) == (422, 422)
    assert said(told) in words(door)
    assert said(told) in words(seat)
    assert now(entry).checked_in_at is None


def test_without_a_photo_it_goes_on_and_the_minutes_tell_how() -> None:
    client, by = irwan()
    held, found = seated(1, 2, 3, 4, 5)
    one, two, three, four, five = (entry for entry, _ in found)
    note(client, one, foto=shot())
    note(client, two, "known", alasan="Ketua TUK", tanpa="no_camera")
    note(client, three)
    actions.start(four, by=found[3][1], at=clock.now())
    silent = note(client, five, "known")
    actions.doubt_identity(one, note="Nama di KTP berbeda", by=by, at=clock.now())

    paper = minutes.facts_of(held, at=clock.now())

    assert said("Say in a few words who knows this candidate.") in words(silent)
    assert dict(paper.identified) == {
        "Dengan foto": 1,
        "Tanpa foto: KTP dicocokkan": 1,
        "Tanpa foto: dikenal langsung": 1,
        "Mengerjakan tanpa dicatat hadir": 1,
    }
    assert {(u.name, u.why) for u in paper.unpictured} == {
        (two.person.name, "kamera tidak ada atau tidak berfungsi; Ketua TUK"),
        (three.person.name, ""),
        (four.person.name, ""),
    }
    assert [(h.what, h.why) for h in paper.happenings] == [
        (said("Identity in doubt"), "Nama di KTP berbeda; belum diselesaikan")
    ]
    assert client.get(place(held) + "berita-acara.pdf").content.startswith(b"%PDF-")


def test_where_nobody_has_a_photo_the_minutes_name_only_what_is_worth_a_line() -> None:
    client, _ = irwan()
    held, ((one, _), (two, _)) = seated(1, 2, since=EARLY)
    note(client, one)
    note(client, two, "letter")

    paper = minutes.facts_of(held, at=clock.now())

    assert (paper.pictured, [u.name for u in paper.unpictured]) == (0, [two.person.name])


def test_comparing_photos_asks_for_one() -> None:
    client, _ = irwan()
    _held, ((entry, _),) = seated(1, since=EARLY)

    without = note(client, entry, "photo")
    note(client, entry, "photo", foto=shot())

    assert said("Take a photo first, or choose another way.") in words(without)
    assert history("entry", entry.pk)[-1].facts["way"] == "photo"


def test_after_one_comes_the_search_or_the_next_by_name() -> None:
    client, _ = irwan()
    held, found = seated(1, 2, 3, since=EARLY)
    first, second, third = sorted((e for e, _ in found), key=lambda e: (e.person.name, e.pk))

    searching = note(client, first)
    walking = note(client, second, lalu="urut")
    last = note(client, third, lalu="urut")

    assert said("Noted: %(name)s came.", name=first.person.name) in words(searching)
    assert said("Next by name: %(name)s", name=second.person.name) in words(searching)
    assert searching.request["PATH_INFO"] == place(held, "hadir")  # type: ignore[attr-defined]
    assert walking.request["PATH_INFO"] == place(third, "hadir")  # type: ignore[attr-defined]
    assert last.request["PATH_INFO"] == place(held, "hadir")  # type: ignore[attr-defined]
    assert said("All are noted") in words(last)


def test_a_second_tap_is_told_and_the_queue_goes_on() -> None:
    (first, _), (second, _) = irwan(), irwan(7503)
    _held, ((entry, _), _other) = seated(1, 2, since=EARLY)
    note(first, entry, foto=shot())
    kept = now(entry).photo

    again = note(second, entry, foto=shot(face(shade="navy")))

    assert again.status_code == 200
    assert said("%(name)s is noted already.", name=entry.person.name) in words(again)
    assert now(entry).photo == kept


def test_somebody_is_found_by_name_or_number_on_the_board_and_at_the_door() -> None:
    client, _ = irwan()
    held, found = seated(1, 2, 3, since=EARLY)
    entry, _ = found[1]

    for wanted in (entry.person.name, entry.ref.lower(), entry.application.ref):
        for page in (place(held, "hadir"), place(held)):
            shown = client.get(page, {"cari": wanted}).content.decode()
            offered = [place(e, "hadir") in shown for e, _ in found]
            assert offered == [False, True, False]


def test_whoever_shares_a_name_is_told_apart_by_a_number() -> None:
    client, _ = irwan()
    held, found = seated(1, 2, 3, since=EARLY)
    one, two, three = (entry for entry, _ in found)
    Person.objects.filter(pk=two.person_id).update(name=one.person.name)

    listed = words(client.get(place(held, "hadir")))

    numbers = [entry.application.ref in listed for entry in (one, two, three)]
    assert numbers == [True, True, False]
    assert two.application.ref in words(client.get(place(two, "hadir")))


def test_a_wrong_tap_is_taken_back_and_its_photo_is_gone() -> None:
    client, _ = irwan()
    held, ((entry, _), _other) = seated(1, 2, since=EARLY)
    note(client, entry, foto=shot())
    back = {"langkah": "batal", "mengapa": "orang"}
    act = place(entry, "langkah")

    silent = client.post(act, {"langkah": "batal", "mengapa": ""})
    done = client.post(act, back)
    again = client.post(act, back)

    assert (silent.status_code, done.status_code, again.status_code) == (422, 302, 409)
    assert client.get(place(entry, "foto")).status_code == 404
    story = words(client.get(place(entry)))
    assert said("Check-in taken back") in story
    assert said("Wrong person tapped") in story
    noted = said("%(came)s of %(seats)s noted as come.", came=0, seats=2)
    assert noted in words(client.get(place(held)))
    assert [h.why for h in minutes.facts_of(held, at=clock.now()).happenings] == [
        said("Wrong person tapped")
    ]


def test_an_auditor_takes_nothing_back_and_doubts_nobody() -> None:
    (client, _), (auditor, _) = irwan(), at_work(Role.AUDITOR, n=7606)
    _held, ((entry, _),) = seated(1, since=EARLY)
    note(client, entry)

    for step in ({"langkah": "batal", "mengapa": "orang"}, {"langkah": "ragu", "ragu": "wajah"}):
        assert auditor.post(place(entry, "langkah"), step).status_code == 403
    assert now(entry).checked_in_at is not None


def test_a_doubt_takes_one_tap_stops_nothing_and_is_settled_by_a_person() -> None:
    (client, _), (coordinator, _) = irwan(), endang()
    held, ((entry, who),) = seated(1)
    doubt = {"langkah": "ragu", "ragu": "wajah"}

    done = client.post(place(entry, "langkah"), doubt)
    again = client.post(place(entry, "langkah"), doubt)
    note(client, entry, foto=shot())
    entry.refresh_from_db()
    actions.start(entry, by=who, at=clock.now())
    board, waiting = (words(client.get(a)) for a in (place(held), "/kantor/ujian/perlu-dilihat/"))
    remark = Remark.objects.get(entry=entry)
    settled = {"catatan": "Foto lama, orangnya sama"}
    coordinator.post(f"/kantor/ujian/perlu-dilihat/{remark.pk}/", settled)

    assert (done.status_code, again.status_code) == (302, 409)
    assert said("It is in doubt who sits here.") in board
    assert said("The face does not fit the card") in waiting
    assert said("It is in doubt who sits here.") not in words(client.get(place(held)))
    assert "Foto lama, orangnya sama" in words(client.get(place(entry)))
    (told,) = minutes.facts_of(held, at=clock.now()).happenings
    assert told.why == f"{said('The face does not fit the card')}; diselesaikan: " + (
        "Foto lama, orangnya sama"
    )


def test_a_coordinator_deletes_photos_when_a_person_asks_and_an_invigilator_does_not() -> None:
    (client, _), (coordinator, _) = irwan(), endang()
    _held, ((entry, _),) = seated(1, since=EARLY)
    note(client, entry, foto=shot())
    press = {"langkah": "hapusfoto"}

    foreign = client.post(place(entry, "langkah"), press)
    done = coordinator.post(place(entry, "langkah"), press)
    again = coordinator.post(place(entry, "langkah"), press)

    assert (foreign.status_code, done.status_code, again.status_code) == (403, 302, 409)
    assert client.get(place(entry, "foto")).status_code == 404
    assert now(entry).checked_in_at is not None
    assert said("Photos of the check-in deleted") in words(client.get(place(entry)))


def test_who_has_handed_in_is_not_noted_at_the_door() -> None:
    client, _ = irwan()
    _held, ((entry, who),) = running(1)
    actions.hand_in(entry, by=who, at=clock.now())

    page = words(client.get(place(entry, "hadir")))

    assert said("Nothing can be noted at the door any more.") in page
    assert client.post(place(entry, "hadir"), {"cara": "card"}).status_code == 409


def test_the_door_costs_the_same_for_three_and_for_thirty() -> None:
    client, _ = irwan()
    _few, ((one, _), *_) = seated(1, 2, 3, since=EARLY)
    _many, ((other, _), *_) = seated(*range(10, 40), since=EARLY)

    assert [cost(client, place(e, "hadir")) for e in (one, other)] == [14, 14]
    assert cost(client, place(one, "pasfoto")) == 8
    assert spent(lambda: client.post(place(one, "hadir"), {"cara": "card"})) == 9
