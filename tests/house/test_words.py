"""Is every sentence of the house translated into its first language, whole and without doubt?"""

from babel.messages import Message

from kompeten.ops import messages

FOUND = [m for m in messages.found() if m.id]
KNOWN = {(m.id, m.context): m for m in messages.known() if m.id}


def key(message: Message) -> tuple[object, str | None]:
    """Return what a sentence is known by."""
    return message.id, message.context


def test_sentences_are_found_in_code_and_in_templates() -> None:
    places = {place for m in FOUND for place, _ in m.locations}

    assert "web/ui/labels.py" in places
    assert "web/ui/templates/ui/footer.html" in places
    assert any(isinstance(m.id, tuple) for m in FOUND)
    assert any(m.context for m in FOUND)


def test_every_sentence_has_indonesian_words() -> None:
    silent = [
        str(m.id)
        for m in FOUND
        if key(m) not in KNOWN or not KNOWN[key(m)].string or not all(KNOWN[key(m)].string)
    ]

    assert not silent, "\n".join(silent)


def test_no_translation_is_in_doubt() -> None:
    assert [str(m.id) for m in KNOWN.values() if m.fuzzy] == []


def test_translations_keep_the_blanks_of_their_sentences() -> None:
    wrong = {}
    catalog = messages.known()
    for message in catalog:
        errors = list(message.check(catalog)) if message.id else []
        if errors:
            wrong[str(message.id)] = [str(e) for e in errors]

    assert wrong == {}


def test_nobody_is_told_that_they_failed() -> None:
    """The field says competent or not yet competent. Source: domain facts 3.6."""
    said = " ".join(str(m.string) for m in KNOWN.values()).lower()

    assert "gagal" not in said
    assert "tidak lulus" not in said
