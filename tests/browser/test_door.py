"""Does a phone's photo get through the door: made small on the phone, and without JavaScript as it is?"""

import io
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.browser import house as houses
from tests.browser.house import House
from tests.make.pictures import face

EDGE, MOST = 640, 60_000  # of what the server keeps
SENT = "() => document.querySelector('input[type=file]').files[0].size"


@pytest.fixture(scope="module")
def camera(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a photo of twelve million dots, as a phone takes it, grain and all."""
    plain = Image.open(io.BytesIO(face(size=(3024, 4032))))
    grain = Image.effect_noise(plain.size, 24).convert("RGB")
    path = tmp_path_factory.mktemp("camera") / "IMG_0042.JPG"
    Image.blend(plain, grain, 0.12).save(path, quality=92)
    assert path.stat().st_size > 1_500_000
    return path


def at_the_door(page: Page) -> str:
    """Go to the first one who is not noted in the open sitting; return the address of the seat."""
    page.goto("/kantor/ujian/")
    page.locator("a[href^='/kantor/ujian/']", has_text="gelombang 5").first.click()
    page.locator("a[href$='/hadir/']").first.click()
    page.locator("#rows a").first.click()
    page.wait_for_selector("input[type=file]")
    houses.awake(page)
    expect(page.locator("input[type=file]")).to_have_attribute("capture", "environment")
    return page.url.partition("hadir/")[0]


def kept(page: Page, seat: str) -> Image.Image:
    """Return the photo that the server shows of the seat."""
    answer = page.request.get(f"{seat}foto/")
    assert answer.headers["cache-control"] == "private, no-store"
    assert len(answer.body()) < MOST
    return Image.open(io.BytesIO(answer.body()))


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_a_photo_gets_through_small(
    chromium: Browser, own_house: House, camera: Path, script: bool
) -> None:
    with houses.entered(chromium, own_house, "pengawas", script=script) as context:
        page = context.new_page()
        seat = at_the_door(page)
        page.set_input_files("input[type=file]", camera)
        if script:
            expect(page.locator("[data-k-shot]")).to_be_visible()
            page.wait_for_function(f"({SENT})() < 200_000")
        page.locator("button[value=card]").click()
        page.wait_for_url("**/hadir/?setelah=*")

        photo = kept(page, seat)
        page.goto(seat)

        assert (max(photo.size), dict(photo.getexif())) == (EDGE, {})
        expect(page.locator("img[src$='/foto/']")).to_be_visible()


def test_what_is_no_photo_is_told_and_the_way_without_one_stays_open(
    chromium: Browser, own_house: House, tmp_path: Path
) -> None:
    letter = tmp_path / "surat.pdf"
    letter.write_bytes(b"%PDF-1.7 %%EOF")
    with houses.entered(chromium, own_house, "pengawas") as context:
        page = context.new_page()
        at_the_door(page)
        page.set_input_files("input[type=file]", letter)
        page.locator("button[value=card]").click()
        expect(page.locator(".k-field[data-shape=file]")).to_contain_text("bukan foto")

        page.locator("button[value=card]").click()

        page.wait_for_url("**/hadir/?setelah=*")
