"""Is anything lost, or left unsaid, when the phone has no memory, its disk fails or answers nothing?"""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import phones
from tests.browser.house import House
from tests.browser.phones import Applicant
from tests.browser.test_arriving import expect_arrived, no_line, phone
from tests.browser.test_shot_kept import (
    CODE,
    KEPT,
    SHEETS,
    SHUT,
    counted,
    expect_waiting,
    go_on,
    put_off,
    two_pages,
)

PAGES, OUTBOX = "kompeten-halaman", "kompeten-kiriman"
# A base of the phone fails, or answers nothing, until `heal` is called.
OPENED = """([name, error]) => {
  const real = IDBFactory.prototype.open;
  window.heal = () => { IDBFactory.prototype.open = real; };
  IDBFactory.prototype.open = function (base, version) {
    if (base !== name) return real.call(this, base, version);
    const asked = {error: error && new DOMException('', error)};
    if (error) setTimeout(() => asked.onerror());
    return asked;
  };
}"""
FORGETFUL = """() => {
  const real = HTMLCanvasElement.prototype.toBlob;
  window.heal = () => { HTMLCanvasElement.prototype.toBlob = real; };
  HTMLCanvasElement.prototype.toBlob = (done) => setTimeout(done, 0, null);
}"""
# As it stood where a photo had found no memory, one more or one anew: a page, and nothing to be seen of it.
BARE = """(isMore) => new Promise((done) => {
  const opened = indexedDB.open('kompeten-halaman');
  opened.onsuccess = () => {
    const work = opened.result.transaction('papers', 'readwrite');
    const store = work.objectStore('papers');
    const asked = store.getAll();
    asked.onsuccess = () => {
      const [paper] = asked.result;
      const [first] = paper.pages;
      const bare = {...first, id: 1, isOpen: true, made: null, instead: isMore ? null : first};
      if (isMore) paper.pages.push(bare);
      else paper.pages[0] = bare;
      store.put(paper);
    };
    work.oncomplete = () => { opened.result.close(); done(); };
  };
})"""
WAITING = "2 halaman dari hari ini menunggu dikirim"
FAILED = "Itu tidak berhasil di ponsel ini"
BUSY = "sedang disimpan di ponsel ini"


def fail(page: Page, base: str, error: str | None = "UnknownError") -> None:
    """Let a base of the phone fail; with no error, never answer."""
    page.evaluate(OPENED, [base, error])


def heal(page: Page) -> None:
    """Let the phone be well again."""
    page.evaluate("heal()")


def wait_out(page: Page) -> None:
    """Let the time pass after which nobody waits for the phone any longer."""
    for _ in range(2):  # as one leap it would be a page that has slept
        page.clock.fast_forward(7500)


def expect_said(page: Page, words: str) -> None:
    """Expect that the card says so, and that no dialog stands over it."""
    expect(page.locator(f"#{CODE} [data-k-said]")).to_contain_text(words)
    expect(page.locator("dialog.k-shot")).to_have_count(0)


def expect_sent(page: Page, house: House, applicant: Applicant, pages: int) -> None:
    """Expect that the document has arrived with all its pages, and that nothing of it is left."""
    expect_arrived(page, CODE)
    (held,) = phones.held(house, applicant.ref)
    assert counted(held.content) == pages
    page.wait_for_function(f"async () => !(await ({KEPT})()).pictures")


def test_a_disk_that_fails_at_the_last_step_loses_nothing(
    chromium: Browser, own_house: House
) -> None:
    (applicant,) = phones.applicants(own_house, 8501)
    context, page = phone(chromium, own_house, applicant)
    two_pages(page)
    fail(page, PAGES)

    page.locator("[data-k-do=send]").click()

    expect_said(page, FAILED)
    expect_waiting(page, WAITING)
    heal(page)
    go_on(page)
    phones.send(page)
    expect_sent(page, own_house, applicant, 2)
    context.close()


def test_a_disk_that_fails_before_the_first_step_hides_nothing(
    chromium: Browser, house: House
) -> None:
    (applicant,) = phones.applicants(house, 8502)
    context, page = phone(chromium, house, applicant)
    two_pages(page)
    put_off(page)
    fail(page, PAGES)

    page.locator(f"#{CODE} [data-k-go-on]").click()

    expect_said(page, FAILED)
    expect_waiting(page, WAITING)
    heal(page)
    go_on(page)
    expect(page.locator("[data-k-weight]")).to_contain_text("2 halaman")
    context.close()


def test_a_page_that_finds_no_memory_can_be_cut_later(chromium: Browser, house: House) -> None:
    (applicant,) = phones.applicants(house, 8503)
    context, page = phone(chromium, house, applicant)
    phones.choose(page, CODE, SHEETS[0])
    page.evaluate(FORGETFUL)

    page.locator("[data-k-do=crop]").click()

    expect_said(page, FAILED)
    expect_waiting(page, "1 halaman dari hari ini menunggu dikirim")
    assert page.locator(f"#file-{CODE}").input_value() == ""  # the same file can be chosen again
    heal(page)
    go_on(page)
    phones.cut(page)
    context.close()


def test_a_photo_that_finds_no_memory_leaves_the_others_as_they_were(
    chromium: Browser, own_house: House
) -> None:
    (applicant,) = phones.applicants(own_house, 8504)
    context, page = phone(chromium, own_house, applicant)
    two_pages(page)
    page.evaluate(FORGETFUL)
    third = {"name": "3.jpg", "mimeType": "image/jpeg", "buffer": SHEETS[2]}

    page.locator("[data-k-more]").set_input_files(third)  # type: ignore[arg-type]

    expect_said(page, FAILED)
    expect_waiting(page, WAITING)
    page.reload()
    expect_waiting(page, WAITING)
    go_on(page)
    phones.send(page)
    expect_sent(page, own_house, applicant, 2)
    context.close()


@pytest.mark.parametrize("is_more", [True, False], ids=["one-more", "one-anew"])
def test_a_page_without_its_photo_makes_the_whole_ones_no_harder_to_reach(
    chromium: Browser, own_house: House, is_more: bool
) -> None:
    (applicant,) = phones.applicants(own_house, 8520 + is_more)
    context, page = phone(chromium, own_house, applicant)
    two_pages(page)
    page.evaluate(BARE, is_more)
    page.reload()
    expect_waiting(page, f"{2 + is_more} halaman dari hari ini menunggu dikirim")

    go_on(page)

    expect(page.locator("dialog [data-k-lost]")).to_contain_text("Tidak semua foto tersimpan")
    expect(page.locator("[data-k-weight]")).to_contain_text("2 halaman")
    phones.send(page)
    expect_sent(page, own_house, applicant, 2)
    context.close()


def test_nothing_closes_the_dialog_while_it_hands_over(chromium: Browser, own_house: House) -> None:
    (applicant,) = phones.applicants(own_house, 8506)
    context, page = phone(chromium, own_house, applicant)
    other = context.new_page()
    other.goto(applicant.path)
    two_pages(page)
    other.evaluate(SHUT)
    dialog = page.locator("dialog.k-shot")
    page.locator("[data-k-do=send]").click()
    expect(dialog).to_have_attribute("aria-busy", "true")
    expect(dialog.locator("[data-k-busy]")).to_contain_text(BUSY)
    expect(dialog.locator("[data-k-busy]")).to_be_in_viewport()

    page.keyboard.press("Escape")
    expect(dialog).to_be_visible()
    # A browser that is pressed closes it all the same: nothing else begins meanwhile.
    dialog.evaluate("(dialog) => dialog.close()")
    expect(dialog).to_be_hidden()
    expect(page.locator(f"#{CODE} [data-k-said]")).to_contain_text(BUSY)

    other.evaluate("letIn()")
    expect(dialog).to_have_count(0)
    expect_sent(page, own_house, applicant, 2)
    expect(page.locator(f"#{CODE} [data-k-said]")).to_be_hidden()
    context.close()


def test_an_outbox_that_does_not_answer_is_not_waited_for(
    chromium: Browser, own_house: House
) -> None:
    (applicant,) = phones.applicants(own_house, 8507)
    context, page = phone(chromium, own_house, applicant)
    two_pages(page)
    fail(page, OUTBOX, None)
    page.clock.install()
    page.locator("[data-k-do=send]").click()
    busy = page.locator("dialog.k-shot [data-k-busy]")
    expect(busy).to_contain_text(BUSY)
    page.clock.fast_forward(60_000)  # asleep
    page.wait_for_timeout(300)
    expect(busy).to_be_visible()

    page.clock.fast_forward(7500)

    expect(page.locator("dialog.k-shot")).to_have_count(0)
    heal(page)
    wait_out(page)
    expect_sent(page, own_house, applicant, 2)  # out of memory
    context.close()


def test_pages_that_do_not_answer_are_not_waited_for(chromium: Browser, house: House) -> None:
    (applicant,) = phones.applicants(house, 8508)
    context, page = phone(chromium, house, applicant)
    two_pages(page)
    put_off(page)
    fail(page, PAGES, None)
    page.clock.install()

    page.locator(f"#{CODE} [data-k-go-on]").click()

    page.clock.fast_forward(1000)
    expect_said(page, BUSY)
    for _ in range(3):  # the paper, its picture, what the card says
        wait_out(page)
        page.wait_for_timeout(100)
    expect_said(page, FAILED)
    expect_waiting(page, WAITING)
    heal(page)
    go_on(page)
    context.close()


def test_who_thinks_again_of_what_only_memory_holds_finds_the_pages(
    chromium: Browser, house: House
) -> None:
    (applicant,) = phones.applicants(house, 8509)
    context, page = phone(chromium, house, applicant)
    context.route("**/kiriman/**", no_line)
    two_pages(page)
    fail(page, OUTBOX)
    phones.send(page)
    way = page.locator(f"#{CODE} [data-k-way]")
    expect(way).to_contain_text("Biarkan halaman ini terbuka")
    expect(page.locator(f"#{CODE} [data-k-pages]")).to_be_hidden()

    way.locator("button").click()

    expect(way).to_be_hidden()
    expect(page.locator(f"#{CODE} [data-k-said]")).to_be_hidden()
    expect_waiting(page, WAITING)
    page.reload()
    expect_waiting(page, WAITING)
    expect(way).to_be_hidden()
    context.close()
