"""How is what is kept of a person put right? By the person themselves, or by an officer with a ground."""

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from kompeten.foundation.ledger import StaleRecord, StepRefused
from kompeten.kernel.actors import Actor
from kompeten.kernel.roles import Role
from kompeten.people.actions.niks import number
from kompeten.people.models import NameChange, Person
from kompeten.people.rules import nik_shape, tidied, unprintable

# Who puts right a name after the person has handed in; it is printed on papers of the body.
NAME_KEEPERS = frozenset({Role.REGISTRAR, Role.DIRECTOR})


def correct_person(person_id: int, **said: Any) -> None:
    """Keep what a person says of themselves: any field of `Identity` but the NIK and the employer.

    :raises StepRefused: `name.*`, `text.letters`: something could not be printed; nothing is kept
    """
    Person.objects.filter(pk=person_id).update(**printed(said, step="introduce"))


def state_birth(person_id: int, *, birth_on: date) -> None:
    """Keep the day of birth that a person states, unless one is known already. One query."""
    Person.objects.filter(pk=person_id, birth_on__isnull=True).update(birth_on=birth_on)


def correct_name(
    person: Person,
    *,
    name: str,
    title_before: str,
    title_after: str,
    ground: str,
    by: Actor,
    at: datetime,
) -> None:
    """Put right how a person is called on papers; what stood there is kept with the ground.

    The same name again changes nothing and writes nothing.

    :raises StepRefused: `role.not_held`; `name.own`; `name.*`, `text.letters`: it could not be
        printed; `name.no_ground`
    :raises StaleRecord: somebody else has changed the name since it was read
    """
    if not by.may(NAME_KEEPERS):
        raise StepRefused("role.not_held", step="correct_name")
    if by.person_id == person.pk:
        raise StepRefused("name.own", step="correct_name")
    said = {"name": name, "title_before": title_before, "title_after": title_after}
    kept = printed(said, step="correct_name")
    before = {field: getattr(person, field) for field in kept}
    if kept == before:
        return
    if not ground.strip():
        raise StepRefused("name.no_ground", step="correct_name")
    with transaction.atomic():
        if not Person.objects.filter(pk=person.pk, **before).update(**kept):
            raise StaleRecord(f"person {person.pk} is called otherwise by now")
        NameChange.objects.create(
            person=person, changed_at=at, by_id=by.account, ground=ground.strip(), **before
        )
    for field, value in kept.items():
        setattr(person, field, value)


def introduce(person_id: int, *, nik: str = "", **said: Any) -> bool:
    """Keep what a person says of themselves; return whether a NIK that was known gave way to `nik`.

    Whether it may is for the room that asks to say: it knows what has been handed in under the old
    one.

    :raises StepRefused: `nik.length`; `nik.taken`: somebody else has this NIK; `name.*`,
        `text.letters`: it could not be printed; then nothing is kept
    """
    if nik and (reason := nik_shape(nik)):
        raise StepRefused(reason, step="introduce")
    try:
        with transaction.atomic():
            correct_person(person_id, **said)
            return bool(nik) and number(person_id, nik)
    except IntegrityError as error:  # somebody else stated it at this very moment
        raise StepRefused("nik.taken", step="introduce") from error


def printed(said: dict[str, Any], *, step: str) -> dict[str, Any]:
    """Return what is said as it is kept.

    :raises StepRefused: `name.*`, `text.letters`: something could not be printed
    """
    kept = tidied(said)
    if reasons := unprintable(kept):
        raise StepRefused(*reasons, step=step)
    return kept
