"""Is an essay kept while it is written, through a killed tab and no line, handed in by frames, and marked?"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, expect

from kompeten.exams.rules import handfile
from tests.browser import exams, looks
from tests.browser import house as houses
from tests.browser.house import House

ROOT = Path(__file__).parents[2]
TEXT = "Tujuan: “kemandirian” keluarga Bu R. 🙂"
MORE = "\nLangkah pertama: asesmen."
SETTING = """
import os, random, json
from datetime import timedelta
os.environ["DJANGO_SETTINGS_MODULE"] = "kompeten.config.settings"
import django
django.setup()
from kompeten.exams import actions
from kompeten.exams.actions import marking, scoring
from kompeten.exams.models import Entry, Marking, Score, Script
from kompeten.foundation import clock
from kompeten.kernel.actors import SYSTEM
from kompeten.kernel.roles import Role
from kompeten.people import queries as people
rng, at = random.Random(4), clock.now()
"""
# A scheme that asks for one essay, and somebody with a seat in an exam of it that is open now.
SEATED = """
from kompeten.ops.walk.cast import PASSWORD
from kompeten.people.models import Account
from tests.make import applications, essays, exams
held = essays.sitting(essays=1, opens_at=at - timedelta(minutes=5), closes_at=at + timedelta(hours=3))
entry, candidate = exams.one_seated(4001, held=held)
exams.opened(held)
account = Account.objects.get(pk=candidate.account_id)
account.email = "esai@peragaan.example"
account.set_password(PASSWORD)
account.save()
print(entry.ref)
"""
MARKED = """
entry = Entry.objects.select_related("sitting").get(ref="{ref}")
at = entry.sitting.closes_at + timedelta(hours=2)
actions.drain_all(at=at)
if entry.sitting.state != "closed":
    actions.close_sitting(entry.sitting, by=SYSTEM, at=at)
while scoring.score_next(at=at, rng=rng) or marking.assign(by=SYSTEM, at=at, seed=1, rng=rng):
    pass
for one in Marking.objects.filter(script__entry=entry).select_related("script__entry"):
    actor = next(a for a in people.accounts_with(Role.ASSESSOR, at=at) if a.person_id == one.assessor_id)
    actions.mark(one, points=15, note="Tujuan jelas.", by=actor, at=at)
marking.settle(by=SYSTEM, at=at, seed=1, rng=rng)
scoring.score_next(at=at, rng=rng)
score = Score.objects.get(entry=entry)
print(json.dumps([score.points, score.out_of, Script.objects.get(entry=entry).text]))
"""


def run(house: House, body: str, *, ref: str = "") -> str:
    done = subprocess.run(
        [sys.executable, "-c", (SETTING + body).format(ref=ref)],
        env=houses.environment(house.folder),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def essay(page: Page) -> Any:
    """Go to the essay, which stands last, and return its field."""
    exams.at_the_paper(page)
    place = page.locator("[data-x-item]").count()
    page.locator("[data-x-overview] summary").click()
    page.locator(f"[data-x-numbers] [data-x-go='{place}']").click()
    return page.locator("[data-x-area]")


def kept(page: Page) -> None:
    expect(page.locator(".x-essay")).to_have_attribute("data-state", "kept")


def test_an_essay_through_killed_tab_and_no_line_to_its_points(
    chromium: Browser, own_house: House
) -> None:
    ref = run(own_house, SEATED).split()[-1]
    with houses.entered(chromium, own_house, "esai") as phone:
        page = phone.new_page()
        page.goto(f"/ujian/{ref}/")
        exams.prepare(page)
        exams.begin(page)
        sheet = page.url
        page.set_viewport_size({"width": 320, "height": 640})

        # 1. Written, and called kept only once it is; it fits a small phone.
        area = essay(page)
        area.fill(TEXT)
        expect(page.locator(".x-essay")).to_have_attribute("data-state", "writing")
        kept(page)
        assert list(looks.faults(page)) == []
        exams.arrive(page)

        # 2. Without a line, and the tab killed: what was kept is there again.
        phone.set_offline(True)
        area.fill(TEXT + MORE)
        kept(page)
        page.close()
        page = phone.new_page()
        page.goto(sheet)
        area = essay(page)
        expect(area).to_have_value(TEXT + MORE)
        area.press("End")
        area.fill(TEXT + MORE + " Lalu rujukan.")

        # 3. Handed in without a line: the whole record first, and the file of it has the text.
        exams.hand_in(page)
        page.locator("[data-x-arrival=waiting]").wait_for(timeout=40_000)
        expect(page.locator("[data-x-hand=whole-way] h3 [data-x-partial]")).to_be_visible()
        with page.expect_download() as caught:
            page.locator("[data-x-hand=save]").click()
        content = caught.value.path().read_bytes()

    with houses.entered(chromium, own_house, "koordinator") as office:
        desk = office.new_page()
        desk.goto("/kantor/ujian/terima/")
        desk.locator("[name=teks]").fill("\n".join(handfile.cut(content)))
        desk.evaluate("document.querySelector('[data-x-brought]').requestSubmit()")
        desk.locator("#tanda-terima").wait_for()
        assert desk.locator(".x-words span").count() == 4

    points, out_of, text = json.loads(run(own_house, MARKED, ref=ref).splitlines()[-1])
    assert (points, out_of, text) == (15, 120, TEXT + MORE + " Lalu rujukan.")
