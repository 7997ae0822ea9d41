"""Which words does a code get, and what if it has none?"""

import pytest

from kompeten.foundation import words


@pytest.fixture(autouse=True)
def _a_house_of_two_rooms(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "_REASONS", {})
    monkeypatch.setattr(words, "_CLASHES", set())
    words.learn({"missing.document": "Berkas %(what)s belum ada.", "diploma": "ijazah"})
    words.learn({"person.tied": "Ada hubungan dengan peserta: 100%."})


def test_a_code_has_the_words_of_its_room() -> None:
    assert words.reason("person.tied") == "Ada hubungan dengan peserta: 100%."


def test_a_code_may_say_what_it_is_about() -> None:
    assert words.reason("missing.document:diploma") == "Berkas ijazah belum ada."
    assert words.reason("missing.document:KTP") == "Berkas KTP belum ada."


def test_a_code_without_words_shows_itself() -> None:
    assert words.reason("nobody.knows") == "nobody.knows"


def test_where_two_rooms_differ_the_first_keeps_the_code_and_the_clash_is_known() -> None:
    words.learn({"person.tied": "Lain."})

    assert words.reason("person.tied").startswith("Ada hubungan")
    assert words.clashes() == {"person.tied"}
