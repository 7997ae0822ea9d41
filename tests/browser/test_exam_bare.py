"""Does a sitting go on in browsers that lack what it would like: seals, stores, workers?"""

from playwright.sync_api import Browser, expect

from tests.browser import exams
from tests.browser import house as houses
from tests.browser.exams import CANDIDATE
from tests.browser.house import House

# What browsers keep from pages that came over plain http, as in a room without internet.
PLAIN = """for (const [of, name] of [[crypto, "subtle"], [navigator, "storage"], [navigator, "serviceWorker"]])
  Object.defineProperty(of, name, { value: undefined });
delete globalThis.caches;
globalThis.Worker = function () { throw new DOMException("", "SecurityError"); };"""
# A browser that lets a page keep nothing at all.
NOWHERE = """const refuse = () => { throw new DOMException("", "SecurityError"); };
IDBFactory.prototype.open = refuse;
Storage.prototype.setItem = refuse;
globalThis.Worker = refuse;"""


def test_over_plain_http_the_paper_comes_opened_and_answers_are_kept_twice(
    chromium: Browser, own_house: House
) -> None:
    with houses.entered(chromium, own_house, CANDIDATE) as phone:
        phone.add_init_script(PLAIN)
        page = exams.door(phone)
        exams.begin(page)
        chosen = {exams.number(page, 0): exams.choose(page, 0, 1)}
        exams.arrive(page)
        assert page.evaluate("Object.keys(localStorage).some((key) => key.startsWith('ujian/'))")

        page.reload()
        exams.at_the_paper(page)

        assert exams.checked(page) == chosen
        assert exams.held(phone, exams.ref_of(page)) == chosen


def test_a_device_that_keeps_nothing_says_so_and_sends_what_it_can(
    chromium: Browser, own_house: House
) -> None:
    with houses.entered(chromium, own_house, CANDIDATE) as phone:
        phone.add_init_script(NOWHERE)
        page = exams.door(phone)
        exams.begin(page)

        field = page.locator("[data-x-item]").first
        field.locator("label").first.click()
        expect(field).to_have_attribute("data-state", "trouble")
        exams.expect_state(page, "trouble")
        assert "pengawas" in page.locator("[data-x-heard]").inner_text()

        page.evaluate("dispatchEvent(new Event('online'))")
        exams.expect_state(page, "sent")
        assert list(exams.held(phone, exams.ref_of(page))) == [exams.number(page, 0)]
