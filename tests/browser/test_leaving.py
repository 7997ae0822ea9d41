"""Does whoever logs out leave, also where the line or the phone does not answer? And with no page lost?"""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser import phones
from tests.browser.house import House
from tests.browser.phones import Applicant
from tests.browser.test_arriving import no_line, phone
from tests.browser.test_shot_faults import PAGES, WAITING, fail
from tests.browser.test_shot_kept import KEPT, expect_waiting, put_off, two_pages


@contextmanager
def waiting(
    chromium: Browser, house: House, n: int
) -> Iterator[tuple[BrowserContext, Page, Applicant]]:
    """Give person `n` a phone on which two pages wait to be sent."""
    (applicant,) = phones.applicants(house, n)
    context, page = phone(chromium, house, applicant)
    two_pages(page)
    put_off(page)
    try:
        yield context, page, applicant
    finally:
        context.close()


def leave(page: Page) -> None:
    """Press *Keluar* in the menu of the account."""
    page.locator(".k-account").click()
    page.locator("form[data-k-leave] button").click()


def expect_left(context: BrowserContext, page: Page, applicant: Applicant) -> None:
    """Expect that the account has left, and that its pages wait for its owner."""
    page.wait_for_url(lambda url: not url.endswith(applicant.path))
    assert not [cookie for cookie in context.cookies() if cookie["value"] == applicant.session]
    assert page.evaluate(KEPT)["pages"] == 2


def test_who_logs_out_where_the_question_cannot_be_had_leaves_all_the_same(
    chromium: Browser, house: House
) -> None:
    with waiting(chromium, house, 8510) as (context, page, applicant):
        context.route("**/leave.*.js", no_line)

        leave(page)

        expect_left(context, page, applicant)


def test_who_logs_out_without_a_line_is_told_and_stays(chromium: Browser, house: House) -> None:
    with waiting(chromium, house, 8511) as (context, page, applicant):
        context.set_offline(True)

        with page.expect_event("requestfailed", lambda request: request.method == "POST"):
            leave(page)

        context.set_offline(False)
        page.goto(applicant.path)
        expect_waiting(page, WAITING)


def test_who_logs_out_over_a_line_that_hangs_need_not_wait_for_ever(
    chromium: Browser, house: House
) -> None:
    with waiting(chromium, house, 8512) as (context, page, applicant):
        page.evaluate("""() => {
          const real = AbortSignal.timeout;
          AbortSignal.timeout = (time) => real.call(AbortSignal, time / 20);
          const load = fetch;
          window.fetch = (url, how) => String(url).includes('keluar')
            ? new Promise((_, fail) => how?.signal?.addEventListener('abort', fail)) : load(url, how);
        }""")

        leave(page)

        expect_left(context, page, applicant)


def test_who_logs_out_of_a_phone_that_does_not_answer_need_not_wait_for_ever(
    chromium: Browser, house: House
) -> None:
    with waiting(chromium, house, 8513) as (context, page, applicant):
        fail(page, PAGES, None)
        page.clock.install()
        leave(page)
        page.wait_for_timeout(500)

        page.clock.fast_forward(5000)

        expect_left(context, page, applicant)
