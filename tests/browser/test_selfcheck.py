"""Before any effort: can somebody see their routes on a phone, and go on without typing twice?"""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import house as houses
from tests.browser import looks
from tests.browser.house import House


def fill(page: Page) -> None:
    """Answer as somebody does who has served in two places."""
    page.goto("/cek-syarat/")
    page.get_by_label("Tenaga Kesejahteraan Sosial").check()
    page.fill("[name=born_on]", "1979-05-12")
    page.select_option("[name=stage]", "bachelor")
    page.fill("[name=education]", "S1 Sosiologi, Universitas Indonesia")
    page.get_by_label("Bukan").check()
    page.fill("[name='0-employer']", "Dinas Sosial Kota Bogor")
    page.fill("[name='0-position']", "Pendamping PKH")
    page.fill("[name='0-from_on']", "2019-02-01")
    page.fill("[name='0-hours_a_week']", "38")
    page.get_by_role("button", name="Tambah tugas lain").click()
    page.fill("[name='1-employer']", "LKS Bina Insani")
    page.fill("[name='1-from_on']", "2015-07-01")
    page.fill("[name='1-last_on']", "2019-04-30")
    page.get_by_label("tempat kerja").check()


@pytest.mark.parametrize("script", [True, False], ids=["scripts", "plain"])
def test_answers_go_from_the_self_check_into_the_draft(
    chromium: Browser, own_house: House, script: bool
) -> None:
    with houses.entered(chromium, own_house, script=script) as context:
        page = context.new_page()
        fill(page)
        page.get_by_role("button", name="Lihat jalur saya").click()
        expect(page.get_by_role("heading", name="Jalur yang dapat Anda tempuh")).to_be_visible()

        page.locator("button[value='welfare_worker_generalist/direct_assessment']").click()
        page.fill("[name=name]", "Ani Rahayu")
        page.fill("[name=email]", "ani.rahayu@contoh.example")
        page.fill("[name=password1]", "pohon mangga di depan rumah")
        page.get_by_role("button", name="Buka akun").click()
        expect(page.locator("[value=direct_assessment]")).to_be_checked()
        expect(page.locator("[name=brings]")).to_be_checked()
        page.get_by_role("button", name="Mulai permohonan").click()

        expect(page.locator("[name=birth_on]")).to_have_value("1979-05-12")
        page.goto(page.url.replace("/diri/", "/pendidikan/"))
        expect(page.locator("[name='0-employer']")).to_have_value("Dinas Sosial Kota Bogor")
        expect(page.locator("[name='1-last_on']")).to_have_value("2019-04-30")
        expect(page.locator("[name=education]")).to_have_value(
            "S1 Sosiologi, Universitas Indonesia"
        )


@pytest.mark.parametrize("width", [360, 1280])
def test_questions_and_answer_read_well(chromium: Browser, house: House, width: int) -> None:
    with houses.entered(chromium, house, width=width) as context:
        page = context.new_page()
        fill(page)
        asked = list(looks.faults(page))
        page.get_by_role("button", name="Lihat jalur saya").click()
        expect(page.locator("#hasil")).to_be_focused()

        assert asked == []
        assert list(looks.faults(page)) == []
