"""Does a shared phone keep no exam longer than it must, and does no page of another network break one?"""

from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, Request, Route, expect

from tests.browser import exams, looks
from tests.browser import house as houses
from tests.browser.exams import CANDIDATE
from tests.browser.house import House

PORTAL = "<!doctype html><title>Hotel</title><form>Masuk ke WiFi</form>"
LYING = """async () => {
  const asked = indexedDB.open("ujian", 1);
  const db = await new Promise((done) => { asked.onsuccess = () => done(asked.result); });
  const keys = await new Promise((done) => {
    const found = db.transaction("lines").objectStore("lines").getAllKeys();
    found.onsuccess = () => done(found.result.map(([name]) => name));
  });
  db.close();
  const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle("ujian");
  for await (const name of folder.keys()) keys.push(name);
  keys.push(...Object.keys(localStorage).filter((key) => key.split("/").length === 3));
  for (const { url } of await (await caches.open("ujian-paket")).keys()) keys.push(url);
  return keys;
}"""
WIPE_PAPER = """async () => {
  for (const worker of await navigator.serviceWorker.getRegistrations()) await worker.unregister();
  await caches.delete("ujian-paket");
  const asked = indexedDB.open("ujian", 1);
  const db = await new Promise((done) => { asked.onsuccess = () => done(asked.result); });
  const store = db.transaction("lines", "readwrite").objectStore("lines");
  await new Promise((done) => {
    store.openKeyCursor().onsuccess = ({ target: { result } }) => {
      if (!result) return done();
      if (result.key[0].endsWith("/paket")) store.delete(result.key);
      result.continue();
    };
  });
  db.close();
  const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle("ujian");
  for await (const name of folder.keys()) if (name.includes(".paket.")) await folder.removeEntry(name);
}"""


def portal(route: Route) -> None:
    """Answer as a hotel's network does before somebody has logged in."""
    route.fulfill(status=200, content_type="text/html", body=PORTAL)


def beside(phone: BrowserContext) -> Page:
    """Open a page of the exam room that holds nothing of the sitting open."""
    page = phone.new_page()
    page.goto("/ujian/latihan/")
    return page


def test_who_wants_to_takes_the_exam_off_the_phone_once_it_has_arrived(
    chromium: Browser, own_house: House, tmp_path: Path
) -> None:
    with houses.entered(chromium, own_house, CANDIDATE) as phone:
        page = exams.door(phone)
        exams.prepare(page)
        ref = exams.ref_of(page)
        exams.begin(page)
        chosen = {exams.number(page, 0): exams.choose(page, 0, 1)}
        exams.hand_in(page)
        page.locator("[data-x-arrival=arrived]").wait_for()
        assert page.evaluate(LYING)

        # 1. It is asked once, and may be thought better of.
        page.locator("[data-x-remove]").click()
        assert list(looks.faults(page)) == []
        page.locator("[data-x-remove-no]").click()
        assert page.evaluate(LYING)
        page.locator("[data-x-remove]").click()
        page.locator("[data-x-remove-yes]").click()
        expect(page.locator("[data-x-removed]")).to_be_visible()
        assert list(looks.faults(page)) == []

        # 2. Nothing is left, also not after what a page does by itself, and the answers are where they were.
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        page.wait_for_timeout(1500)
        assert page.evaluate(LYING) == []
        assert exams.held(phone, ref) == chosen

        # 3. Loaded again it is the door; the old address says that they arrived, and opens no paper.
        page.reload()
        assert page.url.endswith(f"/ujian/{ref}/")
        page.goto(f"/ujian/{ref}/lembar/")
        page.locator("[data-x-begin]:enabled").click()
        page.locator("[data-x-arrival=arrived]").wait_for()
        assert page.locator("[data-x-item]").count() == 0


def test_the_door_says_what_has_not_arrived_and_sends_it_when_the_sitting_is_over(
    chromium: Browser, own_house: House
) -> None:
    with (
        houses.entered(chromium, own_house, CANDIDATE) as phone,
        houses.entered(chromium, own_house, CANDIDATE) as other,
    ):
        page = exams.door(phone)
        ref, door = exams.ref_of(page), page.url
        exams.begin(page)
        exams.arrive(page)
        phone.set_offline(True)
        chosen = {exams.number(page, 0): exams.choose(page, 0, 0)}
        page.close()
        phone.set_offline(False)

        # 1. Under way: the door of one's own exam says so, and leads on.
        page = phone.new_page()
        page.route("**/brankas/**", lambda route: route.abort())
        page.goto(door)
        page.locator("[data-x-left]").wait_for()
        assert list(looks.faults(page)) == []

        # 2. Handed in without a line, and the page closed: the door sends it as soon as there is one.
        page.locator("[data-x-left-open]").click()
        exams.at_the_paper(page)
        exams.hand_in(page)
        page.locator("[data-x-arrival=sending]").wait_for()
        phone.set_offline(True)
        page.close()
        phone.set_offline(False)
        page = phone.new_page()
        page.goto(door)
        expect(page.locator(".x-left-arrived")).to_be_visible()
        assert list(looks.faults(page)) == []
        assert exams.held(other, ref) == chosen
        page.reload()
        page.wait_for_timeout(1000)
        assert not page.locator("[data-x-left]").is_visible()


def test_a_network_that_answers_everything_with_its_own_page_takes_no_answer(
    chromium: Browser, own_house: House
) -> None:
    with houses.entered(chromium, own_house, CANDIDATE) as phone:
        said: list[str] = []
        page = exams.door(phone)
        page.on("pageerror", lambda error: said.append(str(error)))
        ref = exams.ref_of(page)
        exams.begin(page)
        exams.arrive(page)

        # 1. What is sent is kept, whatever that network answers; a reload goes on from the device.
        for pattern in ("**/brankas/**", "**/tiket.json", "**/paket/**"):
            page.route(pattern, portal)
        chosen = {exams.number(page, 0): exams.choose(page, 0, 1)}
        page.evaluate("dispatchEvent(new Event('online'))")
        exams.expect_state(page, "offline")
        page.reload()
        exams.at_the_paper(page)
        assert exams.checked(page) == chosen
        chosen[exams.number(page, 1)] = exams.choose(page, 1, 0)
        exams.expect_state(page, "offline")

        # 2. One that answers in JSON, and one that hands over to a page of its own.
        page.unroute("**/brankas/**")
        page.route("**/brankas/**", lambda route: route.fulfill(json={"login": "/wifi"}))
        page.reload()
        exams.at_the_paper(page)
        page.unroute("**/brankas/**")
        page.route(
            "**/brankas/**",
            lambda route: route.fulfill(status=302, headers={"Location": "/ujian/latihan/"}),
        )
        page.reload()
        exams.at_the_paper(page)
        assert exams.checked(page) == chosen

        # 3. Once somebody has logged in there, everything arrives.
        for pattern in ("**/brankas/**", "**/tiket.json", "**/paket/**"):
            page.unroute(pattern)
        exams.arrive(page)
        assert exams.held(phone, ref) == chosen
        assert said == []


def test_a_paper_that_is_gone_keeps_no_answer_back(chromium: Browser, own_house: House) -> None:
    with houses.entered(chromium, own_house, CANDIDATE) as phone:
        page = exams.door(phone)
        ref = exams.ref_of(page)
        exams.begin(page)
        sheet = page.url
        exams.arrive(page)
        phone.set_offline(True)
        chosen = {exams.number(page, 0): exams.choose(page, 0, 1)}
        exams.expect_state(page, "offline")
        page.close()
        phone.set_offline(False)
        page = beside(phone)
        page.evaluate(WIPE_PAPER)
        page.close()

        page = phone.new_page()
        page.route("**/paket/**", lambda route: route.fulfill(status=404))
        page.goto(sheet)

        page.locator("[data-x-stage=stopped] [data-x-arrival=arrived]").wait_for()
        assert not page.locator("[data-x-remove]").is_visible()  # the exam goes on
        assert list(looks.faults(page)) == []
        assert exams.held(phone, ref) == chosen


def test_a_server_that_is_busy_at_the_bell_is_asked_again_by_itself(
    chromium: Browser, own_house: House
) -> None:
    with houses.entered(chromium, own_house, CANDIDATE) as phone:
        page = exams.door(phone)
        page.route(
            "**/brankas/buka",
            lambda route: route.fulfill(status=503, headers={"Retry-After": "2"}, body="{}"),
            times=2,
        )

        page.locator("[data-x-to-sheet]").click()
        page.locator("[data-x-begin]:enabled").click()

        expect(page.locator("[data-x-wait]")).to_contain_text("0.0")
        assert page.locator("[data-x-begin]").is_disabled()
        assert list(looks.faults(page)) == []
        exams.at_the_paper(page)


def test_who_only_reads_is_heard_of_and_the_page_says_nothing_new(
    chromium: Browser, own_house: House
) -> None:
    with houses.entered(chromium, own_house, CANDIDATE) as phone:
        page = exams.door(phone)
        page.clock.install()
        exams.begin(page)
        exams.choose(page, 0, 1)
        exams.arrive(page)
        heard = "document.querySelector('[data-x-heard]').textContent"
        said = page.evaluate(heard)

        def is_sign(request: Request) -> bool:
            body = request.post_data_json if request.url.endswith("/simpan") else None
            return bool(body) and "b" in [link[0] for link in body["links"]]

        with page.expect_request(is_sign):
            page.clock.fast_forward(130_000)

        exams.expect_state(page, "sent")
        assert page.evaluate(heard) == said
