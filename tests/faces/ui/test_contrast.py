"""Can everybody read the words and see the shapes, by day and by night? WCAG 2.2, 1.4.3 and 1.4.11."""

import re

import pytest

from tests.house.code import SOURCE

TOKENS = (SOURCE / "web/ui/static/ui/css/tokens.css").read_text(encoding="utf-8")
BLOCK = re.compile(r":root(?P<of>[^{]*)\{(?P<body>[^}]*)\}")
COLOUR = re.compile(r"--k-(?P<name>[\w-]+): (?P<hex>#[0-9a-f]{6});")
TONES = ("good", "wait", "bad", "info", "plain")

WORDS = [
    *((ink, ground) for ink in ("ink", "ink-soft") for ground in ("paper", "surface", "sunken")),
    *(("primary", ground) for ground in ("paper", "surface", "sunken")),
    *(("primary-hover", ground) for ground in ("paper", "surface")),
    ("on-primary", "primary"),
    ("on-primary", "primary-hover"),
    ("primary-ink", "primary-soft"),
    ("ink", "primary-soft"),
    ("ink-soft", "primary-soft"),
    ("primary", "primary-soft"),
    *(("accent-ink", ground) for ground in ("paper", "surface", "accent-soft")),
    ("on-accent", "accent"),
    ("accent", "cloth"),
    *(("on-cloth", ground) for ground in ("cloth", "cloth-deep")),
    *(("on-cloth-soft", ground) for ground in ("cloth", "cloth-deep")),
    *((f"tone-{t}-ink", f"tone-{t}-soft") for t in TONES),
    *((f"tone-{t}-soft", f"tone-{t}-ink") for t in ("good", "wait")),
    *(("ink", f"tone-{t}-soft") for t in TONES),
    *(("tone-bad-ink", ground) for ground in ("paper", "surface")),
    *(("tone-good-ink", ground) for ground in ("paper", "surface")),
]
SHAPES = [
    *(("line-strong", ground) for ground in ("paper", "surface", "sunken")),
    *((f"tone-{t}-mark", g) for t in TONES for g in ("paper", "surface", f"tone-{t}-soft")),
    *((f"tone-{t}-mark", "sunken") for t in TONES),
    *(("focus", ground) for ground in ("paper", "surface", "sunken")),
    ("accent", "cloth-deep"),
    ("primary", "sunken"),
]


def themes() -> list[dict[str, str]]:
    """Return the colours by name: of the day, of the night by device, of the night by hand."""
    found = []
    for block in BLOCK.finditer(TOKENS):
        colours = {c["name"]: c["hex"] for c in COLOUR.finditer(block["body"])}
        if colours:
            found.append(colours)
    return found


DAY, NIGHT, NIGHT_BY_HAND = themes()


def luminance(colour: str) -> float:
    """Return the relative luminance of `#rrggbb`. Source: WCAG 2.2, relative luminance."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_computed_as_the_standard_does() -> None:
    assert contrast("#000000", "#ffffff") == 21
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48


@pytest.mark.parametrize("theme", [DAY, NIGHT], ids=["day", "night"])
@pytest.mark.parametrize(("ink", "ground"), WORDS)
def test_words_stand_out(theme: dict[str, str], ink: str, ground: str) -> None:
    assert contrast(theme[ink], theme[ground]) >= 4.5


@pytest.mark.parametrize("theme", [DAY, NIGHT], ids=["day", "night"])
@pytest.mark.parametrize(("shape", "ground"), SHAPES)
def test_shapes_stand_out(theme: dict[str, str], shape: str, ground: str) -> None:
    assert contrast(theme[shape], theme[ground]) >= 3


def test_the_two_nights_are_one() -> None:
    assert NIGHT == NIGHT_BY_HAND


def test_day_and_night_name_the_same_colours() -> None:
    assert NIGHT.keys() == DAY.keys()


def test_tokens_are_the_only_colours() -> None:
    """A colour elsewhere would escape both themes and this test; QR codes stay black on white."""
    strays = {}
    for path in (SOURCE / "web/ui/static/ui/css").rglob("*.css"):
        css = re.sub(r"url\([^)]*\)|/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.S)
        found = set(re.findall(r"#[0-9a-fA-F]{3,8}\b(?!\s*\{)", css)) - {"#fff", "#999"}
        if found and path.name != "tokens.css":
            strays[path.name] = found

    assert strays == {}
