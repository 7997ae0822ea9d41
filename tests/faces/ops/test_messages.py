"""Are sentences found, kept, merged and compiled as the house needs them?"""

import gettext
from pathlib import Path

import pytest

from kompeten.ops import cli, messages

CODE = """from django.utils.translation import gettext_lazy as _, ngettext

TITLE = _("Welcome")
WORDS = ngettext("%(n)d day", "%(n)d days", 2)
"""
PAGE = """{% load i18n %}{% translate "Go on" context "button" %}
{% card title=_("Your way") %}{% blocktranslate trimmed count n=n %}
  One line is left.
{% plural %}
  {{ n }} lines are left.
{% endblocktranslate %}{% endcard %}
"""
FRAGMENT = """msgid "Welcome"
msgstr "Selamat datang"

msgid "Your way"
msgstr "Jalan Anda"
"""


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small house with one module, one page and no translations yet."""
    (tmp_path / "room.py").write_text(CODE, encoding="utf-8")
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "page.html").write_text(PAGE, encoding="utf-8")
    monkeypatch.setattr(messages, "PACKAGE", tmp_path)
    monkeypatch.setattr(messages, "LOCALES", tmp_path / "locale")
    return tmp_path


@pytest.fixture
def fragment(tmp_path: Path) -> Path:
    """Translations of two of the house's sentences."""
    path = tmp_path / "fragment.po"
    path.write_text(FRAGMENT, encoding="utf-8")
    return path


def test_sentences_are_found_in_code_and_in_pages(house: Path) -> None:
    found = {(m.id, m.context) for m in messages.found() if m.id}

    assert found == {
        ("Welcome", None),
        (("%(n)d day", "%(n)d days"), None),
        ("Go on", "button"),
        ("Your way", None),
        (("One line is left.", "%(n)s lines are left."), None),
    }


def test_a_fragment_fills_in_what_is_missing(house: Path, fragment: Path) -> None:
    before = messages.refresh()
    after = messages.refresh(fragments=[fragment])

    assert len(before) == 5
    assert len(after) == 3
    assert "Welcome" not in after


def test_what_is_translated_stays(house: Path, fragment: Path) -> None:
    messages.refresh(fragments=[fragment])
    fragment.write_text('msgid "Welcome"\nmsgstr "Halo"\n', encoding="utf-8")

    messages.refresh(fragments=[fragment])

    kept = messages.known().get("Welcome")
    assert kept is not None
    assert kept.string == "Selamat datang"


def test_a_sentence_that_left_and_returns_finds_its_words_again(
    house: Path, fragment: Path
) -> None:
    messages.refresh(fragments=[fragment])
    (house / "room.py").write_text("", encoding="utf-8")
    messages.refresh()
    assert messages.known().get("Welcome") is None

    (house / "room.py").write_text(CODE, encoding="utf-8")

    assert "Welcome" not in messages.refresh()


def test_refreshing_twice_changes_nothing(house: Path, fragment: Path) -> None:
    messages.refresh(fragments=[fragment])
    po = house / "locale" / "id" / "LC_MESSAGES" / "django.po"
    before = po.read_bytes()

    messages.refresh()

    assert po.read_bytes() == before


def test_translations_are_compiled_once(house: Path, fragment: Path) -> None:
    messages.refresh(fragments=[fragment])

    assert messages.compile_all() == 1
    assert messages.compile_all() == 0
    words = gettext.translation("django", house / "locale", languages=["id"])
    assert words.gettext("Welcome") == "Selamat datang"


def test_every_command_speaks_from_a_fresh_copy(
    house: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = house / "locale" / "id" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").write_text(
        messages.HEADER.format(language="id") + "\n" + FRAGMENT, encoding="utf-8"
    )

    assert cli.run(["options"]) == 0

    with (folder / "django.mo").open("rb") as compiled:
        assert gettext.GNUTranslations(compiled).gettext("Welcome") == "Selamat datang"
    capsys.readouterr()
    assert cli.run(["options"]) == 0
    assert "translations" not in capsys.readouterr().err
