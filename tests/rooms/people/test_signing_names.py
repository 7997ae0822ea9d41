"""Under which name does somebody sign, who puts it right, and what is kept of that?"""

import random
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from kompeten.foundation.ledger import StaleRecord, StepRefused
from kompeten.kernel.actors import Actor
from kompeten.kernel.roles import Role
from kompeten.people import actions, queries
from kompeten.people.models import Account, LabelChange
from tests.make.people import MONDAY, account

pytestmark = pytest.mark.django_db
TUESDAY = MONDAY + timedelta(days=1)
LONG = "Drs." + "Abdurrahmanwahid" * 4


def director(n: int = 1) -> Account:
    """Return an account that signs papers."""
    return Account.objects.get(pk=account(n, Role.DIRECTOR, label="Budi").account_id)


def admin(n: int = 2) -> Actor:
    """Return an administrator."""
    return account(n, Role.ADMIN, label="Sari")


def test_the_name_changes_and_who_changed_it_when_and_why_is_kept() -> None:
    budi, sari = director(), admin()

    actions.change_label(budi, " Budi,  S.Sos. ", ground=" SK 1 ", by=sari, at=TUESDAY)

    assert queries.account_labels([budi.pk]) == {budi.pk: "Budi, S.Sos."}
    assert budi.label == "Budi, S.Sos."
    (change,) = queries.label_changes(budi)
    assert (change.label, change.by_id, change.changed_at, change.ground) == (
        "Budi", sari.account_id, TUESDAY, "SK 1",
    )  # fmt: skip


def test_the_same_name_again_writes_nothing() -> None:
    budi = director()

    assert actions.change_label(budi, "Budi ", ground="", by=admin(), at=TUESDAY) is None

    assert not LabelChange.objects.exists()


@pytest.mark.parametrize(
    ("label", "ground", "reason"),
    [
        ("", "SK", "name.missing"),
        ("علي", "SK", "name.letters"),
        (LONG, "SK", f"label.long_word:{LONG}"),
        ("Budi, S.Sos.", "  ", "label.no_ground"),
    ],
)
def test_what_has_no_room_or_no_ground_is_refused(label: str, ground: str, reason: str) -> None:
    budi = director()

    with pytest.raises(StepRefused) as refusal:
        actions.change_label(budi, label, ground=ground, by=admin(), at=TUESDAY)

    assert refusal.value.reasons == (reason,)
    assert queries.account_labels([budi.pk]) == {budi.pk: "Budi"}
    assert not LabelChange.objects.exists()


@pytest.mark.parametrize("role", [Role.REGISTRAR, Role.DIRECTOR, Role.AUDITOR])
def test_only_an_administrator_puts_it_right(role: Role) -> None:
    budi, other = director(), account(3, role)

    with pytest.raises(StepRefused, match=r"role\.not_held"):
        actions.change_label(budi, "Budi, S.Sos.", ground="SK", by=other, at=TUESDAY)
    assert queries.to_relabel(budi.ref, other) is None
    assert queries.to_relabel(budi.ref, admin()) == budi


def test_who_holds_no_role_signs_nothing_and_is_not_found() -> None:
    applicant = Account.objects.get(pk=account(4, label="Ani Rahayu").account_id)

    assert queries.to_relabel(applicant.ref, admin()) is None


def test_nobody_puts_right_their_own() -> None:
    sari = admin()
    own = Account.objects.get(pk=sari.account_id)

    with pytest.raises(StepRefused, match=r"label\.own"):
        actions.change_label(own, "Sari, S.Sos.", ground="SK", by=sari, at=TUESDAY)


def test_of_two_at_once_the_second_looks_again() -> None:
    budi, sari = director(), admin()
    seen_before = Account.objects.get(pk=budi.pk)
    actions.change_label(budi, "Budi, S.Sos.", ground="SK", by=sari, at=TUESDAY)

    with pytest.raises(StaleRecord):
        actions.change_label(seen_before, "Budi, M.Si.", ground="SK", by=sari, at=TUESDAY)

    assert LabelChange.objects.count() == 1


def test_what_stood_there_is_never_changed() -> None:
    actions.change_label(director(), "Budi, S.Sos.", ground="SK", by=admin(), at=TUESDAY)

    with pytest.raises(DatabaseError, match="kept as they are"), transaction.atomic():
        LabelChange.objects.update(ground="lain")


def test_a_long_word_is_told_when_the_account_is_opened_or_is_to_sign() -> None:
    for label in ("Drs.H.Abdurrahman,S.Sos.,M.Si.", "Dra.Hj.Nurhayati,S.Sos.,M.Kesos.,Apr."):
        actions.open_account(at=MONDAY, rng=random.Random(len(label)), label=label)
    with pytest.raises(StepRefused) as refusal:
        actions.open_account(at=MONDAY, rng=random.Random(1), label=LONG)
    assert refusal.value.reasons == (f"label.long_word:{LONG}",)

    # A person comes by an account whatever the name is, and signs nothing with it.
    person = account(4, Role.VERIFIER).person_id
    Account.objects.filter(person_id=person).update(label=LONG)
    theirs = Account.objects.get(person_id=person)
    actions.grant(theirs, Role.TRAINER, at=MONDAY)
    with pytest.raises(StepRefused, match=r"label\.long_word"):
        actions.grant(theirs, Role.DIRECTOR, at=MONDAY)
