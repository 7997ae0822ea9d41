"""Is a certificate made whole, the same way each time, and by any process?"""

import pickle
import re
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from multiprocessing import get_context

import pytest

from kompeten.certificates.adapters import seal
from kompeten.certificates.terms import BODY_ZONE, Named
from kompeten.kernel import digest
from kompeten.register.adapters import pdf as reader
from kompeten.register.adapters.verify import verify
from tests.make.certificates import ANI, EKO, LATER, SIGNED_AT, content, keys, sealed, trusted


def test_a_certificate_bears_the_digests_of_what_it_is() -> None:
    made = sealed()

    assert made.content_digest == ANI.digest
    assert made.pdf_digest == digest.of_bytes(made.pdf)
    assert made.credential_digest == digest.of_bytes(made.credential)
    assert (made.number, made.sealed_at) == (ANI.number, SIGNED_AT)


def test_made_again_it_is_the_same_to_the_byte() -> None:
    assert seal.seal(ANI, keys=keys(), at=SIGNED_AT) == sealed()


def test_a_part_of_a_second_or_another_zone_changes_nothing() -> None:
    same_moment = SIGNED_AT.astimezone(BODY_ZONE).replace(microsecond=250_000)

    assert seal.seal(ANI, keys=keys(), at=same_moment).pdf == sealed().pdf


def test_made_for_somebody_between_it_is_still_the_same() -> None:
    seal.seal(EKO, keys=keys(), at=SIGNED_AT)

    assert seal.sign(ANI, keys=keys(), at=SIGNED_AT).pdf == sealed().pdf


def test_other_processes_make_the_same() -> None:
    work = partial(seal.seal, keys=keys(), at=SIGNED_AT)

    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        assert list(pool.map(work, [ANI, EKO])) == [sealed(), sealed(EKO)]


def test_threads_wait_for_their_turn() -> None:
    work = partial(seal.sign, keys=keys(), at=SIGNED_AT)

    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(work, [ANI, EKO] * 8))

    assert [one.pdf for one in made] == [sealed().pdf, sealed(EKO).pdf] * 8


def test_an_unfit_content_is_not_signed() -> None:
    with pytest.raises(seal.NotSealed) as refusal:
        seal.sign(content(holder=""), keys=keys(), at=SIGNED_AT)

    assert refusal.value.reasons == ("content.missing:holder",)
    assert pickle.loads(pickle.dumps(refusal.value)).reasons == refusal.value.reasons


def test_a_certificate_before_its_key_is_not_published() -> None:
    early = SIGNED_AT.replace(year=2025)

    with pytest.raises(seal.NotSealed, match=re.escape("pdf.certificate")):
        seal.seal(ANI, keys=keys(), at=early)


@pytest.mark.parametrize("count", [1, 4, 17, 30, 60])
def test_any_number_of_units_finds_its_place(count: int) -> None:
    units = tuple(Named(f"PS.{n:02}", f"Unit kompetensi {n}", f"Unit {n}") for n in range(count))

    made = seal.seal(content(units=units), keys=keys(), at=SIGNED_AT)

    assert b"/Type/Pages/Count %d" % (3 if count == 60 else 2) in made.pdf
    assert verify(made.pdf, trust=trusted(), at=LATER).ok


@pytest.mark.parametrize(
    "holder",
    [
        "Suharto",
        "MUHAMMAD ABDURRAHMAN WAHIDUDDIN ALFARISI SIREGAR HUTAGALUNG, S.TR.SOS., M.SI.",
        'Ni Luh "Ayu" \\ #eval(1) $x$ *b* @ref <l> [c]',
        "José Ñuñez d'Arc – Müller",
    ],
)
def test_a_name_is_printed_as_it_is_and_is_never_markup(holder: str) -> None:
    made = seal.seal(content(holder=holder), keys=keys(), at=SIGNED_AT)

    assert holder in reader.read(made.pdf).title
    assert verify(made.pdf, trust=trusted(), at=LATER).ok


def test_a_sheet_that_is_no_demonstration_does_not_say_so() -> None:
    real = replace(ANI, is_demonstration=False)

    made = seal.seal(real, keys=keys(), at=SIGNED_AT)

    assert "demonstration" not in dict(verify(made.pdf, trust=trusted(), at=LATER).facts)


def test_the_file_says_it_is_archival_and_accessible() -> None:
    made = sealed().pdf

    assert b"<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>" in made
    assert b"<pdfuaid:part>1</pdfuaid:part>" in made
    assert b"/AFRelationship/Data" in made


def test_a_certificate_is_light_enough_to_send_by_phone() -> None:
    assert len(sealed().pdf) < 130_000
    assert len(sealed().credential) < 6_000
