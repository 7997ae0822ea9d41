"""Do documents arrive from a cheap phone: over a dying line, after a reboot, on a shared phone, or not at all?"""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from tests.browser import arriving, phones
from tests.browser.house import House
from tests.browser.phones import Applicant
from tests.make import photos
from tests.make.applications import PDF

FASTER = 10  # a run lasts eight minutes of the story
SHEET = photos.photographed(photos.sheet(1), seed=1)


def phone(browser: Browser, house: House, applicant: Applicant) -> tuple[BrowserContext, Page]:
    """Open the page of the applicant's documents on a phone, over a good line."""
    context = browser.new_context(
        base_url=house.url, viewport={"width": 360, "height": 760}, locale="id-ID"
    )
    context.set_default_timeout(20_000)
    applicant.enter(context, house.url)
    page = context.new_page()
    page.goto(applicant.path)
    page.locator("[data-k-capture]").first.wait_for()
    return context, page


def way(page: Page, code: str) -> str:
    """Return what the card of a requirement says of what is on its way."""
    return page.locator(f"#{code} [data-k-way] [role=status]").inner_text()


def take(page: Page, code: str) -> None:
    """Take a photo for a requirement and send it."""
    phones.choose(page, code, SHEET)
    phones.cut(page)
    phones.send(page)


def expect_arrived(page: Page, code: str) -> None:
    """Wait until the card shows the document as saved."""
    expect(page.locator(f"#{code} .k-file")).to_be_visible(timeout=30_000)


def no_line(route: Route) -> None:
    """Let nothing through."""
    route.abort("internetdisconnected")


def test_four_documents_arrive_over_a_line_that_dies_twenty_times(
    chromium: Browser, own_house: House, tmp_path: Path
) -> None:
    (applicant,) = phones.applicants(own_house, 8101)

    run = arriving.run(
        chromium.browser_type,
        own_house,
        applicant,
        arriving.taken(),
        folder=tmp_path / "phone",
        seed=1,
        faster=FASTER,
    )

    assert run.arrived == 4
    assert run.cuts == 20
    assert run.lost_segments > 100
    assert run.document_bytes <= 400_000
    # Each once: what was sent again over and over made no second document.
    assert len(phones.held(own_house, applicant.ref)) == 4


def test_what_waits_goes_on_from_another_page_when_the_line_comes_back(
    chromium: Browser, own_house: House
) -> None:
    (applicant,) = phones.applicants(own_house, 8102)
    context, page = phone(chromium, own_house, applicant)
    context.route("**/kiriman/**", no_line)
    take(page, "diploma")
    expect(page.locator("#diploma [data-k-way]")).to_contain_text("Tidak ada sambungan")

    page.goto("/saya/")
    expect(page.locator("[data-k-outbox]")).to_contain_text("1")
    context.unroute("**/kiriman/**")
    page.evaluate("dispatchEvent(new Event('online'))")

    expect(page.locator("[data-k-outbox]")).to_contain_text("sudah sampai")
    page.goto(applicant.path)
    expect_arrived(page, "diploma")
    context.close()


def test_nobody_else_on_the_same_phone_sees_or_sends_what_waits(
    chromium: Browser, own_house: House
) -> None:
    ani, budi = phones.applicants(own_house, 8103, 8104)
    context, page = phone(chromium, own_house, ani)
    context.route("**/kiriman/**", no_line)
    take(page, "diploma")
    context.unroute("**/kiriman/**")
    context.clear_cookies()
    budi.enter(context, own_house.url)

    page.goto("/saya/")
    page.wait_for_load_state("networkidle")
    expect(page.locator("[data-k-outbox]")).to_be_hidden()
    page.goto(budi.path)
    page.wait_for_load_state("networkidle")
    expect(page.locator("[data-k-way]:visible")).to_have_count(0)
    assert phones.held(own_house, ani.ref) == []

    ani.enter(context, own_house.url)
    page.goto(ani.path)
    expect_arrived(page, "diploma")
    context.close()


def test_who_is_logged_out_is_told_and_keeps_the_file(chromium: Browser, own_house: House) -> None:
    (applicant,) = phones.applicants(own_house, 8105)
    context, page = phone(chromium, own_house, applicant)
    context.clear_cookies()

    take(page, "diploma")

    expect(page.locator("#diploma [data-k-way]")).to_contain_text("tidak lagi masuk")
    applicant.enter(context, own_house.url)
    page.reload()
    expect_arrived(page, "diploma")
    context.close()


def test_the_page_of_a_hotel_is_not_taken_for_an_answer(
    chromium: Browser, own_house: House
) -> None:
    (applicant,) = phones.applicants(own_house, 8106)
    context, page = phone(chromium, own_house, applicant)
    context.route("**/kiriman/**", lambda route: route.fulfill(body="<h1>Selamat datang</h1>"))
    take(page, "diploma")
    expect(page.locator("#diploma [data-k-way]")).to_contain_text("disimpan di ponsel ini")

    context.unroute("**/kiriman/**")
    page.evaluate("dispatchEvent(new Event('online'))")

    expect_arrived(page, "diploma")
    context.close()


def test_what_the_server_does_not_take_is_told_on_its_card(
    chromium: Browser, own_house: House
) -> None:
    (applicant,) = phones.applicants(own_house, 8107)
    context, page = phone(chromium, own_house, applicant)
    no_paper = {"name": "ijazah.pdf", "mimeType": "application/pdf", "buffer": b"MZ" * 3000}

    page.locator("#file-diploma").set_input_files(no_paper)  # type: ignore[arg-type]

    expect(page.locator("#diploma [data-k-said]")).to_contain_text("Isi berkas")
    page.reload()
    expect(page.locator("#diploma [data-k-said]")).to_contain_text("Isi berkas")
    assert phones.held(own_house, applicant.ref) == []
    context.close()


def test_a_file_of_the_wrong_kind_or_too_large_costs_no_byte(
    chromium: Browser, own_house: House
) -> None:
    (applicant,) = phones.applicants(own_house, 8108)
    context, page = phone(chromium, own_house, applicant)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.method))

    for code, mime, content in (
        ("diploma", "application/pdf", PDF + b" " * 9_000_000),
        ("diploma", "text/plain", b"ini bukan gambar"),
        ("photo", "application/pdf", PDF),
    ):
        file = {"name": "x", "mimeType": mime, "buffer": content}
        page.locator(f"#file-{code}").set_input_files(file)  # type: ignore[arg-type]
        expect(page.locator(f"#{code} [data-k-said]")).to_be_visible()

    assert {"POST", "PATCH"}.isdisjoint(asked)
    context.close()


def test_who_thinks_again_sends_nothing_more(chromium: Browser, own_house: House) -> None:
    (applicant,) = phones.applicants(own_house, 8109)
    context, page = phone(chromium, own_house, applicant)
    context.route("**/kiriman/**", no_line)
    take(page, "diploma")

    page.locator("#diploma [data-k-way] button").click()

    context.unroute("**/kiriman/**")
    page.reload()
    page.wait_for_load_state("networkidle")
    expect(page.locator("#diploma [data-k-way]")).to_be_hidden()
    assert phones.held(own_house, applicant.ref) == []
    context.close()


OLD: dict[str, Callable[[BrowserContext], None]] = {
    "no-database": lambda context: context.add_init_script("delete window.indexedDB"),
    "no-dialog": lambda context: context.add_init_script("delete window.HTMLDialogElement"),
}


@pytest.mark.parametrize("lacks", OLD)
def test_an_old_browser_sends_the_file_as_it_is(
    chromium: Browser, own_house: House, lacks: str
) -> None:
    (applicant,) = phones.applicants(own_house, 8110 + list(OLD).index(lacks))
    context = chromium.new_context(base_url=own_house.url, locale="id-ID")
    OLD[lacks](context)
    applicant.enter(context, own_house.url)
    page = context.new_page()
    page.goto(applicant.path)
    page.wait_for_load_state("networkidle")

    file = {"name": "ijazah.pdf", "mimeType": "application/pdf", "buffer": PDF}
    page.locator("#file-diploma").set_input_files(file)  # type: ignore[arg-type]

    expect_arrived(page, "diploma")
    context.close()
