"""Does the body word its messages itself, version by version, and nobody else?"""

import pytest
from django.db import DatabaseError, transaction

from kompeten.foundation.ledger import StepRefused
from kompeten.kernel.actors import Actor
from kompeten.kernel.roles import Role
from kompeten.notices import actions, queries, rules
from kompeten.notices.labels.messages import LANGUAGES
from kompeten.notices.models import MessageText
from kompeten.notices.terms import MessageKind, Placeholder
from tests.make.actors import actor
from tests.make.people import account
from tests.make.times import MONDAY, TUESDAY

pytestmark = pytest.mark.django_db
VALUES = {
    Placeholder.NAME: "Dewi",
    Placeholder.OFFICE: "Dinsos",
    Placeholder.LINK: "https://k.id/r/A",
    Placeholder.DAY: "30 Desember 2026",
}


def writer() -> Actor:
    """Return somebody who may word messages."""
    return account(8801, Role.COORDINATOR, at=MONDAY)


@pytest.mark.parametrize("kind", list(MessageKind))
@pytest.mark.parametrize("language", list(LANGUAGES))
def test_what_the_house_brings_along_is_fit_to_be_sent(kind: MessageKind, language: str) -> None:
    held = queries.wording(kind, language)

    assert held.version == 0
    assert rules.flaws(held.text, held.kind) == ()
    told = queries.message(kind, language, VALUES)
    assert all(value in told for value in VALUES.values())
    assert ("Yth." in told) is (language == "id")


def test_a_new_text_is_in_force_at_once_and_in_its_language_only() -> None:
    by = writer()

    actions.word_message(MessageKind.MEND, "id", "Halo {nama}: {tautan}", by=by, at=MONDAY)
    actions.word_message(MessageKind.MEND, "id", "Hai {nama}: {tautan}", by=by, at=TUESDAY)

    assert queries.message(MessageKind.MEND, "id", VALUES) == "Hai Dewi: https://k.id/r/A"
    assert queries.wording(MessageKind.MEND, "en").version == 0
    assert queries.wording(MessageKind.CONFIRM, "id").version == 0
    kept = queries.wordings(MessageKind.MEND, "id")
    assert [(v.version, v.written_at, v.account_id) for v in kept] == [
        (2, TUESDAY, by.account_id),
        (1, MONDAY, by.account_id),
    ]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Halo {nama}", "message.no_link"),
        ("Halo {nik} {tautan}", "message.unknown_placeholder"),
        ("{tautan} {", "message.loose_brace"),
    ],
)
def test_a_text_that_could_not_be_sent_is_refused(text: str, reason: str) -> None:
    with pytest.raises(StepRefused) as refused:
        actions.word_message(MessageKind.MEND, "id", text, by=writer(), at=MONDAY)

    assert refused.value.reasons == (reason,)
    assert not MessageText.objects.exists()


def test_the_second_click_writes_no_second_version() -> None:
    by, text = writer(), "Halo {nama}: {tautan}"
    actions.word_message(MessageKind.MEND, "id", text, by=by, at=MONDAY)

    with pytest.raises(StepRefused, match=r"message\.same"):
        actions.word_message(MessageKind.MEND, "id", f" {text}\r\n", by=by, at=MONDAY)


@pytest.mark.parametrize("role", [Role.SPONSOR, Role.VERIFIER, Role.ADMIN])
def test_others_word_nothing(role: Role) -> None:
    with pytest.raises(StepRefused, match=r"role\.not_held"):
        actions.word_message(MessageKind.MEND, "id", "{tautan}", by=actor(900, role), at=MONDAY)


def test_a_version_is_never_changed() -> None:
    actions.word_message(MessageKind.MEND, "id", "{tautan}", by=writer(), at=MONDAY)

    with pytest.raises(DatabaseError), transaction.atomic():
        MessageText.objects.update(text="x")
