"""Do the client's modules do in a real browser what the protocol says? Chains, clock, stores, codes."""

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from kompeten.exams.rules import edits
from tests.faces.examroom.browsers import MODULES

VECTORS = json.loads(
    (Path(__file__).parents[3] / "make" / "chain_vectors.json").read_text(encoding="utf-8")
)
KB = 1024
HAND_IN = (
    "base45.js",
    "brought.js",
    "code.js",
    "frames.js",
    "handin.js",
    "qr.js",
    "qr_modules.js",
    "brought.js",
)
BESIDE = (
    "checks.js",
    "demo.js",
    "door.js",
    "practice.js",
    "clear.js",
    "left.js",
)  # before and after


def run(page: Page, body: str, *given: Any) -> Any:
    """Return what the body of an async function comes to; modules come by `use("chain")`."""
    return page.evaluate(
        f"async (given) => {{ const use = (name) => import(`/${{name}}.js`); {body} }}", list(given)
    )


def test_a_chain_has_the_same_bytes_as_on_the_server(page: Page) -> None:
    found = run(
        page,
        """const { Chain, root } = await use("chain"); const { hex } = await use("sha256");
        return given[0].map((said) => {
          const chain = new Chain(said);
          const start = chain.head;
          said.links.forEach((link) => chain.add(link));
          return { root: start, hashes: said.links.map((_, n) => chain.hashAt(n + 1)) };
        });""",
        VECTORS["chains"],
    )

    assert found == [{"root": v["root"], "hashes": v["hashes"]} for v in VECTORS["chains"]]


def test_a_hash_is_what_the_browser_itself_reckons(page: Page) -> None:
    differing = run(
        page,
        """const { ascii, hex, hmac, sha256 } = await use("sha256");
        const wrong = [];
        for (const length of [0, 1, 55, 56, 63, 64, 65, 119, 120, 1000, 70000]) {
          const bytes = crypto.getRandomValues(new Uint8Array(Math.min(length, 65536)));
          const own = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
          if (hex(own) !== hex(sha256(bytes))) wrong.push(length);
          const raw = bytes.length ? bytes : ascii("k");
          const how = { name: "HMAC", hash: "SHA-256" };
          const key = await crypto.subtle.importKey("raw", raw, how, false, ["sign"]);
          const signed = new Uint8Array(await crypto.subtle.sign("HMAC", key, ascii("abc")));
          if (hex(signed) !== hex(hmac(raw, ascii("abc")))) wrong.push(-length);
        }
        return wrong;""",
    )

    assert differing == []


def test_a_changed_or_torn_line_ends_what_is_believed(page: Page) -> None:
    found = run(
        page,
        """const { Chain } = await use("chain");
        const chain = new Chain({ attempt: "0123456789" });
        for (let n = 1; n <= 5; n++) chain.add(["a", n, "b", n, n]);
        const count = (lines) => Chain.read(lines, "0123456789")?.length ?? null;
        const changed = [...chain.lines]; changed[3] = changed[3].replace('"b"', '"c"');
        const torn = [...chain.lines]; torn[5] = torn[5].slice(0, 20);
        const without = chain.lines.filter((_, n) => n !== 2);
        return [chain.lines, changed, torn, without, ["{"], []].map(count)
          .concat(Chain.read(chain.lines, "ZZZZZZZZZZ"));""",
    )

    assert found == [5, 2, 4, 1, None, None, None]


def test_answers_stand_as_the_chains_go_on_from_one_another(page: Page) -> None:
    found = run(
        page,
        """const { Chain, standing } = await use("chain");
        const a = new Chain({ attempt: "A", base: { 9: "d" } });
        a.add(["a", 1, "a", 1, 1]);
        const b = new Chain({ attempt: "A", parent: a.place });
        a.add(["a", 1, "c", 2, 2]);            // a other tab went on there: not what b saw
        b.add(["a", 2, "b", 1, 1]); b.add(["a", 9, "", 1, 1]);
        return standing([a, b], b);""",
    )

    assert found == {"1": "a", "2": "b", "9": ""}


def test_texts_come_to_the_same_as_on_the_server(page: Page) -> None:
    found = run(
        page,
        """const { fold } = await use("edits"); return given[0].map(({ edits }) => fold(edits));""",
        VECTORS["texts"],
    )

    assert found == [vector["text"] for vector in VECTORS["texts"]]


def test_changes_are_small_whole_and_never_cut_a_sign(page: Page) -> None:
    made = run(
        page,
        """const { difference, fold } = await use("edits");
        let seed = 7;
        const draw = (n) => (seed = (seed * 48271) % 2147483647) % n;
        const signs = ["a", "b", " ", "é", "“", "🙂", "🙃", "\\n", "👩‍👩‍👧", "x".repeat(200)];
        const texts = [];
        for (let n = 0, text = ""; n < 400; n++) {
          const units = [...text];
          const more = Array.from({ length: draw(5) }, () => signs[draw(signs.length)]);
          units.splice(draw(units.length + 1), draw(4), ...more);
          texts.push((text = units.join("").slice(0, 3000).toWellFormed?.() ?? units.join("")));
        }
        const edits = texts.map((text, n) => difference(texts[n - 1] ?? "", text));
        const told = [];
        const wrong = texts.filter((text, n) => { told.push(...edits[n]); return fold(told) !== text; });
        return [texts, edits, wrong.length];""",
    )
    texts, changes, wrong = made

    assert wrong == 0
    told: list[str] = []
    for text, change in zip(texts, changes, strict=True):
        told += change
        assert edits.fold(told) == text
    assert all(map(edits.is_edit, told))


def test_what_was_written_stands_after_the_page_was_lost(page: Page) -> None:
    found = run(
        page,
        """const { Attempt } = await use("attempt"); const { Chain } = await use("chain");
        const kept = new Map();
        const stores = {
          meta: async () => null, putMeta: async () => {}, names: async () => [...kept.keys()],
          load: async (name, read) => read(kept.get(name)).value,
          append: async (name, line) => { kept.set(name, [...(kept.get(name) ?? []), line]); },
        };
        const clock = { mono: () => 1, wall: () => 1000 + kept.size };
        const load = () => new Attempt({ ref: "0123456789", stores, clock }).load();
        const first = await load(); await first.begin("line", null);
        await first.write(101, "Bu R. datang 🙂"); await first.write(101, "Bu R. datang 🙂 kemarin");
        await first.write(102, "dua");
        const second = await load(); await second.begin("again", null);
        const seen = { ...second.texts };
        await second.write(102, ""); await second.write(101, "x".repeat(900));
        // The page is killed while the last change is being kept: its last part is missing.
        kept.get(`0123456789/${second.chain.chain}`).pop();
        const third = await load(); await third.begin("again", null);
        const elsewhere = await load();
        const heads = [["ff".repeat(8), 3, "0".repeat(64)]];
        await elsewhere.begin("again", { heads, answers: {}, texts: { 101: "lain" } });
        const links = first.chain.links.filter(([kind]) => kind === "e").map((link) => link[2]);
        const fresh = elsewhere.chain.parent === "";
        return [seen, third.texts, elsewhere.texts, fresh, links, third.forHand.partial];""",
    )

    assert found[0] == {"101": "Bu R. datang 🙂 kemarin", "102": "dua"}
    assert found[1] == {"101": "Bu R. datang 🙂 kemarin", "102": ""}
    # An answer from here has not arrived: the person goes on from what this device showed.
    assert (found[2], found[3]) == (found[1], False)
    assert edits.fold(found[4][:2]) == "Bu R. datang 🙂 kemarin"
    assert found[5] is True


def test_a_change_in_parts_stands_in_one_chain(page: Page) -> None:
    found = run(
        page,
        """const { Attempt } = await use("attempt"); const { standingTexts } = await use("chain");
        const stores = { append: async () => {}, putMeta: async () => {} };
        const attempt = new Attempt({ ref: "0123456789", stores, clock: { mono: () => 1, wall: () => 1 } });
        await attempt.begin("line", null);
        await attempt.write(101, "awal");
        while (attempt.chain.length < 3998) attempt.record("a", 1, "a");
        await attempt.write(101, "z".repeat(1500));
        return [attempt.chains.map((chain) => chain.length), standingTexts(attempt.chains, attempt.chain)];""",
    )

    assert found == [[3998, 5], {"101": "z" * 1500}]


def test_the_clock_notes_jumps_and_stand_stills_and_shows_the_servers_time(page: Page) -> None:
    found = run(
        page,
        """const { Clock, endsAt } = await use("clock");
        let mono = 1000, wall = 5_000_000;
        const noted = [];
        const clock = new Clock({ note: (...what) => noted.push(what), mono: () => mono, wall: () => wall });
        const pass = (m, w = m) => { mono += m; wall += w; clock.tick(); };
        pass(1000);
        const unanchored = clock.now() - wall;
        clock.anchor(9_000_000, 1500);          // sent at 1500
        clock.anchor(9_000_900, 2000);          // slower: not taken
        const anchored = clock.now() - (9_000_000 + mono - 1500);
        pass(1000, 3_601_000);                  // somebody sets the clock an hour ahead
        const jumped = clock.isAnchored;
        clock.anchor(9_002_000, mono);
        pass(1000, -3_599_000);                 // and back: mono still tells the time
        const back = clock.now();
        pass(61_000);                           // the page stood still
        const ends = endsAt({ opened: 0, minutes: 90, closes: 60_000 * 80, extra: 10 });
        return { noted, unanchored, anchored, jumped, back, ends };""",
    )

    assert found == {
        "noted": [["c", "3600000"], ["c", "-3600000"], ["s", "61000"]],
        "unanchored": 0,
        "anchored": 0,
        "jumped": False,
        "back": 9_003_000,
        "ends": 90 * 60_000,
    }


STORES = """const { Stores } = await use("stores");
  const troubles = [];
  const open = () => Stores.open({ opfs: "/opfs.js", trouble: (...what) => troubles.push(what) });
"""


def test_a_line_is_in_both_stores_before_it_counts_as_kept(page: Page) -> None:
    found = run(
        page,
        STORES
        + """const stores = await open();
        const count = await stores.append("A/c1", "one");
        await stores.append("A/c1", "two");
        const read = await Promise.all(stores.places.map((place) => place.store.read("A/c1")));
        return { count, read, working: stores.working, names: await stores.names("A"), troubles };""",
    )

    assert found == {
        "count": 2,
        "read": [["one", "two"]] * 2,
        "working": ["idb", "opfs"],
        "names": ["A/c1"],
        "troubles": [],
    }


@pytest.mark.parametrize("lost", ["idb", "opfs"])
def test_what_one_store_lost_comes_back_from_the_other(page: Page, lost: str) -> None:
    wipe = {
        "idb": """const asked = indexedDB.deleteDatabase("ujian");
          await new Promise((done) => { asked.onsuccess = done; asked.onblocked = done; });""",
        "opfs": """const root = await navigator.storage.getDirectory();
          await root.removeEntry("ujian", { recursive: true });""",
    }
    run(
        page,
        STORES
        + """const { Chain } = await use("chain");
        const chain = new Chain({ attempt: "A", chain: "00112233445566aa" });
        const stores = await open();
        await stores.append("A/00112233445566aa", chain.heading);
        for (let n = 1; n < 4; n++) {
          chain.add(["a", n, "b", n, n]);
          await stores.append("A/00112233445566aa", chain.line(n));
        }""",
    )
    page.goto("/")
    run(page, wipe[lost])
    page.goto("/")

    found = run(
        page,
        STORES
        + """const { Chain } = await use("chain");
        const read = (lines) => {
          const value = Chain.read(lines, "A");
          return { value, weight: value?.length ?? -1, lines: value?.lines };
        };
        const stores = await open();
        const names = await stores.names("A");
        const chain = await stores.load(names[0], read);
        await Promise.all(stores.places.map((place) => place.tail));
        const left = await Promise.all(stores.places.map(({ store }) => store.read(names[0])));
        return { names, length: chain.length, counts: left.map((lines) => lines.length) };""",
    )

    assert found == {"names": ["A/00112233445566aa"], "length": 3, "counts": [4, 4]}


def test_a_full_store_is_told_of_and_filled_up_when_it_has_room_again(page: Page) -> None:
    found = run(
        page,
        STORES
        + """const stores = await open();
        await stores.append("A/c", "one");
        const { store } = stores.places[0];
        const { append, replace } = store;
        store.append = store.replace = () => Promise.reject(new DOMException("", "QuotaExceededError"));
        const during = await stores.append("A/c", "two");
        Object.assign(store, { append, replace });
        stores.places[0].again = 0;
        const after = await stores.append("A/c", "three");
        return { during, after, read: await store.read("A/c"), troubles, working: stores.working };""",
    )

    assert found == {
        "during": 2,  # the other one, and the small one that came in
        "after": 3,
        "read": ["one", "two", "three"],
        "troubles": [["idb", "QuotaExceededError"]],
        "working": ["idb", "opfs", "local"],
    }


def test_where_no_store_works_that_is_said(page: Page) -> None:
    found = run(
        page,
        STORES
        + """const refuse = { label: "none", open: () => Promise.reject(new DOMException("", "SecurityError")) };
        Storage.prototype.setItem = () => { throw new DOMException("", "SecurityError"); };
        const stores = new Stores({ places: [refuse, { ...refuse }], trouble: (...what) => troubles.push(what) });
        const kept = await stores.append("A/c", "one").then(() => "kept", (problem) => problem.constructor.name);
        return { kept, working: stores.working };""",
    )

    assert found == {"kept": "NotKept", "working": []}


def test_a_store_that_wakes_up_while_the_page_writes_loses_no_line(page: Page) -> None:
    found = run(
        page,
        STORES
        + """const stores = await open();
        const wrote = [];
        for (let n = 0; n < 60; n++) {
          wrote.push(stores.append("A/c", `line ${n}`));
          if (n === 20) stores.places[0].store.db.close();
          if (n === 40) stores.places[0].again = 0;
        }
        await Promise.all(wrote);
        stores.places[0].again = 0;
        await stores.append("A/c", "last");
        const read = await Promise.all(stores.places.map((place) => place.store.read("A/c")));
        return read.map((lines) => [lines.length, lines.every((line, n) => n === 60 || line === `line ${n}`)]);""",
    )

    assert found == [[61, True]] * len(found)


def test_a_code_is_read_as_people_write_it(page: Page) -> None:
    found = run(
        page,
        """const { readCode } = await use("package");
        return ["0k3f9-qwert", " ok3f9 qwert ", "OK3F9.QWERT", "il3f9 qwert", "short", ""].map(readCode);""",
    )

    assert found == ["0K3F9QWERT"] * 3 + ["113F9QWERT", "SH0RT", ""]


def test_the_client_can_be_read_in_one_sitting() -> None:
    modules = {path.name: path.read_text() for path in MODULES.glob("*.js")}
    own = {name: text for name, text in modules.items() if name not in HAND_IN}
    sitting = {name: text for name, text in own.items() if name not in BESIDE}

    assert [name for name, text in own.items() if len(text.splitlines()) > 250] == []
    assert sum(map(len, sitting.values())) < 86 * KB  # essays and signs of life with it
