"""Does a photo of a paper become a page: cut out, upright, small, readable, silent about where it was taken?"""

import io

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.browser import phones
from tests.browser.house import House
from tests.browser.phones import Applicant
from tests.browser.test_arriving import expect_arrived, phone
from tests.make import photos
from tests.make.pictures import face

BUDGET = 90_000
TILTED = ((0.3, 0.1), (0.9, 0.3), (0.7, 0.9), (0.1, 0.7))
FAR = ((0.4, 0.4), (0.62, 0.41), (0.63, 0.71), (0.39, 0.7))


@pytest.fixture(scope="module")
def drafter(house: House) -> Applicant:
    """Return somebody who only looks at what becomes of photos."""
    (applicant,) = phones.applicants(house, 8200)
    return applicant


def corners(page: Page) -> list[tuple[float, float]]:
    """Return where the corners stand, in parts of the picture."""
    found: list[list[float]] = page.evaluate(
        "[...document.querySelectorAll('[data-k-corner]')]"
        ".map((e) => [parseFloat(e.style.left) / 100, parseFloat(e.style.top) / 100])"
    )
    return [(x, y) for x, y in found]


def faults(page: Page) -> list[str]:
    """Return what the page says against the photo."""
    found: list[str] = page.eval_on_selector_all(
        "[data-k-fault]:not([hidden])", "(all) => all.map((e) => e.dataset.kFault)"
    )
    return found


@pytest.mark.parametrize(
    ("quad", "lying"),
    [(photos.CORNERS, False), (photos.CORNERS, True), (TILTED, False), (FAR, False)],
    ids=["standing", "lying", "tilted", "far"],
)
def test_the_edges_of_the_paper_are_found(
    chromium: Browser, house: House, drafter: Applicant, quad: photos.Quad, lying: bool
) -> None:
    context, page = phone(chromium, house, drafter)

    phones.choose(
        page, "diploma", photos.photographed(photos.sheet(2), seed=2, corners=quad, lying=lying)
    )

    for (x, y), (wanted_x, wanted_y) in zip(corners(page), quad, strict=True):
        assert abs(x - wanted_x) < 0.02
        assert abs(y - wanted_y) < 0.02
    context.close()


def test_where_no_edges_are_found_the_whole_photo_stands(
    chromium: Browser, house: House, drafter: Applicant
) -> None:
    context, page = phone(chromium, house, drafter)
    bare = Image.effect_noise((1200, 1600), 60).convert("RGB")
    file = io.BytesIO()
    bare.save(file, "JPEG")

    phones.choose(page, "diploma", file.getvalue())

    assert corners(page) == [(0, 0), (1, 0), (1, 1), (0, 1)]
    context.close()


def test_a_finger_and_an_arrow_key_move_a_corner_and_a_turn_takes_them_along(
    chromium: Browser, house: House, drafter: Applicant
) -> None:
    context, page = phone(chromium, house, drafter)
    phones.choose(page, "diploma", photos.photographed(photos.sheet(2), seed=2))
    corner = page.locator("[data-k-corner='0']")
    before = corners(page)[0]
    box, picture = corner.bounding_box(), page.locator("[data-k-picture]").bounding_box()
    assert box is not None
    assert picture is not None

    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(picture["x"] + picture["width"] * 0.3, picture["y"] + picture["height"] * 0.2)
    page.mouse.up()
    assert corners(page)[0] == pytest.approx((0.3, 0.2), abs=0.01)

    corner.press("ArrowLeft")
    assert corners(page)[0] == pytest.approx((0.29, 0.2), abs=0.01)
    assert before != corners(page)[0]

    page.get_by_role("button", name="Putar").click()
    assert corners(page)[1] == pytest.approx((0.8, 0.29), abs=0.01)
    context.close()


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ({}, []),
        ({"blurred": 1.0}, []),
        ({"blurred": 4.0}, ["blurred"]),
        ({"light": 0.2}, ["dark"]),
        ({"corners": FAR}, ["small"]),
    ],
    ids=["good", "a-little-soft", "blurred", "dark", "far"],
)
def test_what_cannot_be_read_is_said_before_it_is_sent(
    chromium: Browser, house: House, drafter: Applicant, how: dict[str, float], said: list[str]
) -> None:
    context, page = phone(chromium, house, drafter)

    phones.choose(page, "diploma", photos.photographed(photos.sheet(3), seed=3, **how))  # type: ignore[arg-type]
    phones.cut(page)

    assert faults(page) == said
    context.close()


def test_one_page_is_a_small_upright_jpeg_that_says_nothing_else(
    chromium: Browser, own_house: House
) -> None:
    (applicant,) = phones.applicants(own_house, 8201)
    context, page = phone(chromium, own_house, applicant)
    photo = photos.photographed(photos.sheet(4), seed=4, lying=True)

    phones.choose(page, "diploma", photo, name="IMG_2041.HEIC.jpg")
    phones.cut(page)
    expect(page.locator("[data-k-weight]")).to_contain_text("kB")
    phones.send(page)
    expect_arrived(page, "diploma")

    (held,) = phones.held(own_house, applicant.ref)
    picture = Image.open(io.BytesIO(held.content))
    assert len(photo) > 1_000_000
    assert (held.media_type, held.size <= BUDGET) == ("image/jpeg", True)
    assert picture.height > picture.width > 700
    assert dict(picture.getexif()) == {}
    assert b"Exif" not in held.content
    # The stamp stands where it stood, lower right: the page is upright and not mirrored.
    right, below = picture.width // 2, picture.height * 3 // 4
    colours = picture.convert("RGB").crop((right, below, picture.width, picture.height))
    blue = [p for p in colours.get_flattened_data() if p[2] > p[1] + 40]  # type: ignore[union-attr,operator,index]
    assert len(blue) > 200
    context.close()


def test_several_pages_are_one_pdf(chromium: Browser, own_house: House) -> None:
    (applicant,) = phones.applicants(own_house, 8202)
    context, page = phone(chromium, own_house, applicant)
    phones.choose(page, "diploma", photos.photographed(photos.sheet(5), seed=5))
    phones.cut(page)

    for n in (6, 7):
        more = {"name": f"{n}.jpg", "mimeType": "image/jpeg", "buffer": _photo(n)}
        page.locator("[data-k-more]").set_input_files(more)  # type: ignore[arg-type]
        page.locator("[data-k-do=crop]").wait_for()
        phones.cut(page)
    expect(page.locator("[data-k-weight]")).to_contain_text("3 halaman")
    phones.send(page)
    expect_arrived(page, "diploma")

    (held,) = phones.held(own_house, applicant.ref)
    assert held.media_type == "application/pdf"
    assert held.size <= 3 * BUDGET + 2000
    assert held.content.count(b"/Subtype/Image") == 3 or b"/Image" in held.content
    context.close()


def _photo(n: int) -> bytes:
    return photos.photographed(photos.sheet(n), seed=n)


def test_a_portrait_is_neither_cut_nor_bound(chromium: Browser, own_house: House) -> None:
    (applicant,) = phones.applicants(own_house, 8203)
    context, page = phone(chromium, own_house, applicant)

    phones.choose(page, "photo", face(size=(1800, 2400), place=True))
    assert corners(page) == [(0, 0), (1, 0), (1, 1), (0, 1)]
    phones.cut(page)
    expect(page.locator("[data-k-do=add]")).to_be_hidden()
    phones.send(page)
    expect_arrived(page, "photo")

    (held,) = phones.held(own_house, applicant.ref)
    assert held.media_type == "image/jpeg"
    assert b"Exif" not in held.content
    context.close()
