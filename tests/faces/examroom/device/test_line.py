"""What does a device do with each answer, the server's and those of others? The real modules and intake.

A hotel's log-in page, a proxy, a server that is busy or away: none may be taken for a receipt, none may
take a link, and when the real server answers again everything arrives.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.template.loader import get_template
from playwright.sync_api import Page, Route

from kompeten.foundation import clock
from kompeten.web.examroom.intake import Allowances
from tests.faces.examroom.vaults import Vault, behind, papers

PORTAL = "<!doctype html><title>Hotel</title><form>Masuk ke WiFi</form>"
HTML = {"content_type": "text/html", "body": PORTAL}
DEVICE = """
  const use = (name) => import(`/${name}.js`);
  const names = ["stores", "attempt", "clock", "sync", "line", "opening", "package"];
  const [{ Stores }, { Attempt }, { Clock }, { Sync }, line, { ask }, papers] = await Promise.all(names.map(use));
  const { keysOf, pause } = line;
  const { fetchPackage, fetchTicket } = papers;
  const url = "/ujian/brankas/";
  const stores = await Stores.open({ opfs: "/opfs.js" });
  const clock = new Clock();
  const attempt = await new Attempt({ ref: "ABCDEFGH23", stores, clock }).load();
  await attempt.keep({ ticket: given[0] });
  const told = [];
  const sync = new Sync({ url, keys: keysOf(url, []), work: attempt, clock, tell: (state) => told.push(state) });
  const answered = async (...choices) => {
    if (!attempt.chain) await attempt.begin("line", null);
    for (const [n, choice] of choices.entries()) await attempt.record("a", n + 1, choice);
  };
  const rest = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
  const arrive = async () => {
    for (let n = 0; n < 40 && sync.pending; n++) {
      await sync.flush();
      await rest(50);
    }
    return sync.pending;
  };
  const reason = (promise) => promise.then(() => "fine", (problem) => [problem.reason, problem.after]);
"""


@pytest.fixture
def vault(page: Page, tmp_path: Path) -> Iterator[Vault]:
    """Put the real intake behind the page."""
    with behind(page, tmp_path) as vault:
        yield vault


def run(page: Page, body: str, *given: Any) -> Any:
    """Return what the body of an async function comes to, a device before it."""
    return page.evaluate(f"async (given) => {{ {DEVICE} {body} }}", [papers(), *given])


def later(status: int, seconds: str = "7", body: str = '{"error":"later"}') -> dict[str, Any]:
    """Return an answer that asks to come later."""
    return {"status": status, "headers": {"Retry-After": seconds}, "body": body}


@pytest.mark.parametrize(
    ("lie", "state"),
    [
        ({"status": 200, **HTML}, "offline"),
        ({"status": 302, "headers": {"Location": "/"}}, "offline"),
        ({"status": 307, "headers": {"Location": "/"}}, "offline"),
        ({"status": 200, "body": ""}, "offline"),
        ({"status": 204}, "offline"),
        ({"status": 200, "json": {}}, "offline"),
        ({"status": 200, "json": None}, "offline"),
        ({"status": 200, "json": ["receipt"]}, "offline"),
        ({"status": 200, "json": {"receipt": "ok", "next": "soon", "now": "today"}}, "offline"),
        ({"status": 200, "json": {"receipt": 1, "login": "/wifi"}}, "offline"),
        ({"status": 400, "json": {"error": "message.hash"}}, "unreadable"),
        ({"status": 400, **HTML}, "offline"),
        ({"status": 403, "json": {"error": "ticket.forged"}}, "refused"),
        ({"status": 403, **HTML}, "offline"),
        ({"status": 404, **HTML}, "offline"),
        ({"status": 405, "json": {"error": "method"}}, "offline"),
        ({"status": 410, "json": {"error": "closed"}}, "offline"),
        ({"status": 425, "json": {"wait": 5}}, "offline"),
        ({"status": 511, **HTML}, "offline"),
        (later(429, body='{"error":"attempt.budget"}'), "busy"),
        (later(503), "busy"),
        (later(503, body=PORTAL), "busy"),
        ({"status": 500, **HTML}, "offline"),
        ({"status": 502, **HTML}, "offline"),
        ({"status": 504, "body": ""}, "offline"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_no_answer_but_a_receipt_lets_anything_go(
    page: Page, vault: Vault, lie: dict[str, Any], state: str
) -> None:
    vault.lies = [lie] * 2

    found = run(
        page,
        """await answered("b", "c");
        const sent = await sync.flush();
        await sync.flush();
        const done = attempt.acknowledged(attempt.chain);
        const during = { sent, pending: sync.pending, done, told: told.at(-1) };
        return { during, left: await arrive(), answers: attempt.answers, opened: clock.isAnchored };""",
    )

    during = {"sent": False, "pending": 3, "done": 0, "told": state}
    answers = {"1": "b", "2": "c"}
    assert found == {"during": during, "left": 0, "answers": answers, "opened": True}
    assert [link[:3] for link in vault.links()] == [
        ["o", 0, "line"], ["a", 1, "b"], ["a", 2, "c"],
    ]  # fmt: skip


@pytest.mark.parametrize("body", ['{"error":"message.size"}', PORTAL])
def test_what_is_too_large_goes_in_halves(page: Page, vault: Vault, body: str) -> None:
    vault.lies = [{"status": 413, "body": body}]

    found = run(page, 'await answered(..."abcabca"); await sync.flush(); return arrive();')

    sent = [len(said["links"]) for name, said in vault.heard if name == "simpan"]
    assert found == 0
    assert sent[:3] == [8, 4, 4]


def test_what_a_slow_line_never_carries_whole_goes_in_smaller_parts(
    page: Page, vault: Vault
) -> None:
    found = run(
        page,
        """await answered(...Array(60).fill("a"));
        const real = window.fetch;
        window.fetch = async () => { throw new DOMException("", "TimeoutError"); };
        await sync.flush(); await sync.flush(); await sync.flush();
        window.fetch = real;
        return arrive();""",
    )

    sent = [len(said["links"]) for name, said in vault.heard if name == "simpan"]
    assert found == 0
    assert sent == [16, 32, 13]  # 61, 31, 16 never arrived; what arrives may grow again
    assert len(vault.links()) == 61


def test_an_old_receipt_that_comes_again_lets_nothing_go_and_sets_no_clock(
    page: Page, vault: Vault
) -> None:
    run(page, 'await answered("b"); await arrive();')
    old = json.loads(vault.said[-1][1]) | {"now": 1}
    page.goto("/")
    vault.lies = [{"status": 200, "json": old}] * 3

    found = run(
        page,
        """await attempt.begin("again", null);
        const sent = await sync.flush();
        const other = { sent, offset: clock.offset };
        return { other, left: await arrive() };""",
    )

    assert found == {"other": {"sent": False, "offset": None}, "left": 0}
    assert len(vault.heard) < 12  # it waited in between, and did not ask in a circle


def test_a_receipt_that_says_odd_things_besides_does_no_harm(page: Page, vault: Vault) -> None:
    def odd(route: Route) -> None:
        vault.answer(route)

    page.route("**/simpan", odd)
    found = run(
        page,
        """const real = window.fetch;
        window.fetch = async (...asked) => {
          const said = await (await real(...asked)).json();
          return Response.json({ ...said, now: "late", next: "soon", extra: "many", say: 7 });
        };
        await answered("b");
        const left = await arrive();
        return { left, next: sync.next, now: Number.isFinite(clock.now()), extra: attempt.meta.extra };""",
    )

    assert found == {"left": 0, "next": 5000, "now": True, "extra": 0}


def test_a_proxy_cannot_ask_for_hours(page: Page) -> None:
    asked = ["86400", "7", "-5", "Wed, 21 Oct 2026 07:28:00 GMT", ""]

    found = run(
        page,
        'return given[1].map((text) => pause(new Response("", { headers: { "Retry-After": text } })));',
        asked,
    )

    assert found == [300_000, 7_000, 0, 0, 0]


def test_keys_that_do_not_come_hold_nothing_up(page: Page, vault: Vault) -> None:
    found = run(
        page,
        """const real = window.fetch;
        const odd = ['<html>', 'null', '[]', '{"keys":7}', null];
        const asked = [];
        window.fetch = async (to, how) => {
          if (!to.endsWith("kunci")) return real(to, how);
          asked.push(Boolean(how.signal));
          const text = odd.shift();
          if (text === null) throw new TypeError("Failed to fetch");
          return text === undefined ? real(to, how) : new Response(text);
        };
        await answered("b");
        return { left: await arrive(), asked: asked.slice(0, 6) };""",
    )

    assert found == {"left": 0, "asked": [True] * 6}


def test_the_keys_of_the_package_are_enough(page: Page, vault: Vault) -> None:
    keys = json.loads(run(page, 'return (await fetch(url + "kunci")).text();'))["keys"]
    vault.heard.clear()

    found = run(
        page,
        'sync.keys = keysOf(url, given[1]); await answered("b"); return arrive();',
        keys,
    )

    assert found == 0
    assert [name for name, _ in vault.heard] == ["simpan"]


def test_without_the_short_way_of_waiting_a_request_ends_all_the_same(
    page: Page, vault: Vault
) -> None:
    found = run(
        page,
        """AbortSignal.timeout = undefined;
        const { within } = await use("line");
        const signal = within(20);
        await rest(60);
        await answered("b");
        return { aborted: signal.aborted, left: await arrive() };""",
    )

    assert found == {"aborted": True, "left": 0}


@pytest.mark.parametrize(
    ("lie", "reason"),
    [
        ({"status": 200, **HTML}, ["offline", 0]),
        ({"status": 302, "headers": {"Location": "/"}}, ["offline", 0]),
        ({"status": 200, "json": {}}, ["offline", 0]),
        ({"status": 200, "json": None}, ["offline", 0]),
        ({"status": 200, "json": {"key": "0" * 64, "now": 1}}, ["offline", 0]),
        ({"status": 400, "json": {"error": "message.chain"}}, ["offline", 0]),
        ({"status": 403, "json": {"error": "ticket.forged"}}, ["refused", 0]),
        ({"status": 403, **HTML}, ["offline", 0]),
        ({"status": 410, "json": {"error": "exam.window_is_over"}}, ["over", 0]),
        ({"status": 410, **HTML}, ["offline", 0]),
        ({"status": 413, "json": {"error": "message.size"}}, ["offline", 0]),
        ({"status": 425, "json": {"wait": 4_000}}, ["early", 4_000]),
        ({"status": 425, **HTML}, ["offline", 0]),
        (later(429), ["busy", 7_000]),
        (later(503), ["busy", 7_000]),
        ({"status": 503, **HTML}, ["busy", 0]),
        ({"status": 500, **HTML}, ["offline", 0]),
        ({"status": 502, **HTML}, ["offline", 0]),
    ],
    ids=lambda value: str(value)[:40],
)
def test_what_comes_of_each_answer_at_the_bell(
    page: Page, vault: Vault, lie: dict[str, Any], reason: list[Any]
) -> None:
    vault.lies = [lie]

    found = run(
        page,
        """const first = await reason(ask(attempt, url));
        const anchored = clock.isAnchored;
        return { first, anchored, then: (await ask(attempt, url)).key.length };""",
    )

    assert found == {"first": reason, "anchored": False, "then": 64}


@pytest.mark.parametrize(
    ("lie", "reason"),
    [
        ({"status": 200, **HTML}, ["offline", 0]),
        ({"status": 200, "json": {}}, ["offline", 0]),
        ({"status": 200, "json": {"attempt": "ZZZZZZZZZ9", "ticket": "1", "package": {}}}, ["offline", 0]),
        ({"status": 302, "headers": {"Location": "/"}}, ["login", 0]),
        ({"status": 302, "headers": {"Location": "https://wifi.invalid/"}}, ["offline", 0]),
        ({"status": 401, "json": {}}, ["login", 0]),
        ({"status": 403, "json": {"error": "seat"}}, ["login", 0]),
        ({"status": 404, **HTML}, ["missing", 0]),
        ({"status": 410, "json": {"error": "closed"}}, ["closed", 0]),
        (later(429), ["busy", 7_000]),
        (later(503), ["busy", 7_000]),
        ({"status": 500, **HTML}, ["offline", 0]),
    ],
    ids=lambda value: str(value)[:40],
)  # fmt: skip
def test_what_comes_of_each_answer_for_a_ticket(
    page: Page, lie: dict[str, Any], reason: list[Any]
) -> None:
    page.route("**/tiket.json", lambda route: route.fulfill(**lie))

    assert run(page, 'return reason(fetchTicket("ABCDEFGH23"));') == reason


@pytest.mark.parametrize(
    ("lie", "reason"),
    [
        ({"status": 200, **HTML}, "offline"),
        ({"status": 200, "body": "KPK1 and torn"}, "damaged"),
        ({"status": 404, **HTML}, "offline"),
        ({"status": 502, **HTML}, "offline"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_what_comes_of_each_answer_for_a_package(
    page: Page, lie: dict[str, Any], reason: str
) -> None:
    page.route("**/paket/**", lambda route: route.fulfill(**lie))

    found = run(
        page,
        "return [await reason(fetchPackage(given[0], stores)), await stores.names(given[0].sitting)];",
    )

    assert found == [[reason, 0], []]


def test_minutes_that_were_given_are_not_taken_back_by_a_server_that_does_not_know_yet(
    page: Page,
) -> None:
    found = run(
        page,
        """attempt.answer({ extra: 15, say: "" });
        attempt.answer({ extra: 0, say: "" });
        return attempt.meta.extra;""",
    )

    assert found == 15


def test_who_began_by_a_code_on_a_wrong_clock_counts_from_the_first_contact_on_as_the_server_does(
    page: Page, vault: Vault
) -> None:
    found = run(
        page,
        """clock.wallNow = () => Date.now() - 7_200_000;   // two hours behind
        attempt.codeAt = clock.mono();
        await attempt.keep({ opened: clock.now() });
        const began = Date.now();
        await attempt.begin("code", null);
        const before = Math.abs(attempt.opened - began) < 1000;
        await arrive();
        const after = Math.abs(attempt.opened - began) < 1000;
        const again = await new Attempt({ ref: "ABCDEFGH23", stores, clock }).load();
        const said = await ask(attempt, url);
        const kept = Math.abs(again.meta.opened - attempt.opened) < 1000;  // each contact may better it
        return { before, after, kept, server: Math.abs(said.opened - began) < 1000 };""",
    )

    assert found == {"before": False, "after": True, "kept": True, "server": True}


def test_a_hand_in_is_told_to_another_device_and_void_once_the_seat_is_given_back(
    page: Page, vault: Vault
) -> None:
    told = run(
        page,
        """await answered("b"); await attempt.record("h"); await arrive();
        const said = await ask(attempt, url);
        await attempt.keep({ handed: null, givenBack: said.now + 1 });
        const back = attempt.isHandedIn;
        await attempt.keep({ givenBack: 0 });
        return { handed: said.handed > 0, here: attempt.isHandedIn, back };""",
    )
    since = int(clock.now().timestamp() * 1000)
    vault.desk.allowances = Allowances(since={"ABCDEFGH23": since})
    said = run(page, "return ask(attempt, url);")

    assert told == {"handed": True, "here": True, "back": False}
    assert (said["handed"], said["since"]) == (None, since)
    assert said["opened"] >= since
    assert said["answers"] == {"1": "b"}


@pytest.mark.parametrize(
    ("status", "goes_on"),
    [(200, False), (404, False), (500, False), (502, True), (503, True), (0, True)],
)
def test_a_proxy_without_its_server_does_not_stand_between_the_door_and_the_paper(
    page: Page, status: int, goes_on: bool
) -> None:
    text = Path(get_template("examroom/worker.js").origin.name).read_text()
    for blank in ("kept", "pages", "version"):
        text = text.replace(f"{{{{ {blank} }}}}", "[]")

    led = page.evaluate(
        """async ([text, status]) => {
          const asked = async () => { if (!status) throw new TypeError(); return new Response("", { status }); };
          const door = new Function("self", "fetch", `${text}; return door;`)({ addEventListener() {} }, asked);
          const answer = await door(null, new URL("/ujian/ABCDEFGH23/", location));
          return answer.headers.get("Location")?.endsWith("/ujian/ABCDEFGH23/lembar/") ?? false;
        }""",
        [text, status],
    )

    assert led is goes_on
