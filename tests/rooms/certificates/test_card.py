"""Does the card say what it has to, fit into a wallet, and does a phone read its code?"""

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from kompeten.certificates.adapters import badge, card
from kompeten.foundation import qr, typeset
from tests.make.certificates import ANI, SIGNED_AT, sealed

LONG = replace(
    ANI,
    holder="Dr. Hj. Raden Ayu Siti Kusumaningrum Wulandari Prawirodirjo, S.Sos., M.Kesos., Ph.D.",
    is_demonstration=False,
)
DEMONSTRATION = "CONTOH dari otoritas peragaan. Bukan sertifikat resmi."


def text(file: bytes, folder: Path) -> str:
    place = folder / "kartu.pdf"
    place.write_bytes(file)
    run = ["pdftotext", "-layout", str(place), "-"]
    told = subprocess.run(run, capture_output=True, text=True, check=True).stdout
    return " ".join(told.split())


def test_the_same_certificate_gives_the_same_card() -> None:
    first, second = (card.render(ANI, qr_text=sealed().qr, at=SIGNED_AT) for _ in range(2))

    assert first == second
    assert first.startswith(b"%PDF-1.7")


@pytest.mark.parametrize("ppi", [150, 300])
@pytest.mark.parametrize("content", [ANI, LONG], ids=["demonstration", "long name"])
def test_a_phone_reads_the_code_of_both_cards_as_printed(content: object, ppi: int) -> None:
    facts = card.facts(content, sealed().qr)  # type: ignore[arg-type]

    page = typeset.picture(card.TEMPLATE, facts, kind="png", ppi=ppi, at=SIGNED_AT)

    assert qr.read(page) == (sealed().qr, sealed().qr)


@pytest.mark.pdfsig
def test_it_says_who_is_what_under_which_number_until_when(tmp_path: Path) -> None:
    told = text(card.render(ANI, qr_text=sealed().qr, at=SIGNED_AT), tmp_path)

    for line in (ANI.holder, "Pekerja Sosial Generalis", ANI.number, "20 November 2031"):
        assert line in told
    assert DEMONSTRATION in told


@pytest.mark.pdfsig
def test_a_real_one_does_not_say_that_it_is_a_demonstration(tmp_path: Path) -> None:
    told = text(card.render(LONG, qr_text=sealed().qr, at=SIGNED_AT), tmp_path)

    assert "Prawirodirjo, S.Sos., M.Kesos., Ph.D." in told
    assert DEMONSTRATION not in told


def test_a_badge_of_a_demonstration_says_so_too() -> None:
    made = {
        is_shown: badge.render(
            replace(ANI, is_demonstration=is_shown), credential=b"{}", kind="svg", at=SIGNED_AT
        )
        for is_shown in (True, False)
    }

    # Letters are drawn as outlines; the ground of the word is a colour that nothing else has.
    assert (b"#8a2f1d" in made[True], b"#8a2f1d" in made[False]) == (True, False)
