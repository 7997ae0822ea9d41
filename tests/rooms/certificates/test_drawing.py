"""Can the typeface of our papers draw whatever the rule of names lets through?

Nobody says so but the typesetter: each sign is drawn in each face that a sheet uses, as PDF/A,
which knows no missing glyph.
"""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st

from kompeten.certificates import rules
from kompeten.certificates.adapters import card, pdf, seal
from kompeten.certificates.terms import Body, Content, Named, Scheme, Signatory
from kompeten.kernel import lettering
from tests.make.certificates import ANI, SIGNED_AT, keys, sealed

RULE = f"[{lettering.LETTERS}{lettering.IN_TEXTS}{lettering.IN_NAMES}]"
SIGNS = re.findall(RULE, "".join(map(chr, range(0x3000))))
ESCAPED = str.maketrans({"\\": "\\\\", '"': '\\"'})
MM = 72 / 25.4
NAMES = st.from_regex(
    f"[{lettering.LETTERS}]([{lettering.LETTERS}0-9 {lettering.IN_NAMES}]{{0,111}})", fullmatch=True
).map(
    lambda name: lettering.tidy(re.sub(r"(\S{15})", r"\1 ", name))
)  # a word that has room everywhere


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


def test_no_sign_is_broader_than_the_rule_of_words_takes_it_for(tmp_path: Path) -> None:
    probe = tmp_path / "probe.typ"
    faces = '(text(s), text(style: "italic", s), text(weight: "semibold", s))'
    probe.write_text(
        '#set text(font: "Libertinus Serif", fallback: false, size: 100pt)\n'
        f'#let signs = "{"".join(SIGNS).translate(ESCAPED)}".codepoints()\n'
        f"#context [#metadata(signs.map(s => {faces}.map(f => measure(f).width.pt()))) <m>]",
        encoding="utf-8",
    )
    (measured,) = json.loads(
        typst.query(str(probe), "<m>", field="value", ignore_system_fonts=True)
    )

    assert len(measured) == len(SIGNS)
    for sign, widths in zip(SIGNS, measured, strict=True):
        assert sign == " " or max(widths) <= 100 * lettering.breadth(sign), sign


def test_the_sheet_takes_the_same_signs_for_broad() -> None:
    sheet = (Path(pdf.__file__).parent / "sheet" / "fitted.typ").read_text(encoding="utf-8")

    (broad,) = re.findall('#let broad = "(.*)"', sheet)
    assert set(broad) == lettering.BROAD


def longest(part: str, letter: str, of: Callable[[str], Content]) -> Content:
    """Return the content with the longest word of one letter that may be set in a part."""
    return next(
        content
        for count in range(120, 0, -1)
        if f"content.long_word:{part}" not in rules.flaws(content := of(letter * count))
    )


def spilt(paper: bytes, margin: float) -> list[str]:
    """Return the signs of a paper that stand less than `margin` pt from its sides."""
    with pypdfium2.PdfDocument(paper) as document:
        return [
            page_text.get_text_range(at, 1)
            for page in document
            for page_text in [page.get_textpage()]
            for at in range(page_text.count_chars())
            for left, _, right, _ in [page_text.get_charbox(at)]
            if page_text.get_text_range(at, 1).strip()
            if left < margin or right > page.get_width() - margin
        ]


@pytest.mark.parametrize("letter", ["W", "A", "m", "n", "i", "Ẁ"])
@pytest.mark.parametrize(
    ("part", "of"),
    [
        ("holder", lambda w: replace(ANI, holder=w)),
        ("level", lambda w: replace(ANI, profession=Named("p", w), level=Named("l", w))),
        ("scheme", lambda w: replace(ANI, scheme=Scheme("S", "1", w, w))),
        ("programme", lambda w: replace(ANI, programme=Named("p", w, w))),
        ("units", lambda w: replace(ANI, units=(Named("PS." + 17 * "0", w, w),))),
        ("legal_basis", lambda w: replace(ANI, legal_basis=(w,))),
        ("body", lambda w: replace(ANI, body=Body(w, w))),
        ("signatory", lambda w: replace(ANI, signatory=Signatory(w, w, w))),
    ],
)
def test_the_longest_word_that_the_rule_lets_through_stays_on_the_sheet(
    part: str, letter: str, of: Callable[[str], Content]
) -> None:
    content = longest(part, letter, of)

    sheet = pdf.render(
        content, credential_json=b"{}", qr_text=sealed().qr, key_id=bytes(8), at=SIGNED_AT
    )
    # The text has margins of 22 mm, the frame ends at 14.8.
    assert spilt(sheet, 15 * MM) == []
    assert spilt(card.render(content, qr_text=sealed().qr, at=SIGNED_AT), 19.4 * MM) == []


def test_a_word_longer_than_that_would_run_off_the_sheet() -> None:
    content = replace(ANI, holder="W" * 40)

    sheet = pdf.render(
        content, credential_json=b"{}", qr_text=sealed().qr, key_id=bytes(8), at=SIGNED_AT
    )

    assert set(spilt(sheet, 15 * MM)) == {"W"}


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
