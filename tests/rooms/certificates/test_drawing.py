"""Can the typeface of our papers draw whatever the rule of names lets through?

Nobody says so but the typesetter: each sign is drawn in each face that a sheet uses, as PDF/A,
which knows no missing glyph.
"""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st

from kompeten.certificates.actions import contents
from kompeten.certificates.adapters import card, pdf, seal
from kompeten.certificates.rules import content as rules
from kompeten.certificates.terms import Body, Content, Decree, Named, Scheme, Signatory
from kompeten.kernel import lettering
from kompeten.schemes import labels as words
from kompeten.schemes.adapters.reader import packaged
from kompeten.schemes.terms import SchemeFile
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


def queried(tmp_path: Path, source: str, value: object) -> Any:
    """Return what the typesetter says `source` gives, an expression of `given` and of the sheet's own words."""
    for name, text in {
        "fitted.typ": (Path(pdf.__file__).parent / "sheet" / "fitted.typ").read_text("utf-8"),
        "given.json": json.dumps(value),
        "probe.typ": '#import "fitted.typ": breadth\n'
        "#set page(width: 400pt, height: auto)\n"
        '#set text(font: "Libertinus Serif", fallback: false, size: 10pt, lang: "id")\n'
        "#set par(leading: 0pt)\n"
        f'#let given = json("given.json")\n#context [#metadata({source}) <m>]',
    }.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (found,) = json.loads(
        typst.query(str(tmp_path / "probe.typ"), "<m>", field="value", ignore_system_fonts=True)
    )
    return found


def test_the_sheet_takes_every_sign_for_as_broad_as_the_rule_does(tmp_path: Path) -> None:
    assert queried(tmp_path, "given.map(breadth)", SIGNS) == [
        lettering.breadth(sign) for sign in SIGNS
    ]


def lines(tmp_path: Path, texts: list[str]) -> list[int]:
    """Return into how many lines each text breaks where it has no room at all."""
    upright = "text(top-edge: 10pt, bottom-edge: 0pt, s)"
    measured = f"given.map(s => measure(block(width: 0.1pt, {upright})).height.pt())"
    return [round(height / 10) for height in queried(tmp_path, measured, texts)]


def broken(text: str) -> int:
    """Return into how many words the rule takes a text apart."""
    count = 0
    while word := lettering.too_broad(text, 0):
        text, count = text.removeprefix(word).removeprefix(" "), count + 1
    return count


def test_a_word_breaks_on_the_sheet_wherever_the_rule_says(tmp_path: Path) -> None:
    signs = [sign for sign in SIGNS if not sign.isalpha()] + list("AzÀḥʿ")
    texts = [
        lettering.tidy(f"{start}{before}{joint}{after}YY")
        for start in ("XX", "XX ")
        for joint in "-/\u2010\u2011\u2013\u2014.,& "
        for before in ("", "A", "z", "5", ".", ")", "(", "'", '"', "-", "/", "&", "%")
        for after in signs
    ]

    said = [broken(text) for text in texts]

    too_many = [
        text
        for text, own, drawn in zip(texts, said, lines(tmp_path, texts), strict=True)
        if own > drawn
    ]
    assert too_many == []
    assert set(said) >= {1, 2, 3}


def test_a_name_breaks_at_hyphens_strokes_and_dashes(tmp_path: Path) -> None:
    texts = ["Kota/Kabupaten", "Kartika-Dewi", "Bina\u2013Usaha", "PKH/(Sosial)"]

    assert [broken(text) for text in texts] == lines(tmp_path, texts) == [2] * 4


def longest(part: str, letter: str, of: Callable[[str], Content]) -> Content:
    """Return the content with the longest word of one letter that may be set in a part."""
    contents = (of(letter * count) for count in range(120, 0, -1))
    return next(content for content in contents if part not in long_words(content))


def long_words(content: Content) -> set[str]:
    """Return the parts of a content that hold too long a word."""
    codes = (flaw.split(":") for flaw in rules.flaws(content))
    return {part for name, part, *_ in codes if name == "content.long_word"}


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


@pytest.mark.parametrize("letter", ["W", "A", "m", "n", "i", "Ẁ", "s", "S.", "S.,", "0"])
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
        ("signatory", lambda w: replace(ANI, signatory=Signatory(w, "Direktur"))),
        ("post", lambda w: replace(ANI, signatory=Signatory("Ani", w, w))),
        ("decree", lambda w: replace(ANI, decree=Decree(w, ANI.decree.on))),
        ("number", lambda w: replace(ANI, number=w, replaces=w)),
    ],
)
def test_the_longest_word_that_the_rule_lets_through_stays_on_the_sheet(
    part: str, letter: str, of: Callable[[str], Content]
) -> None:
    content = longest(part, letter, of)

    # The text has margins of 22 mm, the frame ends at 14.8.
    assert spilt(drawn(content), 15 * MM) == []
    assert spilt(card.render(content, qr_text=sealed().qr, at=SIGNED_AT), 19.4 * MM) == []


@pytest.mark.parametrize("scheme", packaged(), ids=lambda file: file.content.code)
def test_every_profession_level_and_scheme_of_the_house_has_room(scheme: SchemeFile) -> None:
    said = scheme.content
    content = replace(
        ANI,
        profession=contents.named(said.profession.value, words.PROFESSION[said.profession]),
        level=contents.named(said.level.value, words.LEVEL[said.level]) if said.level else None,
        scheme=Scheme(said.short, "1", said.title.id, said.title.en),
        units=tuple(Named(u.code, u.title.id, u.title.en) for u in said.units),
        legal_basis=tuple(f"{basis.code} {basis.subject.id}" for basis in said.legal_basis),
    )

    assert rules.flaws(content) == ()
    assert spilt(drawn(content), 15 * MM) == []


def drawn(content: Content) -> bytes:
    """Return the sheet of a content."""
    return pdf.render(
        content, credential_json=b"{}", qr_text=sealed().qr, key_id=bytes(8), at=SIGNED_AT
    )


Box = tuple[float, float, float, float]


def boxes(paper: bytes, page: int, words: str) -> list[list[Box]]:
    """Return where each sign of `words` stands on a page, each time: left, bottom, right, top in pt."""
    with pypdfium2.PdfDocument(paper) as document:
        page_text = document[page].get_textpage()
        search = page_text.search(words)
        places = iter(search.get_next, None)
        return [[page_text.get_charbox(at + n) for n in range(count)] for at, count in places]


def test_a_long_code_of_a_unit_breaks_and_titles_keep_their_room() -> None:
    code = "Q.88SOS00 / PEKSOS-GENERALIS / KEMENSOS / PUSBANG-PROF / SKKNI 2020-00 / REVISI 3"
    units = (Named(code, "x" * 53, "x" * 53), Named("PS.02", "Menolong"), *ANI.units * 4)
    for count in (2, len(units)):
        content = replace(ANI, units=units[:count])

        assert rules.flaws(content) == ()
        assert spilt(drawn(content), 22 * MM) == []
    assert count > 16  # both ways of setting them


def test_the_number_of_a_decree_stays_off_the_dates() -> None:
    content = longest("decree", "0", lambda w: replace(ANI, decree=Decree(w, ANI.decree.on)))
    paper = drawn(content)

    (number,), (since,) = boxes(paper, 0, content.decree.number), boxes(paper, 0, "Berlaku sejak")
    assert max(box[2] for box in number) < min(box[0] for box in since)


@pytest.mark.parametrize(
    "name",
    [
        "Drs.H.Abdurrahman,S.Sos.,M.Si.",
        "Dra.Hj.Nurhayati,S.Sos.,M.Kesos.,Apr.",
        "NURHAYATI,S.Sos.,M.Si.,M.Pd.,S.H.,M.H.",
        "Drs.H.ABDURRAHMAN,S.Sos.,M.Si.,M.Pd.,Apr.",
        "Dr.dr.Hj.Nurhayati,S.Sos.,M.Kesos.,Sp.KJ.,Apr.,Ph.D",
    ],
)
def test_a_name_with_titles_and_no_blanks_has_room(name: str) -> None:
    content = replace(ANI, holder=name, signatory=Signatory(name, "Direktur", "Director"))
    paper = drawn(content)

    assert rules.flaws(content) == ()
    assert spilt(paper, 15 * MM) == []
    _, signed = boxes(paper, 0, name)  # the holder's comes first
    assert min(box[0] for box in signed) >= (210 - 22 - 74) * MM - 1
    assert len({box[1] > signed[0][3] for box in signed}) == 1  # one line


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
