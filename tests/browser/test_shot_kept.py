"""Are photographed pages still there when the phone has closed the page, and for nobody else?"""

import io
import os
import signal
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import house as houses
from tests.browser import looks, phones, test_helped
from tests.browser.house import House
from tests.browser.test_arriving import expect_arrived, phone
from tests.browser.test_listed import PICTURES, looked_at
from tests.make import photos

CODE = "diploma"
DAY = 24 * 3600 * 1000
SHEETS = [photos.photographed(photos.sheet(n), seed=n) for n in (5, 6, 7)]
# What the device keeps: the accounts that have papers, how many pages, how many pictures.
KEPT = """async () => {
  const bases = await indexedDB.databases();
  if (!bases.some(({name}) => name === 'kompeten-halaman')) return {who: [], pages: 0, pictures: 0};
  const base = await new Promise((done) => {
    const opened = indexedDB.open('kompeten-halaman');
    opened.onsuccess = () => done(opened.result);
  });
  const all = (store) => new Promise((done) => {
    const asked = base.transaction(store).objectStore(store).getAll();
    asked.onsuccess = () => done(asked.result);
  });
  const [papers, pictures] = [await all('papers'), await all('pictures')];
  base.close();
  const held = papers.filter(({pages}) => pages.length);
  const pages = held.reduce((sum, paper) => sum + paper.pages.length, 0);
  return {who: held.map(({who}) => who), pages, pictures: pictures.length};
}"""
NOTHING = {"who": [], "pages": 0, "pictures": 0}
# As if the pages had been taken so many milliseconds ago.
AGED = """(age) => new Promise((done) => {
  const opened = indexedDB.open('kompeten-halaman');
  opened.onsuccess = () => {
    const work = opened.result.transaction('papers', 'readwrite');
    const store = work.objectStore('papers');
    const asked = store.getAll();
    asked.onsuccess = () => asked.result.forEach((paper) => store.put({...paper, at: paper.at - age}));
    work.oncomplete = () => { opened.result.close(); done(); };
  };
})"""

# As if one more page waited for the document of a key.
PUT = """([who, key, place]) => new Promise((done) => {
  const opened = indexedDB.open('kompeten-halaman');
  opened.onsuccess = () => {
    const work = opened.result.transaction('papers', 'readwrite');
    work.objectStore('papers').put({who, key, place, name: '', pages: [{id: 1}], asked: 0, at: Date.now()});
    work.oncomplete = () => { opened.result.close(); done(); };
  };
})"""
EMPTIED = """() => new Promise((done) => {
  const opened = indexedDB.open('kompeten-halaman');
  opened.onsuccess = () => {
    const work = opened.result.transaction('pictures', 'readwrite');
    work.objectStore('pictures').clear();
    work.oncomplete = () => { opened.result.close(); done(); };
  };
})"""
# Lets nothing into the outbox until `letIn` is called.
SHUT = """() => new Promise((done) => {
  const opened = indexedDB.open('kompeten-kiriman');
  opened.onsuccess = () => {
    const store = opened.result.transaction('entries', 'readwrite').objectStore('entries');
    let isShut = true;
    window.letIn = () => { isShut = false; opened.result.close(); };
    const look = () => { if (isShut) store.get('').onsuccess = look; };
    look();
    done();
  };
})"""
OTHER = "identity_card"


def shoot(page: Page, photo: bytes) -> None:
    """Take one more page, and stay at its edges."""
    file = {"name": "IMG_0043.jpg", "mimeType": "image/jpeg", "buffer": photo}
    page.locator("[data-k-more]").set_input_files(file)  # type: ignore[arg-type]
    page.locator("[data-k-do=crop]").wait_for()


def two_pages(page: Page) -> None:
    """Take two pages of one document, and send nothing."""
    phones.choose(page, CODE, SHEETS[0])
    phones.cut(page)
    shoot(page, SHEETS[1])
    phones.cut(page)


def killed(page: Page, path: str) -> Page:
    """Let the system kill the page, as a phone does that needs its memory; return it as it comes back."""
    context = page.context
    assert context.browser is not None
    wire = context.browser.new_browser_cdp_session()
    processes = wire.send("SystemInfo.getProcessInfo")["processInfo"]
    with page.expect_event("crash"):
        for process in processes:
            if process["type"] == "renderer":
                os.kill(process["id"], signal.SIGKILL)
    wire.detach()
    fresh = context.new_page()
    fresh.goto(path)
    fresh.locator("form[data-k-document] [data-k-pages]").first.wait_for(state="attached")
    return fresh


def expect_waiting(page: Page, said: str) -> None:
    """Expect that the card says of what waits."""
    expect(page.locator(f"#{CODE} [data-k-pages] .k-notice-title")).to_have_text(said)
    expect(page.locator(f"#{CODE} [data-k-capture]")).to_be_hidden()


def put_off(page: Page) -> None:
    """Press *Kirim nanti* on two pages: the card says that they wait."""
    page.locator("[data-k-do=later]").click()
    expect_waiting(page, "2 halaman dari hari ini menunggu dikirim")


def go_on(page: Page) -> None:
    """Press *Lanjutkan* on the card."""
    page.locator(f"#{CODE} [data-k-go-on]").click()
    page.locator("dialog.k-shot").wait_for()


def discard(page: Page) -> None:
    """Press *Buang* on the card, and mean it."""
    page.once("dialog", lambda dialog: dialog.accept())
    page.locator(f"#{CODE} [data-k-discard]").click()
    expect(page.locator(f"#{CODE} [data-k-pages]")).to_be_hidden()


def counted(content: bytes) -> int:
    """Return how many pages a PDF has."""
    with pikepdf.open(io.BytesIO(content)) as document:
        return len(document.pages)


def test_pages_outlive_a_killed_page_and_become_one_pdf(
    chromium: Browser, own_house: House
) -> None:
    (applicant,) = phones.applicants(own_house, 8301)
    context, page = phone(chromium, own_house, applicant)
    two_pages(page)

    page = killed(page, applicant.path)

    expect_waiting(page, "2 halaman dari hari ini menunggu dikirim")
    go_on(page)
    expect(page.locator("[data-k-weight]")).to_contain_text("2 halaman")
    shoot(page, SHEETS[2])
    phones.cut(page)
    phones.send(page)
    expect_arrived(page, CODE)
    (held,) = phones.held(own_house, applicant.ref)
    assert held.media_type == "application/pdf"
    assert counted(held.content) == 3
    assert page.evaluate(KEPT) == NOTHING
    page.reload()
    page.wait_for_load_state("networkidle")
    expect(page.locator("[data-k-pages]:visible")).to_have_count(0)
    context.close()


def test_whoever_sees_the_dialog_go_may_switch_the_phone_off(
    chromium: Browser, own_house: House
) -> None:
    (applicant,) = phones.applicants(own_house, 8331)
    context, page = phone(chromium, own_house, applicant)
    other = context.new_page()
    other.goto(applicant.path)
    phones.choose(page, CODE, SHEETS[0])
    phones.cut(page)
    other.evaluate(SHUT)

    page.locator("[data-k-do=send]").click()
    page.wait_for_timeout(500)
    assert page.locator("dialog.k-shot[open]").count() == 1
    other.evaluate("letIn()")
    expect(page.locator("dialog.k-shot")).to_have_count(0)
    page = killed(page, applicant.path)

    expect_arrived(page, CODE)
    assert page.evaluate(KEPT) == NOTHING
    context.close()


def test_turn_edges_order_and_what_was_removed_are_kept(chromium: Browser, house: House) -> None:
    (applicant,) = phones.applicants(house, 8303)
    context, page = phone(chromium, house, applicant)
    phones.choose(page, CODE, SHEETS[0])
    page.locator("[data-k-do=turn]").click()
    page.locator("[data-k-corner='0']").press("ArrowRight")
    place = page.locator("[data-k-corner='0']").get_attribute("style")
    page.wait_for_timeout(300)

    page = killed(page, applicant.path)
    go_on(page)

    assert page.locator("[data-k-corner='0']").get_attribute("style") == place
    phones.cut(page)
    lying = page.locator("[data-k-page]").evaluate("(canvas) => canvas.width > canvas.height")
    assert lying
    for photo in SHEETS[1:]:
        shoot(page, photo)
        phones.cut(page)
    page.locator("[data-k-do=earlier]").click()
    page.locator("[data-k-row] button").nth(0).click()
    page.locator("[data-k-do=remove]").click()
    expect(page.locator("[data-k-row] button")).to_have_count(2)
    first = page.locator("[data-k-page]").evaluate("(canvas) => canvas.toDataURL()")

    page = killed(page, applicant.path)
    go_on(page)

    expect(page.locator("[data-k-row] button")).to_have_count(2)
    page.locator("[data-k-row] button").nth(0).click()
    expect(page.locator("[data-k-row] button").nth(0)).to_have_attribute("aria-current", "true")
    assert page.locator("[data-k-page]").evaluate("(canvas) => canvas.toDataURL()") == first
    assert page.evaluate(KEPT)["pictures"] == 4
    context.close()


def test_a_page_that_is_taken_anew_and_cancelled_stands_as_it_was(
    chromium: Browser, house: House
) -> None:
    (applicant,) = phones.applicants(house, 8304)
    context, page = phone(chromium, house, applicant)
    two_pages(page)
    before = page.locator("[data-k-page]").evaluate("(canvas) => canvas.toDataURL()")
    with page.expect_file_chooser() as chosen:
        page.locator("[data-k-do=again]").click()
    chosen.value.set_files(
        {"name": "x.jpg", "mimeType": "image/jpeg", "buffer": SHEETS[2]}  # type: ignore[arg-type]
    )
    page.locator("[data-k-do=crop]").wait_for()

    page.locator("[data-of=edges] [data-k-do=cancel]").click()

    expect(page.locator("[data-k-weight]")).to_contain_text("2 halaman")
    assert page.locator("[data-k-page]").evaluate("(canvas) => canvas.toDataURL()") == before
    assert page.evaluate(KEPT)["pictures"] == 4
    put_off(page)
    context.close()


def test_what_is_discarded_is_gone(chromium: Browser, house: House) -> None:
    (applicant,) = phones.applicants(house, 8305)
    context, page = phone(chromium, house, applicant)
    two_pages(page)
    page.keyboard.press("Escape")
    expect_waiting(page, "2 halaman dari hari ini menunggu dikirim")

    discard(page)

    assert page.evaluate(KEPT) == NOTHING
    page.reload()
    page.locator(f"#{CODE} [data-k-capture]").wait_for()
    expect(page.locator("[data-k-pages]:visible")).to_have_count(0)
    # The only page, cancelled before it was cut, leaves nothing either.
    phones.choose(page, CODE, SHEETS[0])
    page.locator("[data-of=edges] [data-k-do=cancel]").click()
    expect(page.locator("dialog.k-shot")).to_have_count(0)
    page.wait_for_function(f"async () => !(await ({KEPT})()).pictures")
    context.close()


@pytest.mark.parametrize(("days", "said"), [(1, "kemarin"), (3, "3 hari yang lalu")])
def test_the_card_says_from_when_the_pages_are(
    chromium: Browser, house: House, days: int, said: str
) -> None:
    (applicant,) = phones.applicants(house, 8320 + days)
    context, page = phone(chromium, house, applicant)
    two_pages(page)
    page.evaluate(AGED, days * DAY)

    page = killed(page, applicant.path)

    expect_waiting(page, f"2 halaman dari {said} menunggu dikirim")
    context.close()


def test_after_a_week_nothing_is_left(chromium: Browser, house: House) -> None:
    ani, budi = phones.applicants(house, 8307, 8308)
    context, page = phone(chromium, house, ani)
    two_pages(page)
    page.evaluate(AGED, 7 * DAY + 1000)
    context.clear_cookies()
    budi.enter(context, house.url)

    page = killed(page, budi.path)  # whoever uses the phone

    page.wait_for_function(f"async () => !(await ({KEPT})()).pictures")
    assert page.evaluate(KEPT) == NOTHING
    context.close()


def test_nobody_else_on_the_same_phone_sees_them(chromium: Browser, house: House) -> None:
    ani, budi = phones.applicants(house, 8309, 8310)
    context, page = phone(chromium, house, ani)
    two_pages(page)
    context.clear_cookies()  # the log-in has run out: nobody has logged out
    budi.enter(context, house.url)

    page = killed(page, budi.path)
    page.wait_for_load_state("networkidle")

    expect(page.locator("[data-k-pages]:visible")).to_have_count(0)
    page.goto("/saya/")
    page.wait_for_load_state("networkidle")
    expect(page.locator("[data-k-pages]")).to_be_hidden()
    ani.enter(context, house.url)
    page.goto("/saya/")
    expect(page.locator("[data-k-pages]")).to_contain_text(
        "belum dikirim menunggu di ponsel ini: 2"
    )
    page.locator("[data-k-pages] a").click()
    expect_waiting(page, "2 halaman dari hari ini menunggu dikirim")
    context.close()


def test_the_next_person_at_a_helpers_phone_finds_no_page(
    chromium: Browser, own_house: House
) -> None:
    with houses.entered(chromium, own_house, "pengusul1") as context:
        page = context.new_page()
        first, second = test_helped.candidates(page, 2)
        test_helped.begin(page, first)
        page.goto(f"/saya/permohonan/{first.ref}/dokumen/")
        page.locator("[data-k-capture]").first.wait_for()
        two_pages(page)
        put_off(page)
        assert page.evaluate(KEPT)["who"] == [f"bantuan-{first.ref}"]
        warned: list[str] = []
        page.once("dialog", lambda dialog: warned.append(dialog.message))

        test_helped.end(page)

        assert [text.startswith("Dokumen yang belum sampai: 1") for text in warned] == [True]
        page.wait_for_function(f"async () => !(await ({KEPT})()).pictures")
        assert page.evaluate(KEPT) == NOTHING
        test_helped.begin(page, second)
        page.goto(f"/saya/permohonan/{second.ref}/dokumen/")
        page.wait_for_load_state("networkidle")
        expect(page.locator("[data-k-pages]:visible")).to_have_count(0)


def test_who_logs_out_is_asked_and_leaves_nothing(chromium: Browser, house: House) -> None:
    (applicant,) = phones.applicants(house, 8311)
    context, page = phone(chromium, house, applicant)
    context.route("**/kiriman/**", lambda route: route.abort("internetdisconnected"))
    phones.choose(page, OTHER, SHEETS[2])
    phones.cut(page)
    phones.send(page)
    two_pages(page)  # and their dialog stays open in this window
    other = context.new_page()
    other.goto(applicant.path)
    expect_waiting(other, "2 halaman dari hari ini menunggu dikirim")
    asked: list[str] = []

    def leave(answer: Callable[[object], None]) -> None:
        other.once("dialog", lambda dialog: (asked.append(dialog.message), answer(dialog)))
        other.locator(".k-account").click()
        with other.expect_event("dialog"):
            other.locator("form[data-k-leave] button").click()

    leave(lambda dialog: dialog.dismiss())  # type: ignore[attr-defined]
    expect_waiting(other, "2 halaman dari hari ini menunggu dikirim")
    other.keyboard.press("Escape")  # the menu
    leave(lambda dialog: dialog.accept())  # type: ignore[attr-defined]
    other.wait_for_url(lambda url: not url.endswith(applicant.path))

    # The other window forgets them as well: it writes nothing back.
    page.wait_for_url("**/akun/masuk/**")
    assert page.evaluate(KEPT) == NOTHING
    assert asked[0] == asked[1]
    assert asked[0].startswith("Dokumen yang sudah difoto")
    assert "\n\n1 berkas belum terkirim." in asked[0]
    context.close()


def test_pages_that_nobody_asks_for_any_more_are_let_go(chromium: Browser, house: House) -> None:
    (applicant,) = phones.applicants(house, 8316)
    context, page = phone(chromium, house, applicant)
    gone = page.locator("[data-k-gone]")
    who = page.locator("[data-k-outbox]").get_attribute("data-who")
    other = [who, f"{applicant.ref}/no_longer", applicant.path]
    two_pages(page)
    page.evaluate(PUT, other)
    page.goto("/saya/")
    expect(gone).to_contain_text("tidak diminta lagi")  # the other document is not on the page
    expect(page.locator("[data-k-pages]")).to_contain_text("menunggu di ponsel ini: 2")
    page.evaluate(PUT, other)
    page.goto(applicant.path)
    expect(gone).to_be_visible()
    expect_waiting(page, "2 halaman dari hari ini menunggu dikirim")
    assert page.evaluate(KEPT)["pages"] == 2

    page.goto(f"/saya/permohonan/{applicant.ref}/")
    page.locator("details:has(form[action$='/tarik/']) summary").click()
    page.locator("form[action$='/tarik/'] button").click()

    expect(gone).to_be_visible()
    expect(page.locator("[data-k-pages]")).to_be_hidden()
    assert page.evaluate(KEPT) == NOTHING
    page.evaluate(PUT, other)
    page.goto(applicant.path)  # where there is no form any more
    expect(gone).to_be_visible()
    assert page.evaluate(KEPT) == NOTHING
    context.close()


def test_two_windows_lose_no_page_in_silence(chromium: Browser, own_house: House) -> None:
    (applicant,) = phones.applicants(own_house, 8317)
    context, page = phone(chromium, own_house, applicant)
    two_pages(page)
    page.locator("[data-k-do=later]").click()
    page.locator(f"#{CODE} [data-k-go-on]").dblclick()
    page.locator("dialog.k-shot").wait_for()
    other = context.new_page()
    other.goto(applicant.path)
    go_on(other)
    shoot(other, SHEETS[2])
    phones.cut(other)
    expect(page.locator("dialog.k-shot")).to_have_count(1)  # of two taps

    page.locator("[data-k-do=send]").click()  # of two pages, while there are three

    said = "diubah atau dikirim di jendela lain"
    expect(page.locator(f"#{CODE} [data-k-said]")).to_contain_text(said)
    expect_waiting(page, "3 halaman dari hari ini menunggu dikirim")
    go_on(page)
    phones.send(page)
    expect_arrived(page, CODE)
    other.locator("[data-k-do=earlier]").click()
    expect(other.locator(f"#{CODE} [data-k-said]")).to_contain_text(said)
    expect(other.locator("[data-k-pages]:visible")).to_have_count(0)
    assert other.evaluate(KEPT) == NOTHING
    (held,) = phones.held(own_house, applicant.ref)
    assert counted(held.content) == 3
    context.close()


def test_a_clock_that_was_wrong_keeps_no_page_for_ever(chromium: Browser, house: House) -> None:
    (applicant,) = phones.applicants(house, 8318)
    context, page = phone(chromium, house, applicant)
    two_pages(page)
    page.locator("[data-k-do=later]").click()
    for days in (-400, -0.9):  # it was ahead
        page.evaluate(AGED, days * DAY)
        page.reload()
        expect_waiting(page, "2 halaman dari hari ini menunggu dikirim")
    expect(page.locator("[data-k-gone]")).to_be_hidden()

    page.evaluate(AGED, 8 * DAY)
    page.reload()

    expect(page.locator("[data-k-gone]")).to_contain_text("lebih dari seminggu")
    assert page.evaluate(KEPT) == NOTHING
    page.reload()  # said once
    page.wait_for_load_state("networkidle")
    expect(page.locator("[data-k-gone]")).to_be_hidden()
    context.close()


def test_the_document_that_was_photographed_is_opened_again(
    chromium: Browser, house: House
) -> None:
    (applicant,) = phones.applicants(house, 8312)
    context, page = phone(chromium, house, applicant)
    with page.expect_file_chooser():  # the camera opens, and its picture never comes
        page.locator(f"#{CODE} [data-k-capture] button").click()
    page.wait_for_timeout(300)

    page = killed(page, applicant.path)

    expect(page.locator(f"#{CODE} [data-k-said]")).to_contain_text("sebelum foto Anda tersimpan")
    expect(page.locator(f"#{CODE} [data-k-capture] button")).to_be_focused()
    expect(page.locator(f"#{CODE}")).to_be_in_viewport()
    page.reload()  # said once
    page.wait_for_load_state("networkidle")
    expect(page.locator(f"#{CODE} [data-k-said]")).to_be_hidden()

    two_pages(page)
    with page.expect_file_chooser():
        page.locator("[data-k-do=add]").click()
    page.wait_for_timeout(300)
    page = killed(page, applicant.path)

    expect(page.locator("dialog.k-shot [data-k-lost]")).to_be_visible()
    expect(page.locator("[data-k-weight]")).to_contain_text("2 halaman")
    context.close()


FORGETFUL = {
    "private": "IDBFactory.prototype.open = () => { throw new DOMException('', 'SecurityError'); };",
    "full": """IDBObjectStore.prototype.put = function () {
      queueMicrotask(() => this.transaction.abort());
    };""",
}


@pytest.mark.parametrize("why", FORGETFUL)
def test_a_phone_that_keeps_nothing_says_so_and_sends_all_the_same(
    chromium: Browser, own_house: House, why: str
) -> None:
    (applicant,) = phones.applicants(own_house, 8313 + list(FORGETFUL).index(why))
    context, page = phone(chromium, own_house, applicant)
    context.add_init_script(FORGETFUL[why])
    page.reload()
    page.locator(f"#{CODE} [data-k-capture]").wait_for()
    two_pages(page)
    expect(page.locator("dialog [data-k-unkept]")).to_be_visible()
    put_off(page)
    expect(page.locator(f"#{CODE} [data-k-unkept]")).to_be_visible()

    go_on(page)
    phones.send(page)

    expect_arrived(page, CODE)
    (held,) = phones.held(own_house, applicant.ref)
    assert counted(held.content) == 2
    expect(page.locator(f"#{CODE} [data-k-pages]")).to_be_hidden()
    context.close()


def test_pages_that_can_no_longer_be_read_stand_in_nobodys_way(
    chromium: Browser, house: House
) -> None:
    (applicant,) = phones.applicants(house, 8315)
    context, page = phone(chromium, house, applicant)
    two_pages(page)
    put_off(page)
    go_on(page)
    page.evaluate(EMPTIED)

    page.locator("[data-k-do=send]").click()

    expect(page.locator("dialog.k-shot")).to_have_count(0)
    expect(page.locator(f"#{CODE} [data-k-said]")).to_contain_text("tidak dapat lagi membaca")
    page.reload()
    expect_waiting(page, "2 halaman dari hari ini menunggu dikirim")
    page.locator(f"#{CODE} [data-k-go-on]").click()

    expect(page.locator(f"#{CODE} [data-k-said]")).to_contain_text("tidak dapat lagi membaca")
    discard(page)
    expect(page.locator(f"#{CODE} [data-k-capture]")).to_be_visible()
    context.close()


@pytest.mark.parametrize("width", [360, 1280])
def test_anybody_can_read_what_waits(chromium: Browser, house: House, width: int) -> None:
    (applicant,) = phones.applicants(house, 8330 + width)
    context, page = phone(chromium, house, applicant)
    page.set_viewport_size({"width": width, "height": 760})
    two_pages(page)
    assert list(looks.faults(page)) == []
    _pictured(page, f"halaman-kotak-{width}")
    page.locator("[data-k-do=later]").scroll_into_view_if_needed()
    _pictured(page, f"halaman-kotak-bawah-{width}")
    put_off(page)
    page.evaluate(AGED, DAY)
    page.reload()
    expect_waiting(page, "2 halaman dari kemarin menunggu dikirim")

    looked_at(page, "halaman-menunggu")
    page.goto("/saya/")
    expect(page.locator("[data-k-pages]")).to_be_visible()
    looked_at(page, "halaman-beranda")
    context.close()


def _pictured(page: Page, name: str) -> None:
    if folder := os.environ.get(PICTURES):
        page.screenshot(path=Path(folder) / f"{name}.png")
