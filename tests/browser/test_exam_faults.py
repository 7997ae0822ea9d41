"""Does a sitting survive what happens to phones: kills, wiped stores, lost replies, two devices?"""

import pytest
from playwright.sync_api import Browser, Route, expect

from tests.browser import exams
from tests.browser import house as houses
from tests.browser.exams import CANDIDATE
from tests.browser.house import House

pytestmark = pytest.mark.long
WIPE = {
    "idb": """() => new Promise((done) => {
      const asked = indexedDB.deleteDatabase("ujian");
      asked.onsuccess = asked.onblocked = () => done();
    })""",
    "opfs": """async () => {
      const root = await navigator.storage.getDirectory();
      await root.removeEntry("ujian", { recursive: true });
    }""",
}


def test_a_tab_that_dies_without_a_line_takes_no_answer(
    chromium: Browser, own_house: House
) -> None:
    with houses.entered(chromium, own_house, CANDIDATE) as phone:
        page = exams.door(phone)
        ref = exams.ref_of(page)
        exams.begin(page)
        sheet = page.url
        chosen = {exams.number(page, 0): exams.choose(page, 0, 1)}
        exams.arrive(page)

        # 1. Without a line the answer waits on the device, and the page says so.
        phone.set_offline(True)
        chosen[exams.number(page, 1)] = exams.choose(page, 1, 0)
        exams.expect_state(page, "offline")

        # 2. The tab dies; opened again with a line it still has the answer, and sends it.
        page.close()
        phone.set_offline(False)
        page = phone.new_page()
        page.goto(sheet)
        exams.at_the_paper(page)
        assert exams.checked(page) == chosen
        exams.expect_state(page, "sent")
        assert exams.held(phone, ref) == chosen


@pytest.mark.parametrize("store", WIPE)
def test_a_wiped_store_takes_no_answer(chromium: Browser, own_house: House, store: str) -> None:
    with houses.entered(chromium, own_house, CANDIDATE) as phone:
        page = exams.door(phone)
        exams.begin(page)
        sheet = page.url
        phone.set_offline(True)
        chosen = {exams.number(page, n): exams.choose(page, n, n) for n in range(2)}
        exams.expect_state(page, "offline")
        phone.set_offline(False)

        # On a page beside, which does not hold the stores open, while the sitting's own is gone.
        page.goto("/ujian/latihan/")
        page.route("**/brankas/**", lambda route: route.abort())
        page.evaluate(WIPE[store])
        page.goto(sheet)
        exams.at_the_paper(page)

        assert exams.checked(page) == chosen
        page.unroute("**/brankas/**")
        exams.arrive(page)
        assert exams.held(phone, exams.ref_of(page)) == chosen


def test_a_store_wiped_under_the_open_page_is_filled_up_again(
    chromium: Browser, own_house: House
) -> None:
    with houses.entered(chromium, own_house, CANDIDATE) as phone:
        page = exams.door(phone)
        exams.begin(page)
        chosen = {exams.number(page, 0): exams.choose(page, 0, 0)}

        page.evaluate(WIPE["idb"])
        chosen[exams.number(page, 1)] = exams.choose(page, 1, 1)
        exams.arrive(page)

        # What went wrong with the device stands in its chain, as a fact.
        assert exams.held(phone, exams.ref_of(page)) == chosen
        page.reload()
        exams.at_the_paper(page)
        assert exams.checked(page) == chosen


def test_a_reply_lost_after_the_server_wrote_changes_nothing(
    chromium: Browser, own_house: House
) -> None:
    with houses.entered(chromium, own_house, CANDIDATE) as phone:
        page = exams.door(phone)
        exams.begin(page)
        exams.arrive(page)
        lost: list[int] = []

        def lose(route: Route) -> None:
            lost.append(route.fetch().status)
            route.abort()

        page.route("**/brankas/simpan", lose, times=2)
        chosen = {exams.number(page, 0): exams.choose(page, 0, 1)}
        page.evaluate("dispatchEvent(new Event('online'))")
        exams.expect_state(page, "sent")

        assert lost == [200, 200]
        assert exams.held(phone, exams.ref_of(page)) == chosen


@pytest.mark.parametrize("status", [413, 400, 503])
def test_what_the_server_refuses_is_sent_another_way(
    chromium: Browser, own_house: House, status: int
) -> None:
    with houses.entered(chromium, own_house, CANDIDATE) as phone:
        page = exams.door(phone)
        exams.begin(page)
        exams.arrive(page)
        sent: list[tuple[int, int]] = []

        def refuse(route: Route) -> None:
            body = route.request.post_data_json
            sent.append((body["first"], len(body["links"])))
            headers = {"Retry-After": "1"} if status == 503 else {}
            if len(sent) == 1:
                route.fulfill(status=status, body='{"error":"test"}', headers=headers)
            else:
                route.continue_()

        chosen = {exams.number(page, n): exams.choose(page, n, 0) for n in range(2)}
        page.route("**/brankas/simpan", refuse)
        page.evaluate("dispatchEvent(new Event('online'))")
        expect(page.locator("[data-x-saved]")).not_to_have_attribute("data-state", "sent")
        exams.expect_state(page, "sent")

        first, again = sent[0], sent[1]
        halved = (first[0], (first[1] + 1) // 2)
        assert {413: again == halved, 400: again[0] == 1, 503: again[0] == first[0]}[status], sent
        assert exams.held(phone, exams.ref_of(page)) == chosen


def test_a_receipt_that_was_not_signed_lets_nothing_go(chromium: Browser, own_house: House) -> None:
    with houses.entered(chromium, own_house, CANDIDATE) as phone:
        page = exams.door(phone)
        exams.begin(page)
        exams.arrive(page)

        def forge(route: Route) -> None:
            said = route.fetch().json()
            text = said["receipt"]
            said["receipt"] = text[:-4] + ("AAAA" if text[-4:] != "AAAA" else "BBBB")
            route.fulfill(json=said)

        page.route("**/brankas/simpan", forge)
        exams.choose(page, 0, 0)
        page.evaluate("dispatchEvent(new Event('online'))")
        exams.expect_state(page, "offline")

        page.unroute("**/brankas/simpan")
        exams.expect_state(page, "sent")


def test_who_comes_before_the_hour_waits_on_the_page_and_is_let_in(
    chromium: Browser, own_house: House
) -> None:
    with houses.entered(chromium, own_house, CANDIDATE) as phone:
        page = exams.door(phone)
        page.route(
            "**/brankas/buka",
            lambda route: route.fulfill(status=425, json={"wait": 2500}),
            times=1,
        )

        page.locator("[data-x-to-sheet]").click()
        page.locator("[data-x-begin]:enabled").click()

        expect(page.locator("[data-x-wait]")).to_contain_text("0.0")
        exams.at_the_paper(page)


def test_another_device_goes_on_with_the_same_answers(chromium: Browser, own_house: House) -> None:
    with (
        houses.entered(chromium, own_house, CANDIDATE) as phone,
        houses.entered(chromium, own_house, CANDIDATE, width=1280) as laptop,
    ):
        page = exams.door(phone)
        ref = exams.ref_of(page)
        exams.begin(page)
        first = {exams.number(page, n): exams.choose(page, n, 1) for n in range(2)}
        exams.arrive(page)

        # 1. There it goes on where it was, in the same order; an answer may be changed there.
        there = exams.door(laptop)
        exams.begin(there)
        assert exams.checked(there) == first
        assert exams.number(there, 0) == exams.number(page, 0)
        second = first | {exams.number(there, 0): exams.choose(there, 0, 2)}
        exams.arrive(there)
        assert exams.held(phone, ref) == second

        # 2. Back on the first device, what was done elsewhere is taken over.
        page.reload()
        exams.at_the_paper(page)
        assert exams.checked(page) == second

        # 3. A second tab on one device: the first one steps back, and takes over when asked to.
        tab = phone.new_page()
        tab.goto(page.url)
        exams.at_the_paper(tab)
        page.locator("[data-x-here]").click()
        exams.at_the_paper(page)
        assert exams.checked(page) == second
        assert tab.locator("[data-x-here]").is_visible()
