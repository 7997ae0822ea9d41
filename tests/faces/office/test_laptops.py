"""Can a coordinator who sees no terminal give a sitting to a laptop, and take home what it kept?"""

import json
from dataclasses import asdict
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pyhanko.pdf_utils.reader import PdfFileReader

from kompeten.exams.models import Entry, Sitting
from kompeten.foundation import clock
from kompeten.foundation.ledger import drain_all, history
from kompeten.kernel.roles import Role
from kompeten.node import actions, queries
from kompeten.node.models import Node, Parcel, Return
from kompeten.node.terms import Card, NodeState, NoteKind
from kompeten.schemes.terms import Route
from kompeten.web.office.laptop_forms import PARCEL_MB
from tests.faces.office.staff import at_work, cost, said, words
from tests.make import applications, itembank, node
from tests.make import exams as make
from tests.make.exams import KARTIKA

pytestmark = pytest.mark.django_db
LAPTOPS = "/kantor/laptop/"
REGISTER, TAKE_IN = f"{LAPTOPS}daftarkan/", f"{LAPTOPS}kembali/"


def endang(n: int = 7701) -> Client:
    """Return the browser of a coordinator at work."""
    return at_work(Role.COORDINATOR, n=n)[0]


def irwan(n: int = 7702) -> Client:
    """Return the browser of an invigilator at work."""
    return at_work(Role.INVIGILATOR, n=n)[0]


def card_file(card: Card) -> SimpleUploadedFile:
    """Return the card of a laptop as the file that it wrote."""
    return SimpleUploadedFile("kartu.json", json.dumps(asdict(card)).encode())


def seated(count: int = 3, *, opens: timedelta = timedelta(days=2)) -> tuple[Sitting, list[Entry]]:
    """Return a planned sitting with `count` people in it."""
    now = clock.now()
    itembank.bank()
    at = min(now, now + opens) - timedelta(days=1)
    held = make.sitting(opens_at=now + opens, closes_at=now + opens + timedelta(hours=3), at=at)
    people = [applications.accepted(n, at=at, route=Route.TRAINING)[0] for n in range(1, count + 1)]
    return held, make.seated(held, people, at=at)


def laptop(folder: Path, *, name: str = "TUK Ende", **more: Any) -> Node:
    """Return a laptop that is registered."""
    return actions.register(node.card(folder, name=name, **more), by=KARTIKA, at=clock.now())


def place(sitting: Sitting) -> str:
    """Return the address of a sitting's page about laptops."""
    return f"/kantor/ujian/{sitting.ref}/laptop/"


def packed(client: Client, sitting: Sitting, held: Node) -> bytes:
    """Return the file that a coordinator packs and downloads."""
    client.post(f"{place(sitting)}kemas/", {"laptop": held.ref, "sudah": newest(sitting)})
    parcel = Parcel.objects.filter(sitting=sitting).order_by("-id")[0]
    return file_of(client, parcel)


def newest(sitting: Sitting) -> str:
    """Return what stands on a fresh page as the newest parcel."""
    return "".join(
        Parcel.objects.filter(sitting=sitting).order_by("-id")[:1].values_list("ref", flat=True)
    )


def file_of(client: Client, parcel: Parcel) -> bytes:
    """Return the file of a parcel as a browser saves it."""
    answer = client.get(f"{LAPTOPS}paket/{parcel.ref}.parsel")
    return b"".join(answer.streaming_content)  # type: ignore[arg-type]


@pytest.fixture
def back(tmp_path: Path) -> tuple[Sitting, list[Entry], bytes]:
    """Return a sitting that is over at headquarters, and the file of the laptop on which all sat."""
    held, entries = seated(opens=-timedelta(hours=5))
    held_by = laptop(tmp_path / "ende")
    at = held.opens_at - timedelta(hours=3)
    _, content = actions.pack(held, held_by, by=KARTIKA, at=at, rng=node.RNG)
    with node.at_site(tmp_path / "ende"):
        load = actions.take_in(content)
        node.worked(load, at=held.opens_at, hands_in=True)
        actions.note(
            NoteKind.INCIDENT, at=held.opens_at, sitting=held.ref, text="listrik padam 10 menit"
        )
        file = actions.give_back(load, at=held.closes_at)
    make.opened(held)
    make.actions.close_sitting(held, by=make.PUTU, at=held.closes_at)
    drain_all(at=clock.now())
    return held, entries, file


def brought(content: bytes, name: str = "kembali.parsel") -> dict[str, SimpleUploadedFile]:
    """Return a file as the form sends it."""
    return {"berkas": SimpleUploadedFile(name, content)}


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.INVIGILATOR])
def test_those_who_take_parcels_in_find_the_page_in_their_menu(role: Role) -> None:
    client, _ = at_work(role)

    answer = client.get(LAPTOPS)

    assert answer.status_code == 200
    assert LAPTOPS in {item.href for item in answer.context["nav"]}
    assert (REGISTER in answer.content.decode()) == (role is Role.COORDINATOR)


@pytest.mark.parametrize("role", [Role.VERIFIER, Role.AUDITOR, Role.REGISTRAR])
def test_strangers_find_no_such_page_and_change_nothing(
    role: Role, back: tuple[Sitting, list[Entry], bytes]
) -> None:
    sitting, _, content = back
    client, _ = at_work(role, n=7709)
    held, parcel = Node.objects.get(), Parcel.objects.get()
    done = actions.unpack(content, by=KARTIKA, at=clock.now())
    pages = (
        LAPTOPS,
        REGISTER,
        TAKE_IN,
        f"{TAKE_IN}{done.digest}/",
        place(sitting),
        f"{LAPTOPS}paket/{parcel.ref}.parsel",
        f"/kantor/ujian/{sitting.ref}/kartu-kursi.pdf",
        f"/kantor/ujian/{sitting.ref}/daftar-pintu.pdf",
    )

    assert {client.get(path).status_code for path in pages} == {404}
    assert client.post(REGISTER, {"teks": "{}"}).status_code == 403
    assert client.post(f"{LAPTOPS}{held.ref}/akhiri/").status_code == 403
    assert client.post(f"{place(sitting)}kemas/", {"laptop": held.ref}).status_code == 403
    assert client.post(TAKE_IN, brought(content)).status_code == 403
    assert (Node.objects.get().state, Parcel.objects.count()) == (NodeState.ACTIVE, 1)


def test_an_invigilator_takes_in_and_prints_but_plans_nothing(tmp_path: Path) -> None:
    client = irwan()
    held, _ = seated()
    known = laptop(tmp_path / "ende")

    assert client.get(place(held)).status_code == 200
    assert client.get(REGISTER).status_code == 404
    assert client.post(f"{LAPTOPS}{known.ref}/akhiri/").status_code == 403
    assert client.post(f"{place(held)}kemas/", {"laptop": known.ref}).status_code == 403
    assert client.get(f"/kantor/ujian/{held.ref}/kartu-kursi.pdf?urutan=name").status_code == 200
    assert client.get(TAKE_IN).status_code == 200


def test_what_is_nowhere_is_not_there() -> None:
    client = endang()
    held, _ = seated(1)

    assert client.get(place(held).replace(held.ref, "TIDAKADA00")).status_code == 404
    assert client.get(f"{LAPTOPS}paket/TIDAKADA00.parsel").status_code == 404
    assert client.get(f"{TAKE_IN}{'0' * 64}/").status_code == 404
    assert client.post(f"{LAPTOPS}TIDAKADA00/akhiri/").status_code == 404


def test_a_laptop_is_registered_by_its_file_or_its_text_and_a_second_click_makes_no_other(
    tmp_path: Path,
) -> None:
    client = endang()
    card = node.card(tmp_path / "ende")

    first = client.post(REGISTER, {"berkas": card_file(card)})
    again = client.post(REGISTER, {"teks": json.dumps(asdict(card))}, follow=True)

    held = Node.objects.get()
    assert (first.status_code, first["Location"]) == (302, LAPTOPS)
    assert (held.ref, held.name) == (card.ref, "TUK Ende")
    assert "TUK Ende" in words(again)
    assert [e.type for e in history("node", held.pk)] == ["node.opened"]
    assert history("node", held.pk)[0].actor_role == "coordinator"


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({}, "Choose the file, or paste the text of the card."),
        ({"teks": "bukan kartu"}, "This is no card of a site laptop."),
        ({"teks": '{"ref": ["A"], "name": 3}'}, "This is no card of a site laptop."),
        ({"berkas": b"%PDF-1.7"}, "This is no card of a site laptop."),
        ({"berkas": b" " * 5_000}, "This is no card of a site laptop."),
    ],
)
def test_what_is_no_card_is_said_on_the_form(sent: dict[str, Any], told: str) -> None:
    client = endang()
    data = {
        name: SimpleUploadedFile("kartu.json", value) if isinstance(value, bytes) else value
        for name, value in sent.items()
    }

    answer = client.post(REGISTER, data)

    assert answer.status_code == 422
    assert said(told) in words(answer)
    assert not Node.objects.exists()


def test_other_keys_under_a_known_card_and_a_retired_laptop_are_refused_with_words(
    tmp_path: Path,
) -> None:
    client = endang()
    held = laptop(tmp_path / "ende")
    card = node.card(tmp_path / "ende")
    other = asdict(card) | {"seal": "ab" * 32}

    forged = client.post(REGISTER, {"teks": json.dumps(other)})
    actions.end(held, by=KARTIKA, at=clock.now())
    ended = client.post(REGISTER, {"berkas": card_file(card)})

    assert (forged.status_code, ended.status_code) == (422, 422)
    assert said("Another laptop is registered under this card. Make a new card.") in words(forged)
    assert said("This laptop is no longer in use and gets no more sittings.") in words(ended)


def test_a_laptop_is_taken_out_of_use_once_and_stands_with_the_old_ones(tmp_path: Path) -> None:
    client = endang()
    held = laptop(tmp_path / "ende")

    first = client.post(f"{LAPTOPS}{held.ref}/akhiri/")
    again = client.post(f"{LAPTOPS}{held.ref}/akhiri/")

    assert (first.status_code, again.status_code) == (302, 302)
    assert held.name not in words(client.get(LAPTOPS)).partition(said("Site laptops"))[2].replace(
        said(
            "%(name)s gets no more sittings. What it still keeps is taken in all the same.",
            name=held.name,
        ),
        "",
    )
    assert held.name in words(client.get(f"{LAPTOPS}?keadaan=lama"))
    assert [e.type for e in history("node", held.pk)] == ["node.opened", "node.ended"]


def test_a_sitting_is_packed_downloaded_and_opened_by_that_laptop(tmp_path: Path) -> None:
    client = endang()
    held, entries = seated()
    known = laptop(tmp_path / "ende")

    answer = client.post(f"{place(held)}kemas/", {"laptop": known.ref, "sudah": ""}, follow=True)
    parcel = Parcel.objects.get()
    sent = client.get(f"{LAPTOPS}paket/{parcel.ref}.parsel")
    content = b"".join(sent.streaming_content)  # type: ignore[arg-type]
    with node.at_site(tmp_path / "ende"):
        load = actions.take_in(content)

    day = held.opens_at + timedelta(hours=7)
    assert said("Packed for %(name)s. Download the file below.", name="TUK Ende") in words(answer)
    assert sent.streaming
    assert f'filename="tuk-ende-{day.date()}-{parcel.ref}.parsel"' in sent["Content-Disposition"]
    assert int(sent["Content-Length"]) == len(content)
    assert {seat.held.attempt for seat in load.seats} == {entry.ref for entry in entries}
    assert load.handin.endswith("/serah")
    told = words(client.get(place(held)))
    assert said("Sitting packed for a site") in told
    assert "3 kursi untuk TUK Ende." in told
    assert "3 kursi untuk TUK Ende." in words(client.get(f"/kantor/ujian/{held.ref}/"))


def test_among_several_laptops_nobody_packs_for_one_by_chance(tmp_path: Path) -> None:
    client = endang()
    held, _ = seated()
    known = laptop(tmp_path / "sikka", name="TUK Sikka")
    only = client.get(place(held)).content.decode()
    laptop(tmp_path / "alor", name="TUK Alor", key="of Alor")

    unchosen = client.get(place(held)).content.decode()
    pressed = client.post(f"{place(held)}kemas/", {"laptop": "", "sudah": ""})
    packed(client, held, known)
    again = client.get(place(held)).content.decode()

    chosen = '<option value="{}" selected>'
    assert said("Choose a laptop") not in only
    assert chosen.format("") in unchosen
    assert pressed.status_code == 422
    assert chosen.format(known.ref) in again  # changes of its seats go to where it is


def test_a_second_click_packs_no_second_file_and_packing_again_does(tmp_path: Path) -> None:
    client = endang()
    held, _ = seated()
    known = laptop(tmp_path / "ende")
    data = {"laptop": known.ref, "sudah": ""}

    client.post(f"{place(held)}kemas/", data)
    twice = client.post(f"{place(held)}kemas/", data, follow=True)
    after_clicks = Parcel.objects.count()
    page = client.get(place(held))
    client.post(f"{place(held)}kemas/", data | {"sudah": newest(held)})

    assert said("It was packed a moment ago. The file stands below.") in words(twice)
    assert after_clicks == 1
    assert f'name="sudah" value="{Parcel.objects.order_by("id")[0].ref}"' in page.content.decode()
    assert Parcel.objects.count() == 2
    assert said("a newer one stands above") in words(client.get(place(held)))


def test_a_laptop_that_is_not_offered_is_refused_on_its_field(tmp_path: Path) -> None:
    client = endang()
    held, _ = seated()
    known = laptop(tmp_path / "ende")
    actions.end(known, by=KARTIKA, at=clock.now())

    answer = client.post(f"{place(held)}kemas/", {"laptop": known.ref, "sudah": ""})

    assert answer.status_code == 422
    assert not Parcel.objects.exists()


def test_a_sitting_in_which_nobody_has_a_seat_is_not_packed(tmp_path: Path) -> None:
    client = endang()
    known = laptop(tmp_path / "ende")
    held, _ = seated(0)

    page = client.get(place(held))
    answer = client.post(f"{place(held)}kemas/", {"laptop": known.ref, "sudah": ""})

    assert said("Nobody is seated in this sitting yet.") in words(page)
    assert answer.status_code == 409
    assert client.get(f"/kantor/ujian/{held.ref}/kartu-kursi.pdf?urutan=name").status_code == 404


def test_whoever_comes_later_is_a_reason_to_pack_again(tmp_path: Path) -> None:
    client = endang()
    held, _ = seated(2)
    packed(client, held, laptop(tmp_path / "ende"))
    before = words(client.get(place(held)))
    make.seated(
        held,
        [applications.accepted(9, at=clock.now() - timedelta(days=1), route=Route.TRAINING)[0]],
        at=clock.now(),
    )

    after = words(client.get(place(held)))

    assert said("Seats have changed since") not in before
    assert said("Seats have changed since") in after


def test_two_laptops_for_one_sitting_are_allowed_and_the_page_says_what_that_means(
    tmp_path: Path,
) -> None:
    client = endang()
    held, _ = seated()
    packed(client, held, laptop(tmp_path / "ende"))
    one = words(client.get(place(held)))
    packed(client, held, laptop(tmp_path / "alor", name="TUK Alor", key="another"))

    two = words(client.get(place(held)))

    assert said("May a sitting be on two laptops?") in one
    assert said("This sitting is on more than one laptop") not in one
    assert said("This sitting is on more than one laptop") in two
    assert said("a newer one stands above") not in two


def test_cards_and_list_are_printed_in_both_orders_and_with_the_rooms_address() -> None:
    client = endang()
    held, _ = seated()
    cards, door = (
        f"/kantor/ujian/{held.ref}/{name}.pdf" for name in ("kartu-kursi", "daftar-pintu")
    )

    by_name = client.get(cards, {"urutan": "name", "alamat": ""})
    by_code = client.get(cards, {"urutan": "code", "alamat": "192.168.1.10:8000"})
    listed = client.get(door, {"urutan": "name", "alamat": "http://192.168.1.10:8000/"})

    assert {a["Content-Type"] for a in (by_name, by_code, listed)} == {"application/pdf"}
    assert f"kartu-kursi-{held.ref}.pdf" in by_name["Content-Disposition"]
    assert f"daftar-pintu-{held.ref}.pdf" in listed["Content-Disposition"]
    counts = [
        int(PdfFileReader(BytesIO(a.content)).root["/Pages"]["/Count"])
        for a in (by_name, by_code, listed)
    ]
    assert counts == [1, 1, 1]
    assert len(by_code.content) > len(by_name.content)  # the QR codes


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "http://",
        "http://a b",
        "http://x/y",
        "ftp://10.0.0.1",
        "http://[",
        "http://x:99999999",
    ],
)
def test_what_no_phone_could_open_is_said_on_its_field(address: str) -> None:
    client = endang()
    held, _ = seated(1)

    answer = client.get(
        f"/kantor/ujian/{held.ref}/kartu-kursi.pdf", {"urutan": "name", "alamat": address}
    )

    assert answer.status_code == 422
    assert said("This is no address. Copy it as it stands on the laptop's screen.") in words(answer)


def test_what_a_laptop_kept_comes_home_and_stands_on_the_board(
    back: tuple[Sitting, list[Entry], bytes],
) -> None:
    client = irwan()
    held, entries, content = back
    board = f"/kantor/ujian/{held.ref}/"
    before = words(client.get(board))

    answer = client.post(TAKE_IN, brought(content))
    result = words(client.get(answer["Location"]))
    drain_all(at=clock.now())

    digest = Return.objects.get().digest
    assert answer["Location"] == f"{TAKE_IN}{digest}/"
    assert said("all taken") in result
    assert said("Nothing. All that the file holds is taken.") in result
    assert held.title in result
    assert said("nothing came back yet") in before
    after = words(client.get(board))
    assert said("nothing came back yet") not in after
    assert said("Answers came back from a site") in after
    states = set(
        Entry.objects.filter(pk__in=[e.pk for e in entries]).values_list("state", flat=True)
    )
    assert states <= {"handed_in", "scored"}
    assert "listrik padam 10 menit" in words(client.get(place(held)))
    (event,) = [
        e for e in history("parcel", Parcel.objects.get().pk) if e.type == "parcel.returned"
    ]
    assert (event.actor_role, event.facts["digest"]) == ("invigilator", digest)


def test_the_same_file_again_does_no_harm_and_says_so(
    back: tuple[Sitting, list[Entry], bytes],
) -> None:
    client = irwan()
    _, _, content = back

    first = client.post(TAKE_IN, brought(content))
    again = client.post(TAKE_IN, brought(content, "salinan.bin"), follow=True)

    assert again.redirect_chain[-1][0] == first["Location"]
    assert said("This very file was here before. Nothing was done twice.") in words(again)
    assert Return.objects.count() == 1


def test_a_cut_off_file_gives_what_is_whole_and_says_so(
    back: tuple[Sitting, list[Entry], bytes],
) -> None:
    client = irwan()
    held, _, content = back

    answer = client.post(TAKE_IN, brought(content[:-10]), follow=True)

    assert said("The file ends without its end mark") in words(answer)
    assert said("without its end mark") in words(client.get(place(held)))
    client.post(TAKE_IN, brought(content))
    assert words(client.get(place(held))).count(said("Answers came back from a site")) == 2
    assert [back.whole for back in Return.objects.order_by("id")] == [False, True]


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda c: b"", "This file is empty. Copy it again."),
        (
            lambda c: b"%PDF-1.7 " + c,
            "This is no parcel, or it is cut off at its beginning. Copy it again.",
        ),
        (lambda c: c[:60], "This is no parcel, or it is cut off at its beginning. Copy it again."),
        (
            lambda c: c[:-9] + bytes([c[-9] ^ 1]) + c[-8:],
            "Something in the parcel was changed on its way. Copy it again.",
        ),
        (
            lambda c: c[:4] + b"\xff" * 4 + c[8:],
            "Something in the parcel was changed on its way. Copy it again.",
        ),
    ],
)
def test_a_hostile_or_broken_file_is_refused_with_words_and_nothing_is_taken(
    back: tuple[Sitting, list[Entry], bytes], spoil: Any, told: str
) -> None:
    client = irwan()
    _, _, content = back

    answer = client.post(TAKE_IN, brought(spoil(content)))

    assert answer.status_code == 422
    assert said(told) in words(answer)
    assert not Return.objects.exists()


def test_a_parcel_that_goes_out_and_one_that_nobody_packed_are_refused_with_words(
    back: tuple[Sitting, list[Entry], bytes], tmp_path: Path
) -> None:
    client = endang()
    _, _, content = back
    parcel = Parcel.objects.get()

    other_way = client.post(TAKE_IN, brought(file_of(client, parcel)))
    Parcel.objects.filter(pk=parcel.pk).update(ref="LAINLAIN00")
    foreign = client.post(TAKE_IN, brought(content))

    assert said("This parcel travels the other way.") in words(other_way)
    assert said("No such parcel was packed here.") in words(foreign)


def test_a_file_above_the_bound_is_refused_before_it_is_read() -> None:
    client = irwan()
    most = PARCEL_MB * 1024 * 1024

    def sent(path: str, length: int) -> Any:
        return client.post(
            path,
            data=b"x",
            content_type="application/octet-stream",
            CONTENT_LENGTH=str(length),
        )

    too_large = sent(TAKE_IN, most + 1)
    elsewhere = sent(REGISTER, most - 1)

    assert (too_large.status_code, elsewhere.status_code) == (413, 413)
    assert said("This file is too large for a parcel") in words(too_large)
    assert said("This file is too large for a parcel") not in words(elsewhere)


def test_a_large_file_lies_on_the_disk_until_it_is_looked_at() -> None:
    client = irwan()

    answer = client.post(TAKE_IN, brought(b"KPP1" + bytes(12 * 1024 * 1024)))

    assert answer.status_code == 422  # it got as far as the parcel's own rules


def test_pages_cost_the_same_for_one_and_for_three(tmp_path: Path) -> None:
    client = endang()
    held, _ = seated(3)
    first = laptop(tmp_path / "1", name="TUK 1", key="1")
    packed(client, held, first)
    pages = [LAPTOPS, place(held), f"/kantor/ujian/{held.ref}/kartu-kursi.pdf?urutan=name"]
    few = [cost(client, path) for path in pages]
    for n in "23":
        packed(client, held, laptop(tmp_path / n, name=f"TUK {n}", key=n))

    many = [cost(client, path) for path in pages]

    assert many == few == [18, 25, 9]


def test_the_result_costs_the_same_whatever_the_file_held(
    back: tuple[Sitting, list[Entry], bytes],
) -> None:
    client = irwan()
    _, _, content = back
    done = actions.unpack(content, by=KARTIKA, at=clock.now())

    assert cost(client, f"{TAKE_IN}{done.digest}/") == 7
    assert queries.came(done.digest, KARTIKA) is not None
