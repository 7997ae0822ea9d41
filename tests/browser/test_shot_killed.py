"""Are photographed pages still there when the battery has been pulled? With a browser of its own, to kill."""

from pathlib import Path

from playwright.sync_api import expect

from tests.browser import phones
from tests.browser.house import House
from tests.browser.test_arriving import expect_arrived
from tests.browser.test_exam_killed import running
from tests.browser.test_shot_kept import (
    CODE,
    SHEETS,
    counted,
    expect_waiting,
    go_on,
    shoot,
    two_pages,
)


def test_a_flat_battery_takes_no_page(own_house: House, tmp_path: Path) -> None:
    (applicant,) = phones.applicants(own_house, 8302)
    address = f"{own_house.url}{applicant.path}"
    with running(tmp_path / "phone", own_house) as (page, kill):
        applicant.enter(page.context, own_house.url)
        page.goto(address)
        two_pages(page)
        shoot(page, SHEETS[2])  # not cut yet
        kill()

    with running(tmp_path / "phone", own_house) as (page, _):
        applicant.enter(page.context, own_house.url)
        page.goto(address)
        expect_waiting(page, "3 halaman dari hari ini menunggu dikirim")
        go_on(page)
        expect(page.locator("dialog.k-shot")).to_have_attribute("data-stage", "edges")
        phones.cut(page)
        phones.send(page)
        expect_arrived(page, CODE)
    (held,) = phones.held(own_house, applicant.ref)
    assert counted(held.content) == 3
