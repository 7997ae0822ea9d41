"""Does the paper travel so that only its code or its key opens it, small, and the same from every process?"""

import json
import re
import struct
import subprocess
import sys
from datetime import timedelta

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kompeten.exams.actions import packaging
from kompeten.exams.adapters import keys, package, receipts
from kompeten.exams.models import Sitting
from kompeten.foundation.ledger import StepRefused, history
from kompeten.itembank import queries as itembank
from tests.make import exams as make
from tests.make.actors import BUDI
from tests.make.exams import KARTIKA, OPENS, PUTU
from tests.make.times import MONDAY

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def code(held: Sitting) -> str:
    return keys.sitting_code(held.ref, held.code_renewals)


def header(content: bytes) -> dict[str, object]:
    (length,) = struct.unpack(">I", content[4:8])
    return json.loads(content[8 : 8 + length])


def reasons_of(act: object, *args: object, **kwargs: object) -> tuple[str, ...]:
    with pytest.raises(StepRefused) as caught:
        act(*args, **kwargs)  # type: ignore[operator]
    return caught.value.reasons


def test_the_code_opens_the_whole_paper_and_another_does_not() -> None:
    held = make.sitting()
    made = package.package(held, held.form_digest)

    paper = package.open_with(made.content, code(held))

    cases = itembank.paper(held.form_digest)
    assert paper["title"] == held.title
    assert [(c["n"], c["text"]) for c in paper["cases"]] == [(c.number, c.vignette) for c in cases]
    assert [
        (i["n"], i["stem"], [tuple(o) for o in i["options"]])
        for c in paper["cases"]
        for i in c["items"]
    ] == [(i.number, i.stem, list(i.options)) for c in cases for i in c.items]
    with pytest.raises(InvalidTag):
        package.open_with(made.content, code(held)[:-1] + ("0" if code(held)[-1] != "0" else "1"))


def test_a_paper_of_a_hundred_items_is_small() -> None:
    held = make.sitting()
    made = package.package(held, held.form_digest)

    assert header(made.content)["items"] == 100
    assert len(made.content) <= 60_000


def test_nothing_of_the_key_is_in_the_paper() -> None:
    held = make.sitting()

    paper = package.open_with(package.package(held, held.form_digest).content, code(held))

    names = set(re.findall(r'"(\w+)":', json.dumps(paper)))
    assert names == {"title", "cases", "n", "text", "items", "stem", "options"}


def test_its_head_says_what_a_device_needs_and_no_more() -> None:
    held = make.sitting()

    said = header(package.package(held, held.form_digest).content)

    assert set(said) == {"v", "sitting", "items", "nonce", "wrap", "keys"}
    assert (said["v"], said["sitting"]) == (1, held.ref)
    assert {part: len(str(text)) for part, text in said["wrap"].items()} == {  # type: ignore[attr-defined]
        "salt": 32, "rounds": 6, "nonce": 24, "key": 96,
    }  # fmt: skip
    assert said["keys"] == receipts.public_keys()


def test_the_key_by_line_opens_it_too() -> None:
    held = make.sitting()
    content = package.package(held, held.form_digest).content
    (length,) = struct.unpack(">I", content[4:8])
    key = keys.content_key(held.ref, held.form_digest)
    nonce = bytes.fromhex(str(header(content)["nonce"]))

    opened = AESGCM(key).decrypt(nonce, content[8 + length :], content[8 : 8 + length])

    assert opened[:4] == b"\x1f\x8b\x08\x00"


@pytest.mark.parametrize("place", [8, 60, 200, 5000, -1])
def test_a_changed_byte_opens_nothing(place: int) -> None:
    held = make.sitting()
    content = bytearray(package.package(held, held.form_digest).content)
    content[place] ^= 1

    with pytest.raises((InvalidTag, ValueError, KeyError)):
        package.open_with(bytes(content), code(held))


def test_the_same_package_comes_from_every_process() -> None:
    held = make.sitting()
    args = {
        "ref": held.ref,
        "title": held.title,
        "form": held.form_digest,
        "cases": [
            (c.number, c.vignette, [(i.number, i.stem, list(i.options)) for i in c.items])
            for c in itembank.paper(held.form_digest)
        ],
    }
    other = subprocess.run(
        [sys.executable, "-c", ELSEWHERE], input=json.dumps(args), capture_output=True, text=True
    )

    assert other.stdout.strip() == package.package(held, held.form_digest).sha256, other.stderr


ELSEWHERE = """
import json, sys, os, tempfile
os.environ.update(KOMPETEN_PROFILE="test", KOMPETEN_DATA_DIR=tempfile.mkdtemp(),
                  DJANGO_SETTINGS_MODULE="kompeten.config.settings")
import django; django.setup()
from kompeten.exams.adapters import package
from kompeten.exams.models import Sitting
from kompeten.itembank.terms import PaperCase, PaperItem
said = json.load(sys.stdin)
cases = tuple(
    PaperCase(n, text, tuple(PaperItem(m, stem, tuple(map(tuple, o))) for m, stem, o in items))
    for n, text, items in said["cases"]
)
package.itembank.paper = lambda digest: cases
held = Sitting(ref=said["ref"], title=said["title"], form_digest=said["form"], code_renewals=0)
print(package.package(held, held.form_digest).sha256)
"""


def test_it_is_built_once_and_asks_the_database_no_more() -> None:
    held = make.sitting()
    first = package.package(held, held.form_digest)

    with CaptureQueriesContext(connection) as asked:
        again = package.package(held, held.form_digest)

    assert again is first
    assert len(asked) == 0


def test_a_renewed_code_makes_another_package_and_the_old_one_is_still_there() -> None:
    held = make.sitting()
    old, old_code = package.package(held, held.form_digest), code(held)

    packaging.renew_code(held, reason="Kode bocor", by=KARTIKA, at=MONDAY)

    new = package.package(held, held.form_digest)
    assert new.name != old.name
    assert code(held) != old_code
    assert package.named(held, [held.form_digest], old.name) == old
    assert package.named(held, [held.form_digest], new.name) == new
    assert package.named(held, [held.form_digest], "0" * 16) is None
    assert package.open_with(new.content, code(held)) == package.open_with(old.content, old_code)
    # One nonce for two packages of one key would give both away.
    assert header(new.content)["nonce"] != header(old.content)["nonce"]
    assert header(new.content)["wrap"] != header(old.content)["wrap"]


def test_codes_are_shown_from_half_an_hour_before_and_each_showing_is_on_record() -> None:
    held = make.sitting()
    early, due = OPENS - 31 * MINUTE, OPENS - 30 * MINUTE

    assert reasons_of(packaging.show_code, held, by=PUTU, at=early) == ("code.too_early",)
    assert reasons_of(packaging.show_code, held, by=KARTIKA, at=early) == ("code.no_reason",)
    assert reasons_of(packaging.show_code, held, by=BUDI, at=due) == ("role.not_held",)
    shown = packaging.show_code(held, by=PUTU, at=due)
    packaging.show_code(held, reason="SMS terjadwal", by=KARTIKA, at=MONDAY)

    assert shown == code(held)
    told = history("sitting", held.pk)[1:]
    assert [(e.type, e.actor_role, e.facts["reason"]) for e in told] == [
        ("sitting.code_shown", "invigilator", ""),
        ("sitting.code_shown", "coordinator", "SMS terjadwal"),
    ]
    assert shown not in json.dumps([e.facts for e in told])


def test_a_code_is_renewed_by_planners_with_a_reason() -> None:
    held = make.sitting()

    assert reasons_of(packaging.renew_code, held, reason=" ", by=KARTIKA, at=MONDAY) == (
        "code.no_reason",
    )
    assert reasons_of(packaging.renew_code, held, reason="x", by=PUTU, at=MONDAY) == (
        "role.not_held",
    )
    packaging.renew_code(held, reason="Kode bocor", by=KARTIKA, at=MONDAY)
    packaging.renew_code(held, reason="Lagi", by=KARTIKA, at=MONDAY)

    held.refresh_from_db()
    assert held.code_renewals == 2
    assert [e.facts["renewals"] for e in history("sitting", held.pk)[1:]] == [1, 2]


def test_after_the_sitting_there_is_no_code_to_show() -> None:
    held = make.closed(make.opened(make.sitting()))

    assert reasons_of(packaging.show_code, held, by=PUTU, at=held.closes_at) == ("step.not_open",)
