"""Can the typeface of our papers draw whatever the rule of names lets through?

Nobody says so but the typesetter: each sign is drawn in each face that a sheet uses, as PDF/A,
which knows no missing glyph.
"""

import re
from dataclasses import replace

import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st

from kompeten.certificates.adapters import pdf, seal
from kompeten.certificates.terms import Body, Named, Signatory
from kompeten.kernel import lettering
from tests.make.certificates import ANI, SIGNED_AT, keys

RULE = f"[{lettering.LETTERS}{lettering.IN_TEXTS}{lettering.IN_NAMES}]"
SIGNS = re.findall(RULE, "".join(map(chr, range(0x3000))))
NAMES = st.from_regex(
    f"[{lettering.LETTERS}]([{lettering.LETTERS}0-9 {lettering.IN_NAMES}]{{0,119}})", fullmatch=True
).map(lettering.tidy)


def test_the_rule_has_hundreds_of_letters_to_be_drawn() -> None:
    assert len(set(SIGNS)) > 600


def test_every_sign_of_the_rule_can_be_drawn() -> None:
    assert pdf.undrawable("".join(SIGNS)) == ""


@pytest.mark.parametrize("text", ["محمد", "ꦱ", "社", "😊"])
def test_the_typeface_says_what_it_lacks(text: str) -> None:
    assert pdf.undrawable(f"Ani {text} Rahayu") == "".join(dict.fromkeys(text))


def test_what_it_lacks_is_refused_by_the_sheet_too() -> None:
    with pytest.raises(typst.TypstError, match="could not be displayed"):
        pdf.render(
            replace(ANI, holder="محمد"),
            credential_json=b"{}",
            qr_text="https://x.example",
            key_id=b"12345678",
            at=SIGNED_AT,
        )


@given(name=NAMES)
@settings(max_examples=60, deadline=None)
def test_any_name_that_the_rule_accepts_is_drawn_signed_and_read_back(name: str) -> None:
    if lettering.name_flaw(name):
        return  # punctuation or a long number: the rule says no
    content = replace(
        ANI,
        holder=name,
        signatory=Signatory(name, "Direktur", "Director"),
        body=Body(name, name),  # in capitals, in italics
        units=(Named("PS.01", name, name),),
    )

    sealed = seal.seal(content, keys=keys(), at=SIGNED_AT)

    assert sealed.content_digest == content.digest
