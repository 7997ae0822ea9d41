"""Two candidates in turn at one phone: does the second find anything of the first?"""

import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser import house as houses
from tests.browser import looks, phones
from tests.browser.house import House
from tests.browser.test_listed import looked_at
from tests.make import photos

SECRET = "Jalan Rahasia 77"
KEPT = """async () => {
  const bases = await indexedDB.databases();
  if (!bases.some(({name}) => name === 'kompeten-kiriman')) return [];
  const base = await new Promise((done) => {
    const opened = indexedDB.open('kompeten-kiriman');
    opened.onsuccess = () => done(opened.result);
  });
  const all = await new Promise((done) => {
    const asked = base.transaction('entries').objectStore('entries').getAll();
    asked.onsuccess = () => done(asked.result);
  });
  base.close();
  return all.map(({who}) => who);
}"""
# htmx notes at which page one is, sooner or later than the page clears what is left: that is nobody's secret.
BY_TYPE = """() => [...Object.entries(sessionStorage), ...Object.entries(localStorage)]
  .filter(([_, said]) => said !== location.pathname + location.search).map(([name]) => name)"""


@dataclass(frozen=True)
class Candidate:
    """Somebody on the sponsor's list: name, reference of the application, and the code of their link."""

    name: str
    ref: str
    code: str


def candidates(page: Page, count: int) -> list[Candidate]:
    """Return people of a list whose links tell a code."""
    page.goto("/saya/kolektif/")
    found: list[Candidate] = []
    links = page.locator("main a[href^='/saya/kolektif/']").all()
    homes = sorted({a.get_attribute("href") or "" for a in links})
    for home in (h for h in homes if re.fullmatch(r"/saya/kolektif/[0-9A-Z]{10}/", h)):
        page.goto(f"{home}?posisi=confirm")
        rows = page.locator("main tr:has(a[href^='/saya/bantu/'])")
        for n in range(rows.count()):
            page.goto(f"{home}?posisi=confirm")
            row = rows.nth(n)
            begin = row.locator("a[href^='/saya/bantu/']").get_attribute("href") or ""
            name = row.locator("th").inner_text().splitlines()[0].strip()
            row.locator("form button, a[href*='/undangan/']").first.click()
            page.wait_for_load_state()
            code = page.locator(".k-secret")
            if code.count():
                found.append(
                    Candidate(name, begin.rstrip("/").rpartition("/")[2], code.inner_text())
                )
            if len(found) == count:
                return found
    raise AssertionError(f"the walk left {len(found)} people to confirm")


def begin(page: Page, who: Candidate) -> None:
    """Let the candidate show that it is they."""
    page.goto(f"/saya/bantu/{who.ref}/")
    looked_at(page, "bantu-mulai")
    page.check("input[name=setuju]")
    page.fill("input[name=kode]", who.code)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url(f"**/saya/permohonan/{who.ref}/")


def end(page: Page) -> None:
    """Press the button of the banner."""
    page.once("dialog", lambda dialog: dialog.accept())
    page.locator(".k-helped button").click()
    page.wait_for_url("**/bantu/usai/")


def photo_that_does_not_arrive(context: BrowserContext, page: Page, who: Candidate) -> None:
    """Take a photo while there is no line, so that it waits on the phone."""
    page.goto(f"/saya/permohonan/{who.ref}/dokumen/")
    page.locator("[data-k-capture]").first.wait_for()
    context.route("**/kiriman/**", lambda route: route.abort("internetdisconnected"))
    code = page.locator("form[data-k-document]").first.get_attribute("data-key") or ""
    phones.choose(page, code.partition("/")[2], photos.photographed(photos.sheet(1), seed=1))
    phones.cut(page)
    phones.send(page)
    expect(page.locator("[data-k-way] [role=status]").first).to_be_visible()


@pytest.mark.parametrize("width", [360, 1280])
def test_two_candidates_in_turn_leave_nothing_behind(
    chromium: Browser, own_house: House, width: int
) -> None:
    with houses.entered(chromium, own_house, "pengusul1", width=width) as context:
        page = context.new_page()
        first, second = candidates(page, 2)
        page.goto("/saya/bantu/")
        looked_at(page, "bantu-daftar")

        begin(page, first)
        looked_at(page, "bantu-permohonan")
        expect(page.locator(".k-helped")).to_contain_text(first.name)
        page.goto(f"/saya/permohonan/{first.ref}/diri/")
        looked_at(page, "bantu-diri")
        page.fill("input[name=address]", SECRET)
        photo_that_does_not_arrive(context, page, first)
        assert page.evaluate(KEPT) == [f"bantuan-{first.ref}"]
        page.goto("/saya/kolektif/")
        looked_at(page, "bantu-tertutup")
        assert page.locator(".k-helped").count() == 1
        page.goto(f"/saya/permohonan/{first.ref}/")
        end(page)
        looked_at(page, "bantu-selesai")

        page.wait_for_function(f"async () => !(await ({KEPT})()).length")
        assert page.evaluate(BY_TYPE) == []
        context.unroute("**/kiriman/**")
        page.go_back()
        page.wait_for_load_state()
        assert page.locator(".k-helped").count() == 0

        begin(page, second)
        page.goto(f"/saya/permohonan/{second.ref}/dokumen/")
        page.locator("[data-k-capture]").first.wait_for()
        assert page.evaluate(KEPT) == []
        assert page.locator("[data-k-way]:not([hidden])").count() == 0
        page.goto(f"/saya/permohonan/{second.ref}/diri/")
        assert SECRET not in page.content()
        for _ in range(8):
            page.go_back()
            page.wait_for_load_state()
            words = page.locator("main").inner_text()
            assert first.name not in words, page.url
            assert SECRET not in page.content()


def test_another_tab_of_the_one_before_closes_with_them(
    chromium: Browser, own_house: House
) -> None:
    with houses.entered(chromium, own_house, "pengusul1") as context:
        page = context.new_page()
        (first,) = candidates(page, 1)
        begin(page, first)
        other = context.new_page()
        other.goto(f"/saya/permohonan/{first.ref}/diri/")
        # Fetched by the page's scripts, so later than they: it quiets the fields and then listens.
        expect(other.locator("main form[autocomplete=off]").first).to_be_visible()

        end(page)

        other.wait_for_url("**/saya/permohonan/**/diri/")
        expect(other.locator(".k-helped")).to_have_count(0)
        assert other.locator("input[name=address]").count() == 0


def test_it_goes_without_javascript(chromium: Browser, own_house: House) -> None:
    with houses.entered(chromium, own_house, "pengusul1", script=False) as context:
        page = context.new_page()
        (first,) = candidates(page, 1)

        begin(page, first)
        expect(page.locator(".k-helped")).to_contain_text(first.name)
        page.locator(".k-helped button").click()

        page.wait_for_url("**/bantu/usai/")
        assert list(looks.faults(page)) == []
