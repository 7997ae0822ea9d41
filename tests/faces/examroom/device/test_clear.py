"""What is removed from a shared phone, and what never is? The real modules over Chromium's own stores."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.faces.examroom.vaults import behind, papers

OLD, OTHER = "ABCDEFGH23", "ZYXWVTSRQ9"
DEVICE = """
  const use = (name) => import(`/${name}.js`);
  const names = ["stores", "attempt", "clock", "sync", "line", "clear"];
  const used = await Promise.all(names.map(use));
  const [{ Stores }, { Attempt }, { Clock }, { Sync }, { keysOf }, { clear, forget }] = used;
  const url = "/ujian/brankas/";
  const stores = await Stores.open({ opfs: "/opfs.js" });
  const sit = async (doc, { choices = ["b"], sends = true, handsIn = false, more = {} } = {}) => {
    const clock = new Clock();
    const attempt = await new Attempt({ ref: doc.attempt, stores, clock }).load();
    await attempt.keep({ ticket: doc, ...more });
    await stores.replace(`${doc.sitting}/paket`, ["the paper"]);
    await (await caches.open("ujian-paket")).put(doc.package.url, new Response("the paper"));
    if (!choices.length) return attempt;
    await attempt.begin("line", null);
    for (const [n, choice] of choices.entries()) await attempt.record("a", n + 1, choice);
    if (handsIn) await attempt.record("h");
    const sync = new Sync({ url, keys: keysOf(url, []), work: attempt, clock, tell() {} });
    if (sends) await sync.flush();
    return attempt;
  };
  // Everything that lies here, under whatever name, in whatever place.
  const lying = async () => {
    const db = stores.places[0].store.db;
    const keys = (store) => new Promise((done) => {
      const asked = db.transaction(store).objectStore(store).getAllKeys();
      asked.onsuccess = () => done(asked.result.flat());
    });
    const found = [...(await keys("lines")), ...(await keys("names"))].filter((key) => typeof key === "string");
    const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle("ujian");
    for await (const name of folder.keys()) found.push(name);
    found.push(...Object.keys(localStorage).filter((key) => key.split("/").length === 3));
    const cached = await (await caches.open("ujian-paket")).keys();
    found.push(...cached.map(({ url }) => new URL(url).pathname.split("/").at(-1)));
    return [...new Set(found.map((name) => name.replace("ujian/", "").split(/[./]/)[0]))].sort();
  };
  const days = (count) => Date.now() + count * 86_400_000;
"""


@pytest.fixture(autouse=True)
def _intake(page: Page, tmp_path: Path) -> Iterator[None]:
    """Put the real intake behind the page."""
    with behind(page, tmp_path):
        yield


def run(page: Page, body: str, *given: Any) -> Any:
    """Return what the body of an async function comes to, a device before it."""
    return page.evaluate(f"async (given) => {{ {DEVICE} {body} }}", list(given))


def old(**more: Any) -> dict[str, Any]:
    """Return the papers of a sitting that closed eight days ago."""
    return papers(OLD, over_since_days=8, **more)


def test_what_has_arrived_and_is_long_over_goes_from_every_place(page: Page) -> None:
    found = run(
        page,
        """await sit(given[0]);
        localStorage.setItem(`ujian/${given[0].attempt}/00112233445566aa`, '{"v":1}');
        localStorage.setItem("ujian/huruf", "large");
        const before = await lying();
        const left = await clear(stores);
        return { before, left, after: await lying(), letters: localStorage["ujian/huruf"] };""",
        old(),
    )

    assert found == {
        "before": sorted([OLD, old()["sitting"]]),
        "left": [],
        "after": [],
        "letters": "large",
    }


@pytest.mark.parametrize("sends", [True, False])
def test_nothing_goes_of_which_one_link_has_not_arrived(page: Page, sends: bool) -> None:
    found = run(
        page,
        """const attempt = await sit(given[0], { sends: given[1] });
        if (given[1]) await attempt.record("a", 2, "c");
        const before = await lying();
        const left = await clear(stores, { now: days(400) });
        const forgot = await forget(stores, given[0].attempt);
        return { same: before.join() === (await lying()).join(), left, forgot };""",
        old(),
        sends,
    )

    title = old()["title"]
    left = [{"ref": OLD, "title": title, "unsent": 1 if sends else 2, "over": True}]
    assert found == {"same": True, "left": left, "forgot": False}


@pytest.mark.parametrize("place", ["idb", "opfs", "local"])
def test_a_line_that_lies_in_one_place_only_or_cannot_be_read_has_not_arrived_either(
    page: Page, place: str
) -> None:
    found = run(
        page,
        """const attempt = await sit(given[0]);
        const name = `${attempt.ref}/${attempt.chain.chain}`;
        const [{ store: idb }, { store: opfs }] = stores.places;
        if (given[1] === "idb") await idb.append(name, 3, ["damaged"]);
        if (given[1] === "opfs") await opfs.append(name, 3, ["damaged"]);
        const lines = [...attempt.chain.lines, "damaged"].join("\\n");
        if (given[1] === "local") localStorage.setItem(`ujian/${name}`, lines);
        const left = await clear(stores);
        return { unsent: left.map(({ unsent }) => unsent), lies: (await lying()).includes(attempt.ref) };""",
        old(),
        place,
    )

    assert found == {"unsent": [1], "lies": True}


@pytest.mark.parametrize(
    ("closed", "hands_in", "later", "goes"),
    [
        (6.9, False, 0, False),
        (7.1, False, 0, True),
        (-1, False, 3, False),
        (-1, True, 1.9, False),
        (-1, True, 2.1, True),
        (5, True, 0, False),
    ],
)
def test_the_days_it_stays(
    page: Page, closed: float, hands_in: bool, later: float, goes: bool
) -> None:
    found = run(
        page,
        """await sit(given[0], { handsIn: given[1] });
        await clear(stores, { now: days(given[2]) });
        return lying();""",
        papers(OLD, over_since_days=closed),
        hands_in,
        later,
    )

    assert (found == []) is goes


def test_extra_minutes_and_a_clock_that_was_set_ahead_hold_it_here(page: Page) -> None:
    found = run(
        page,
        """const away = 90 * 86_400_000;
        await sit(given[0], { choices: [], more: { extra: 240 } });
        await clear(stores);
        const extra = await lying();
        const attempt = await sit(given[1], { choices: [] });
        attempt.clock.skew = -away;
        await attempt.keep({});
        await clear(stores, { now: Date.now() + away });
        return { extra, ahead: await lying() };""",
        papers(OLD, over_since_days=7.1),
        papers(OTHER),
    )

    # The first was held by its four hours, and went when the clock said ninety days later.
    assert found == {
        "extra": sorted([OLD, old()["sitting"]]),
        "ahead": sorted([OTHER, old()["sitting"]]),
    }


def test_a_device_that_is_prepared_stays_prepared(page: Page) -> None:
    found = run(
        page,
        "await sit(given[0], { choices: [] }); await clear(stores); return lying();",
        papers(OLD, over_since_days=-3),
    )

    assert found == sorted([OLD, old()["sitting"]])


def test_a_paper_that_another_attempt_needs_stays(page: Page) -> None:
    found = run(
        page,
        """await sit(given[0]);
        await sit(given[1]);
        await clear(stores);
        const shared = await lying();
        await clear(stores, { now: days(9) });
        return { shared, after: await lying() };""",
        old(),
        papers(OTHER, over_since_days=-1),
    )

    assert found == {"shared": sorted([OTHER, old()["sitting"]]), "after": []}


def test_the_attempt_of_the_page_itself_is_left_alone(page: Page) -> None:
    found = run(
        page,
        "await sit(given[0]); await clear(stores, { own: given[0].attempt }); return lying();",
        old(),
    )

    assert found == sorted([OLD, old()["sitting"]])


def test_practice_that_was_broken_off_goes_after_a_day_and_is_nobodys_answer(page: Page) -> None:
    found = run(
        page,
        """const attempt = await new Attempt({ ref: "LATIHAN007", stores, clock: new Clock() }).load();
        await attempt.begin("line", null);
        await attempt.record("a", 1, "a");
        const left = await clear(stores);
        const today = await lying();
        await clear(stores, { now: days(1.1) });
        return { left, today, after: await lying() };""",
    )

    assert found == {"left": [], "today": ["LATIHAN007"], "after": []}


def test_on_request_it_goes_at_once_and_does_not_come_back_by_itself(page: Page) -> None:
    found = run(
        page,
        """const attempt = await sit(given[0], { handsIn: true });
        attempt.isDone = true;
        const gone = await forget(stores, attempt.ref);
        attempt.chain = null;
        await attempt.record("f");
        await attempt.trouble("idb", "AbortError");
        await stores.inspect();
        return { gone, after: await lying(), again: await forget(stores, attempt.ref) };""",
        papers(OLD),
    )

    assert found == {"gone": True, "after": [], "again": True}


def test_a_clearing_that_was_cut_off_is_finished_by_the_next_one(page: Page) -> None:
    found = run(
        page,
        """const attempt = await sit(given[0]);
        const remove = stores.remove.bind(stores);
        stores.remove = async (name) => {
          if (name.endsWith("/meta")) throw new Error("the tab is closed");
          return remove(name);
        };
        await clear(stores).catch(() => {});
        const between = await lying();
        stores.remove = remove;
        return { between, left: await clear(stores), after: await lying() };""",
        old(),
    )

    assert found == {"between": sorted([OLD, old()["sitting"]]), "left": [], "after": []}
