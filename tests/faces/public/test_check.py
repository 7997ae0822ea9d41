"""Is a file that somebody holds judged truly, and kept by nobody?"""

import io
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from django.utils.translation import gettext
from PIL import Image

from kompeten.certificates import actions as certifying
from kompeten.certificates import queries
from kompeten.certificates.adapters import seal
from kompeten.certificates.models import Certificate
from kompeten.certificates.terms import WithdrawalCause
from kompeten.foundation import clock, qr, typeset
from kompeten.foundation.vc import jose
from kompeten.kernel.roles import Role
from kompeten.register.queries import log
from tests.make.actors import actor
from tests.make.certificates import ANI, sealed

pytestmark = pytest.mark.django_db

HOLDS, BROKEN = "This certificate holds", "This does not hold"
GENUINE = "This QR code is genuine"
COPIED = (
    "A genuine QR code can be copied onto another sheet. If a line differs, the paper is false, "
    "however genuine the code is: do not rely on it, and tell us."
)
MB = 1024 * 1024


def handed_in(client: Client, *, file: bytes | None = None, text: str = "", name: str = "") -> Any:
    """Return the answer to a file or a text that a visitor hands in."""
    said: dict[str, Any] = {"teks": text}
    if file is not None:
        said["berkas"] = SimpleUploadedFile(name or "sertifikat.pdf", file)
    return client.post("/periksa/", said)


def says(answer: Any, sentence: str) -> bool:
    """Say whether the page holds the sentence, in the house's first language."""
    with translation.override("id"):
        return gettext(sentence) in answer.content.decode()


def changed(content: bytes, place: int) -> bytes:
    """Return `content` with one bit turned over."""
    return content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]


def test_the_sheet_as_it_was_issued_holds(client: Client, issued: Certificate) -> None:
    answer = handed_in(client, file=queries.pdf(issued))

    page = answer.content.decode()
    assert answer.status_code == 200
    assert says(answer, HOLDS)
    assert issued.number in page
    assert f'href="/s/{issued.ref}"' in page


def test_the_credential_as_it_was_issued_holds(client: Client, issued: Certificate) -> None:
    answer = handed_in(client, file=queries.credential(issued), name="kredensial.json")

    assert (answer.status_code, says(answer, HOLDS)) == (200, True)


def test_the_text_of_the_qr_code_holds(client: Client, issued: Certificate) -> None:
    answer = handed_in(client, text=f"  {issued.qr}\n")

    assert (answer.status_code, says(answer, GENUINE)) == (200, True)
    # The code is genuine on whatever it was copied: only the facts beside the paper tell.
    assert says(answer, COPIED)
    assert not says(answer, HOLDS)


def test_a_token_holds_as_a_file_and_as_text(client: Client, issued: Certificate) -> None:
    token = queries.credential_token(issued)

    file = handed_in(client, file=token.encode() + b"\n", name="kredensial.jwt")
    text = handed_in(client, text=token)

    for answer in (file, text):
        assert (answer.status_code, says(answer, HOLDS)) == (200, True)
        assert f'href="/s/{issued.ref}"' in answer.content.decode()


def test_a_token_over_something_that_was_never_issued_is_no_certificate_of_ours(
    client: Client, issued: Certificate
) -> None:
    document = json.loads(queries.credential(issued))
    del document["proof"]
    document["name"] = "Bukan ini"
    key = queries.keys().credential_signer
    token = jose.token(document, sign=key.sign, verification_method=key.verification_method)

    answer = handed_in(client, text=token)

    assert answer.status_code == 422
    assert says(answer, BROKEN)
    assert says(answer, "The register issued another file under this number.")


def test_one_changed_bit_anywhere_is_found(client: Client, issued: Certificate) -> None:
    whole = queries.pdf(issued)
    places = [7, len(whole) // 4, len(whole) // 2, len(whole) - 40, len(whole) - 1]
    places += [whole.index(b"/ByteRange") + 12, whole.index(b"/Contents") + 40]

    answers = [handed_in(client, file=changed(whole, place)) for place in places]

    assert [a.status_code for a in answers] == [422] * len(places)
    assert [says(a, HOLDS) for a in answers] == [False] * len(places)
    assert all(says(a, BROKEN) for a in answers)


def test_a_changed_credential_and_a_changed_code_are_found(
    client: Client, issued: Certificate
) -> None:
    forged = queries.credential(issued).replace(b"Ani Rahayu", b"Eko Rahayu")
    code = issued.qr[:-3] + ("A" if issued.qr[-3] != "A" else "B") + issued.qr[-2:]

    answers = [
        handed_in(client, file=forged, name="kredensial.json"),
        handed_in(client, text=code),
        handed_in(client, text=issued.qr.replace(issued.ref, "AAAAAAAAAA")),
    ]

    assert [a.status_code for a in answers] == [422] * 3


def test_what_another_house_issued_is_not_believed(client: Client, issued: Certificate) -> None:
    answer = handed_in(client, file=sealed().pdf)

    assert (answer.status_code, says(answer, BROKEN)) == (422, True)
    # Facts nobody vouches for are not shown: a page of ours must not lend them its face.
    assert "Ni Luh Ani Kartika Dewi" not in answer.content.decode()


ODD = {
    "html": b"<!doctype html><title>Sertifikat</title><script>alert(1)</script>",
    "picture": b"\xff\xd8\xff\xe0" + b"\0" * 400,
    "only a head": b"%PDF-1.7\n",
    "only a brace": b"{",
    "deep json": b"{" + b'"a":[' * 20_000,
    "zip": b"PK\x03\x04" + b"\0" * 200,
    "noise": bytes(range(256)) * 40,
    "pdf and noise": b"%PDF-1.7\n" + bytes(range(256)) * 400,
    "blank": b"   ",
}


def test_what_is_no_certificate_is_told_so_and_shown_to_nobody(
    client: Client, issued: Certificate
) -> None:
    answers = {kind: handed_in(client, file=content) for kind, content in ODD.items()}

    assert {kind: answer.status_code for kind, answer in answers.items()} == dict.fromkeys(ODD, 422)
    assert [kind for kind, answer in answers.items() if says(answer, HOLDS)] == []
    assert [kind for kind, answer in answers.items() if b"alert(1)" in answer.content] == []


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({}, "Choose a file, or paste the text of the QR code."),
        ({"teks": "   "}, "Choose a file, or paste the text of the QR code."),
        ({"berkas": b"x" * (8 * MB + 1)}, "This file is too large to be a certificate."),
    ],
    ids=["nothing", "blanks", "huge"],
)
def test_a_form_that_says_nothing_or_too_much_comes_back(
    client: Client, said: dict[str, Any], sentence: str
) -> None:
    file = said.get("berkas")

    answer = handed_in(client, file=file, text=said.get("teks", ""))

    assert (answer.status_code, says(answer, sentence)) == (422, True)


@pytest.mark.parametrize("said", [{"file": b""}, {"text": "x" * 40_001}, {"text": "a\x00b"}])
def test_an_empty_file_and_an_endless_text_come_back_too(
    client: Client, said: dict[str, Any]
) -> None:
    answer = handed_in(client, **said)

    assert answer.status_code == 422
    assert re.search(r'aria-invalid="true"', answer.content.decode())


def kept_files() -> set[Path]:
    """Return every file in the house's folder."""
    return {p for p in Path(settings.DATA_DIR).rglob("*") if p.is_file()}


def test_nothing_that_is_judged_is_kept(client: Client, issued: Certificate) -> None:
    sheet = queries.pdf(issued)
    before = kept_files()

    with CaptureQueriesContext(connection) as asked:
        handed_in(client, file=sheet)
        handed_in(client, file=sheet + b"\n%" + b"x" * 2 * MB)

    assert [q["sql"] for q in asked if not q["sql"].startswith("SELECT")] == []
    assert kept_files() == before


def test_another_sites_form_is_refused(issued: Certificate) -> None:
    strict = Client(enforce_csrf_checks=True)

    assert handed_in(strict, file=queries.pdf(issued)).status_code == 403


def test_a_photo_of_the_qr_code_is_read(client: Client, issued: Certificate) -> None:
    answer = handed_in(client, file=turned(qr.png(issued.qr)), name="foto.jpg")

    assert (answer.status_code, says(answer, GENUINE)) == (200, True)


@pytest.mark.parametrize("kind", ["png", "svg"])
def test_a_badge_is_judged_by_the_credential_in_it(
    client: Client, issued: Certificate, kind: typeset.Picture
) -> None:
    answer = handed_in(client, file=queries.badge(issued, kind), name=f"lencana.{kind}")

    assert (answer.status_code, says(answer, HOLDS)) == (200, True)


@pytest.mark.parametrize(
    ("picture", "told"),
    [
        (
            Image.new("L", (300, 300), 255),
            "No QR code can be read in this picture. Hold the phone closer and straight, in good light.",
        ),
        ("https://lain.example/", "The QR code in this picture is not that of a certificate."),
        (b"\x89PNG tetapi bukan", "This picture cannot be opened. Take another one."),
    ],
)
def test_a_picture_without_our_code_is_told_so(client: Client, picture: Any, told: str) -> None:
    if isinstance(picture, Image.Image):
        out = io.BytesIO()
        picture.save(out, "PNG")
        content = out.getvalue()
    else:
        content = picture if isinstance(picture, bytes) else qr.png(picture)

    answer = handed_in(client, file=content, name="foto.png")

    assert answer.status_code == 422
    assert says(answer, told)


def turned(picture: bytes) -> bytes:
    """Return the picture as a phone would take it: larger, askew, grey, and pressed as JPEG."""
    image = Image.open(io.BytesIO(picture)).convert("L")
    askew = image.resize((900, 900)).rotate(7, expand=True, fillcolor=210)
    out = io.BytesIO()
    askew.save(out, "JPEG", quality=60)
    return out.getvalue()


def forged(number: str) -> bytes:
    """Return a sheet that whoever stole the keys of the house would make."""
    invented = replace(ANI, number=number, holder="Penipu Ulung")
    return seal.seal(invented, keys=queries.keys(), at=clock.now()).pdf


def test_a_stolen_key_makes_no_number_that_the_register_knows(
    client: Client, issued: Certificate
) -> None:
    answer = handed_in(client, file=forged("999999/TKS-G/LSP KESOS/III/2026"))

    assert answer.status_code == 422
    assert says(answer, "The register never gave this number: do not rely on it.")


def test_a_stolen_key_makes_no_file_that_the_register_issued(
    client: Client, issued: Certificate
) -> None:
    answer = handed_in(client, file=forged(issued.number))

    assert answer.status_code == 422
    assert says(answer, "The register issued another file under this number.")


def test_a_bundle_is_judged_with_the_log_of_this_house(client: Client, issued: Certificate) -> None:
    bundle = log.bundle(issued)
    assert bundle is not None

    answer = handed_in(client, file=bundle, name="sertifikat.zip")

    assert (answer.status_code, says(answer, HOLDS)) == (200, True)
    assert says(answer, "The register issued this very file, and its issuance stands in the log.")


def test_a_withdrawn_one_is_told_apart_from_a_forgery(client: Client, issued: Certificate) -> None:
    issued.refresh_from_db()
    certifying.withdraw(
        [issued],
        cause=WithdrawalCause.REQUEST,
        note="ada",
        by=actor(Role.DIRECTOR),
        at=clock.now(),
    )

    genuine = handed_in(client, file=queries.pdf(issued))
    changed_one = handed_in(client, file=changed(queries.pdf(issued), 4_000))

    assert says(genuine, "This is genuine, but it does not hold today")
    assert str(timezone.localdate(clock.now()).year) in genuine.content.decode()  # as known on
    assert says(changed_one, BROKEN)
    assert not says(changed_one, "This is genuine, but it does not hold today")
