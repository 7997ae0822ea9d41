"""Does a phone say that it is well while its owner reads, and never too often? The real module in Chromium."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.faces.examroom.vaults import ATTEMPT, behind, papers

READER = """
  // The same lots in every run: mulberry32.
  let seed = given[0] ?? 1;
  Math.random = () => {
    seed = (seed + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  const use = (name) => import(`/${name}.js`);
  const names = ["stores", "attempt", "clock", "alive"];
  const [{ Stores }, { Attempt }, { Clock }, { Alive }] = await Promise.all(names.map(use));
  const stores = await Stores.open({ opfs: "/opfs.js" });
  const clock = new Clock();
  const attempt = await new Attempt({ ref: "ABCDEFGH23", stores, clock }).load();
  // The hours of a sitting in a moment: a tick each second, and what comes of it.
  const sat = async ({ minutes, sent = () => false, sync: more = {}, hidden = () => false, over = false }) => {
    let now = 0;
    const at = [];
    const nudge = () => { at.push(Math.round(now / 1000)); sync.last = now; };
    const sync = { pending: 0, failures: 0, last: -Infinity, nudge, ...more };
    const left = () => (over ? 0 : minutes * 60_000 - now);
    const alive = new Alive({ attempt, sync, left, now: () => now, isHidden: () => hidden(now / 1000) });
    for (let second = 0; second < minutes * 60; second++) {
      now = second * 1000;
      if (sent(second)) sync.last = now;
      await alive.tick();
    }
    return at;
  };
  if (!attempt.hasBegun) await attempt.begin("line", null);
"""


def run(page: Page, body: str, *given: Any) -> Any:
    """Return what the body of an async function comes to, a reader before it."""
    return page.evaluate(f"async (given) => {{ {READER} {body} }}", list(given))


@pytest.mark.parametrize("seed", range(4))
def test_who_only_reads_is_heard_of_every_other_minute_and_sixty_times_at_most(
    page: Page, seed: int
) -> None:
    at = run(page, "return sat({ minutes: 90 });", seed)

    pauses = [later - sooner for sooner, later in zip([0, *at], at, strict=False)]
    assert 50 <= len(at) <= 60
    assert min(pauses) >= 67
    assert max(pauses) <= 250
    assert len(set(pauses)) > 20  # each time by another lot


@pytest.mark.parametrize("seed", range(4))
def test_in_a_long_sitting_they_last_until_its_end(page: Page, seed: int) -> None:
    at = run(page, "return sat({ minutes: 180 });", seed)

    pauses = [later - sooner for sooner, later in zip([0, *at], [*at, 180 * 60], strict=True)]
    assert len(at) <= 60
    assert max(pauses[:-1]) <= 251
    assert max(pauses) < 300  # what the boards take for silence


def test_who_answers_is_heard_of_by_that_alone(page: Page) -> None:
    at = run(page, "return sat({ minutes: 90, sent: (second) => second % 60 === 0 });")

    assert at == []


def test_nothing_is_said_where_it_would_not_be_true_or_not_arrive(page: Page) -> None:
    found = run(
        page,
        """const hiddenFor = (from, until) => (second) => second >= from && second < until;
        return {
          waiting: await sat({ minutes: 10, sync: { pending: 1 } }),
          failing: await sat({ minutes: 10, sync: { failures: 1 } }),
          over: await sat({ minutes: 10, over: true }),
          hidden: (await sat({ minutes: 30, hidden: hiddenFor(60, 1200) })).filter((at) => at > 180 && at < 1200),
          shown: (await sat({ minutes: 30, hidden: hiddenFor(60, 1200) })).some((at) => at >= 1200),
        };""",
    )

    assert found == {"waiting": [], "failing": [], "over": [], "hidden": [], "shown": True}


def test_a_reload_does_not_begin_to_count_anew(page: Page) -> None:
    first = run(page, "return sat({ minutes: 45 });")
    page.reload()
    second = run(page, "return sat({ minutes: 90 });")

    assert len(first) + len(second) <= 60


def test_a_sign_of_life_arrives_under_a_receipt_and_says_nothing_of_the_paper(
    page: Page, tmp_path: Path
) -> None:
    with behind(page, tmp_path) as vault:
        found = run(
            page,
            """const { Sync } = await use("sync");
            const { keysOf } = await use("line");
            const { Status } = await use("status");
            const url = "/ujian/brankas/";
            await attempt.keep({ ticket: given[1] });
            const sync = new Sync({ url, keys: keysOf(url, []), work: attempt, clock, tell() {} });
            await attempt.record("a", 3, "c");
            await sync.flush();
            await attempt.record("b");
            const status = new Status(attempt);
            const waiting = [sync.pending, status.pending];
            await sync.flush();
            const done = attempt.acknowledged(attempt.chain);
            return { waiting, pending: sync.pending, done, answers: attempt.answers };""",
            1,
            papers(),
        )

        assert found == {"waiting": [1, 0], "pending": 0, "done": 3, "answers": {"3": "c"}}
        assert [link[0] for link in vault.links(ATTEMPT)] == ["o", "a", "b"]
