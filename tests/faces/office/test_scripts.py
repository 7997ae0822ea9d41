"""Do assessors mark essays without a name, alone and once, and does the coordinator see who waits?"""

from datetime import timedelta

import pytest
from django.test import Client

from kompeten.exams.models import Entry, Marking, Score
from kompeten.exams.terms.vault import Via
from kompeten.foundation import clock
from kompeten.kernel.actors import Actor
from kompeten.kernel.roles import Role
from tests.faces.office.staff import at_work, cost, entered, said, words
from tests.make import essays as make
from tests.make import exams
from tests.make.portfolios import assessors

pytestmark = pytest.mark.django_db
DESK = "/kantor/ujian/esai/"
NOTE = "Tujuan jelas, langkah kurang rinci."
TEXT = "Tujuan pendampingan ialah “kemandirian” keluarga.\n\nLangkah pertama: asesmen."


@pytest.fixture
def pool() -> dict[int, Actor]:
    return assessors(2, at=clock.now())


def laid(*, people: int = 1) -> list[Entry]:
    """Return entries of a sitting that closed an hour ago, their essays before assessors."""
    now = clock.now()
    opens, closes = now - timedelta(hours=4), now - timedelta(hours=1)
    held = exams.opened(make.sitting(opens_at=opens, closes_at=closes, at=now - timedelta(days=2)))
    entries = [make.handed_in(TEXT, n=n, held=held) for n in range(1, people + 1)]
    exams.closed(held)
    make.follow(at=now)
    return entries


def path(marking: Marking) -> str:
    return f"{DESK}{marking.ref}/"


def test_an_assessor_finds_the_text_and_the_guide_but_no_name(pool: dict[int, Actor]) -> None:
    (entry,) = laid()
    marking = make.open_markings(entry)[0]
    client = entered(pool[marking.assessor_id])

    desk, sheet = client.get(DESK), client.get(path(marking))

    for part in ("“kemandirian”", make.GUIDE, "Sebutkan tujuan dan langkah.", entry.ref):
        assert part in words(sheet)
    assert entry.ref in words(desk)
    for answer in (desk, sheet):
        assert entry.person.name not in answer.content.decode()


def test_points_are_handed_in_once(pool: dict[int, Actor]) -> None:
    (entry,) = laid()
    marking = make.open_markings(entry)[0]
    client = entered(pool[marking.assessor_id])

    first = client.post(path(marking), {"poin": "14", "catatan": NOTE})
    again = client.post(path(marking), {"poin": "3", "catatan": NOTE}, follow=True)

    kept = Marking.objects.get(pk=marking.pk)
    assert (first.status_code, first["Location"]) == (302, DESK)
    assert (kept.points, kept.note, kept.state) == (14, NOTE, "handed_in")
    assert said("This had been done already.") in words(again)
    assert "14" in words(client.get(f"{DESK}?rak=handed_in"))


def test_what_is_written_is_kept_before_it_is_handed_in(pool: dict[int, Actor]) -> None:
    (entry,) = laid()
    marking, others = make.open_markings(entry)
    client, other = entered(pool[marking.assessor_id]), entered(pool[others.assessor_id])
    keeping = {"langkah": "simpan", "poin": "14", "catatan": "Tujuan"}  # too short to hand in

    kept = client.post(path(marking), keeping, headers={"HX-Request": "true"})
    half = client.post(path(marking), keeping | {"poin": "99"}, headers={"HX-Request": "true"})
    page = client.get(path(marking)).content.decode()

    assert kept.status_code == half.status_code == 200
    assert 'id="progress"' in kept.content.decode()
    assert "<html" not in kept.content.decode()
    assert "Disimpan" in words(kept) or "Tersimpan" in words(kept)
    assert ">Tujuan</textarea>" in page.replace("\n", "")
    assert Marking.objects.get(pk=marking.pk).points is None  # 99 is more than there are
    assert "Tujuan</textarea>" not in other.get(path(others)).content.decode()
    assert Marking.objects.get(pk=marking.pk).state == "open"


def test_nothing_is_kept_over_what_was_handed_in_or_by_others(pool: dict[int, Actor]) -> None:
    (entry,) = laid()
    marking, others = make.open_markings(entry)
    client, other = entered(pool[marking.assessor_id]), entered(pool[others.assessor_id])
    keeping = {"langkah": "simpan", "poin": "3", "catatan": "Kemudian"}
    client.post(path(marking), {"poin": "14", "catatan": NOTE})

    late = client.post(path(marking), keeping, headers={"HX-Request": "true"})
    strange = other.post(path(marking), keeping)

    row = Marking.objects.get(pk=marking.pk)
    assert (late.status_code, strange.status_code) == (409, 404)
    assert said("This sheet is no longer yours, so nothing more is saved. Copy your notes if you"
                " need them.") in words(late)  # fmt: skip
    assert (row.points, row.note) == (14, NOTE)


@pytest.mark.parametrize(
    ("points", "note", "sentence"),
    [
        ("21", NOTE, "Give points from 0 to the most that this essay has."),
        ("-1", NOTE, "Give points from 0 to the most that this essay has."),
        ("10", "baik", "Say in a few words why it is worth these points."),
    ],
)
def test_what_is_wrong_stands_on_the_page_and_what_was_written_stays(
    pool: dict[int, Actor], points: str, note: str, sentence: str
) -> None:
    (entry,) = laid()
    marking = make.open_markings(entry)[0]
    client = entered(pool[marking.assessor_id])

    answer = client.post(path(marking), {"poin": points, "catatan": note})

    assert answer.status_code == 422
    assert said(sentence) in words(answer)
    assert note in answer.content.decode()
    assert Marking.objects.get(pk=marking.pk).state == "open"


def test_to_others_there_is_no_such_page(pool: dict[int, Actor]) -> None:
    (entry,) = laid()
    mine, other = make.open_markings(entry)

    seen = [
        entered(pool[mine.assessor_id]).get(path(other)).status_code,
        at_work(Role.COORDINATOR, n=7301)[0].get(path(mine)).status_code,
        at_work(Role.INVIGILATOR, n=7302)[0].get(DESK).status_code,
        Client().get(DESK).status_code,
    ]

    assert seen == [404, 404, 404, 302]


def test_points_of_the_other_are_covered_until_both_are_in(pool: dict[int, Actor]) -> None:
    (entry,) = laid()
    mine, other = make.open_markings(entry)
    client = entered(pool[mine.assessor_id])
    client.post(path(mine), {"poin": "14", "catatan": NOTE})

    before = words(client.get(path(mine)))
    entered(pool[other.assessor_id]).post(path(other), {"poin": "17", "catatan": "Lengkap sekali."})
    make.follow(at=clock.now())
    after = words(client.get(path(mine)))

    assert "Lengkap sekali." not in before
    assert said("The points of others are uncovered once everybody has handed in.") in before
    assert "Lengkap sekali." in after
    assert Score.objects.get().points == 60 + 16


def test_the_coordinator_sees_how_many_wait_and_gives_them_to_others(
    pool: dict[int, Actor],
) -> None:
    (entry,) = laid()
    client, _ = at_work(Role.COORDINATOR, n=7303)
    ill = min(pool)
    board = words(client.get(f"/kantor/ujian/{entry.sitting.ref}/"))

    shown = words(client.get(DESK))
    client.post(f"{DESK}ganti/", {"asesor": str(ill)})
    again = client.post(f"{DESK}ganti/", {"asesor": str(ill)}, follow=True)

    assert entry.sitting.title in shown
    assert said("How far they are") in shown
    assert Marking.objects.get(assessor_id=ill).state == "released"
    assert again.status_code == 200
    assert "1 esai sedang dinilai" in board
    assert said("Essays without assessors") in words(client.get("/kantor/"))


def test_an_invigilator_gives_nothing_to_others(pool: dict[int, Actor]) -> None:
    laid()
    client, _ = at_work(Role.INVIGILATOR, n=7304)

    answer = client.post(f"{DESK}ganti/", {"asesor": str(min(pool))})

    assert answer.status_code == 403
    assert Marking.objects.filter(state="released").count() == 0


def test_pages_take_the_same_queries_for_one_and_for_three() -> None:
    pool = assessors(2, at=clock.now())
    laid()
    client = entered(pool[min(pool)])
    planner, _ = at_work(Role.COORDINATOR, n=7305)
    one = [cost(client, DESK), cost(planner, DESK)]
    laid_more()

    three = [cost(client, DESK), cost(planner, DESK)]

    assert one == three == [9, 19]


def laid_more() -> None:
    now = clock.now()
    opens, closes = now - timedelta(hours=4), now - timedelta(hours=1)
    held = exams.opened(
        exams.sitting(opens_at=opens, closes_at=closes, at=now - timedelta(days=2), **again())
    )
    for n in (2, 3):
        make.handed_in(TEXT, n=n, held=held)
    exams.closed(held)
    make.follow(at=now)


def again() -> dict[str, object]:
    """Return scheme and form of the sitting that was held before."""
    held = Entry.objects.select_related("sitting__form").order_by("id")[0].sitting
    versions = list(held.schemes.values_list("scheme_version_id", flat=True))
    return {"scheme_version_ids": versions, "form_ref": held.form.ref}


def test_a_late_text_and_two_devices_texts_are_shown_in_full(pool: dict[int, Actor]) -> None:
    now = clock.now()
    opens, closes = now - timedelta(hours=5), now - timedelta(hours=2)
    held = exams.opened(make.sitting(opens_at=opens, closes_at=closes, at=now - timedelta(days=2)))
    entry, _ = exams.one_seated(held=held)
    phone = make.written(entry, "Dari ponsel.", points=0, hand_in=False)
    make.write(phone, "Terlambat dari ponsel.", minute=100, old="Dari ponsel.")
    laptop = make.write(exams.phone(entry, chain="b" * 16), "Dari laptop.", minute=5)
    exams.vaulted(
        exams.opening(entry), exams.sent(phone, minute=101), exams.sent(laptop, minute=120, via=Via.FILE),
        at=now,
    )  # fmt: skip
    client, _ = at_work(Role.COORDINATOR, n=7306)

    record = words(client.get(f"/kantor/ujian/peserta/{entry.ref}/"))
    both = words(client.get(f"/kantor/ujian/{held.ref}/beda/"))

    assert "Terlambat dari ponsel." in record
    assert "Dari ponsel." in both
    assert "Dari laptop." in both
