"""Without JavaScript: can somebody open an account, apply whole, and check a certificate?"""

import io
import re
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page

from tests.browser import house as houses
from tests.browser.house import House
from tests.make.applications import PDF


def picture() -> bytes:
    """Return a small real picture, 3 by 4."""
    buffer = io.BytesIO()
    Image.new("RGB", (300, 400), (180, 80, 60)).save(buffer, "JPEG")
    return buffer.getvalue()


def send(page: Page) -> None:
    """Send the form of the page; nobody is left on an error."""
    page.locator("main form:has(button[type=submit])").first.locator("button").last.click()
    page.wait_for_load_state()
    assert page.locator("[aria-invalid=true]").count() == 0, page.locator("main").inner_text()


def upload_all(page: Page, folder: Path) -> None:
    """Attach a file to every document that the page asks for, one form after the other."""
    forms = page.locator("main form[enctype]")
    actions = [form.get_attribute("action") for form in forms.all()]
    assert len(actions) > 3
    for action in actions:
        form = page.locator(f"main form[action='{action}']")
        chooser = form.locator("input[type=file]")
        is_paper = "pdf" in (chooser.get_attribute("accept") or "")
        file = folder / ("berkas.pdf" if is_paper else "foto.jpg")
        file.write_bytes(PDF if is_paper else picture())
        chooser.set_input_files(file)
        form.locator("button[type=submit]").click()
        page.wait_for_load_state()
        assert page.locator("[aria-invalid=true]").count() == 0, page.locator("main").inner_text()


def test_an_application_goes_from_the_first_step_to_the_last(
    chromium: Browser, own_house: House, tmp_path: Path
) -> None:
    with houses.entered(chromium, own_house, "pemohon", script=False) as context:
        page = context.new_page()
        page.goto("/saya/permohonan/")
        links = [a.get_attribute("href") or "" for a in page.locator("main a").all()]
        (home,) = {href for href in links if re.search(r"/[0-9A-Z]{10}/$", href)}

        for step in ("jalur/", "diri/", "pendidikan/"):
            page.goto(home + step)
            send(page)
            assert page.url.removeprefix(own_house.url) != home + step
        page.goto(f"{home}dokumen/")
        upload_all(page, tmp_path)
        page.goto(f"{home}kirim/")
        for box in page.locator("main input[type=checkbox]").all():
            box.check()
        send(page)

        page.goto(home)
        assert page.locator("main .k-badge").first.inner_text().strip() == "diajukan"
        # What is handed in is closed to changes, whatever old page or address is at hand.
        page.goto(f"{home}diri/")
        if page.locator("main form input[name=name]").count():
            page.fill("main form input[name=name]", "Nama Lain")
            page.locator("main form input[name=name]").press("Enter")
            page.wait_for_load_state()
        page.goto(home)
        assert "Nama Lain" not in page.content()


def test_somebody_new_opens_an_account_and_begins(chromium: Browser, own_house: House) -> None:
    with houses.entered(chromium, own_house, script=False) as context:
        page = context.new_page()
        page.goto("/")
        page.locator(
            "main a[href*='/akun/daftar/'], .k-hero a[href*='/akun/daftar/']"
        ).first.click()
        page.fill("input[name=name]", "Nurul Aisyah")
        page.fill("input[name=email]", "nurul@contoh.example")
        page.fill("input[name=password1]", "perahu-kertas-biru-77")
        page.locator("input[name=password1]").press("Enter")
        page.wait_for_url("**/saya/")

        page.goto("/saya/permohonan/baru/")
        page.locator("main a[href*='/permohonan/baru/']").first.click()
        page.locator("main input[type=radio][name=route]").first.check()
        send(page)

        page.goto("/saya/permohonan/")
        assert page.locator("main a[href^='/saya/permohonan/']").count() >= 1
        assert "draf" in page.locator("main").inner_text()


def test_a_certificate_is_checked_by_number_and_by_file(
    chromium: Browser, house: House, tmp_path: Path
) -> None:
    with houses.entered(chromium, house, "pemegang", script=False) as holder:
        page = holder.new_page()
        page.goto("/saya/sertifikat/")
        page.locator("main a[href^='/saya/sertifikat/']").first.click()
        number = re.search(r"\d{6}/[A-Z-]+/[A-Z ]+/[IVX]+/\d{4}", page.locator("main").inner_text())
        href = page.locator("main a[href$='/pdf/']").first.get_attribute("href")
        assert number
        assert href
        paper = holder.request.get(href).body()
    sheet, forged = tmp_path / "sertifikat.pdf", tmp_path / "ubahan.pdf"
    sheet.write_bytes(paper)
    forged.write_bytes(paper.replace(b"/Type", b"/Tupe", 1))

    with houses.entered(chromium, house, script=False) as visitor:
        page = visitor.new_page()
        page.goto("/periksa/")
        page.fill("input[name=nomor]", f" {number[0]} ")
        page.locator("input[name=nomor]").press("Enter")
        page.wait_for_url(re.compile(r"/s/[0-9A-Z]{10}$"))
        assert number[0] in page.locator("main").inner_text()

        said = []
        for file in (sheet, forged):
            page.goto("/periksa/")
            page.locator("input[name=berkas]").set_input_files(file)
            page.locator("form[enctype] button[type=submit]").click()
            page.wait_for_load_state()
            said.append(page.locator("h1").inner_text())
        assert said[0] != said[1]
        assert "tidak" in said[1].lower()
