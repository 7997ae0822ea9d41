"""One verifier presses "take" eight times at one moment; run by test_verification.py by itself."""

import json
import sys

import django

django.setup()


from kompeten.foundation import clock  # noqa: E402 (the tables are known only now)
from kompeten.kernel.roles import Role  # noqa: E402
from kompeten.ops import prepare  # noqa: E402
from kompeten.verification.models import Review  # noqa: E402
from tests.faces.office.staff import entered  # noqa: E402
from tests.make import applications, people  # noqa: E402
from tests.make.races import THREADS, race  # noqa: E402


def met() -> dict[str, object]:
    """Return what each press was answered, and what lies on the desk then."""
    application, _ = applications.submitted(1, at=clock.now())
    budi = people.account(7001, Role.VERIFIER, at=clock.now())
    # Each browser is in the office already: that is not what they race for.
    browsers = [entered(budi, SERVER_NAME="127.0.0.1") for _ in range(THREADS)]
    for browser in browsers:
        assert browser.get("/kantor/verifikasi/").status_code == 200

    def press(number: int) -> str:
        answer = browsers[number].post(f"/kantor/verifikasi/ambil/{application.ref}/")
        return f"{answer.status_code} {answer.get('Location', '')}"

    answers = race(press)
    return {"answers": answers, "desk": list(Review.objects.values_list("ref", flat=True))}


if __name__ == "__main__":
    prepare.collect_static()
    json.dump(met(), sys.stdout)
