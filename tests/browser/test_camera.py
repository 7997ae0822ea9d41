"""Does the camera of a phone check a certificate, and does the page help where it cannot?"""

import json
import sqlite3

from playwright.sync_api import Browser, Page, expect

from tests.browser.house import House

# What a phone's browser brings and Chromium on a server lacks: a camera, and an eye for QR codes.
CAMERA = """
navigator.mediaDevices.getUserMedia = async () => {
  const canvas = document.createElement("canvas");
  canvas.getContext("2d").fillRect(0, 0, 9, 9);
  window.stream = canvas.captureStream(5);
  return window.stream;
};
"""
REFUSED = """
navigator.mediaDevices.getUserMedia = async () => { throw new DOMException("", "NotAllowedError"); };
"""
EYE = """
window.BarcodeDetector = class {
  static async getSupportedFormats() { return ["qr_code"]; }
  async detect() { return [{ rawValue: "https://lain.example/" }, { rawValue: %s }]; }
};
"""


def code_of_a_certificate(house: House) -> str:
    with sqlite3.connect(house.folder / "kompeten.sqlite3") as base:
        found = base.execute(
            "SELECT qr FROM certificates_certificate WHERE state = 'published' LIMIT 1"
        )
        return str(found.fetchone()[0])


def check_page(browser: Browser, house: House, *scripts: str) -> Page:
    page = browser.new_context(locale="id-ID").new_page()
    for script in scripts:
        page.add_init_script(script)
    page.goto(f"{house.url}/periksa/")
    return page


def test_the_camera_reads_the_code_and_hands_it_in(chromium: Browser, house: House) -> None:
    eye = EYE % json.dumps(code_of_a_certificate(house))
    page = check_page(chromium, house, CAMERA, eye)

    page.get_by_role("button", name="Pindai dengan kamera").click()

    # A code alone proves no paper: the page says so, and what to hold beside it.
    expect(page.locator("h1")).to_have_text("Kode QR ini asli")
    expect(page.locator("main")).to_contain_text("Sandingkan lembarannya")
    page.context.close()


def test_without_leave_to_use_the_camera_the_page_says_what_else_to_do(
    chromium: Browser, house: House
) -> None:
    page = check_page(chromium, house, REFUSED, EYE % '"https://x.example/#A"')

    page.get_by_role("button", name="Pindai dengan kamera").click()

    expect(page.get_by_text("Kamera tidak dapat dipakai")).to_be_visible()
    page.context.close()


def test_where_the_browser_cannot_read_codes_no_camera_is_offered(
    chromium: Browser, house: House
) -> None:
    page = check_page(chromium, house, "delete window.BarcodeDetector;")
    page.wait_for_load_state("networkidle")

    expect(page.get_by_role("button", name="Pindai dengan kamera")).to_be_hidden()
    page.context.close()
