"""Who is known, by key, reference or NIK, and what were they called before?"""

from collections.abc import Iterable
from datetime import date

from kompeten.foundation import privacy
from kompeten.people import rules
from kompeten.people.models import NIK_COLUMN, NameChange, Person
from kompeten.people.terms import Bearer, Particulars, PersonRow
from kompeten.regions import queries as regions


def person_by_nik(nik: str) -> int | None:
    """Return the key of the person with this NIK, or None."""
    index = privacy.blind_index(nik, column=NIK_COLUMN)
    return Person.objects.filter(nik_index=index).values_list("pk", flat=True).first()


def persons_by_nik(niks: Iterable[str]) -> dict[str, int]:
    """Return the keys of those persons that are known, by NIK. One query per 500."""
    return {nik: bearer.id for nik, bearer in bearers(niks).items()}


def bearers(niks: Iterable[str]) -> dict[str, Bearer]:
    """Return who bears these NIKs, where it is known, by NIK. One query per 500."""
    by_index = {privacy.blind_index(nik, column=NIK_COLUMN): nik for nik in niks}
    found: dict[str, Bearer] = {}
    indexes = list(by_index)
    for start in range(0, len(indexes), 500):
        rows = Person.objects.filter(nik_index__in=indexes[start : start + 500])
        for index, key, name, birth_on in rows.values_list("nik_index", "pk", "name", "birth_on"):
            found[by_index[bytes(index or b"")]] = Bearer(key, name, birth_on)
    return found


def nik_of(person_id: int) -> str:
    """Return the NIK in clear, for papers that the law asks it on; empty when unknown."""
    return _nik(Person.objects.only("ref", "nik_sealed").get(pk=person_id))


def nik_doubts(person: Person, *, on: date) -> tuple[str, ...]:
    """Return what somebody should look at in the person's NIK (`nik.*`); empty when none is known."""
    nik = nik_of(person.pk)
    if not nik:
        return ()
    known = regions.codes(on=on)
    return rules.nik_doubts(nik, birth_on=person.birth_on, sex=person.sex, regions=known)


def persons(ids: Iterable[int]) -> dict[int, PersonRow]:
    """Return persons as rows, by key. One query per 500."""
    keys, found = list(set(ids)), {}
    for start in range(0, len(keys), 500):
        for p in Person.objects.filter(pk__in=keys[start : start + 500]).defer(
            "nik_sealed", "nik_index"
        ):
            found[p.pk] = PersonRow(p.pk, p.ref, p.name, p.full_name, p.region_code, p.employer_id)
    return found


def particulars(ids: Iterable[int]) -> dict[int, Particulars]:
    """Return what lists for other authorities and letters ask of persons, by key. One query per 500.

    The NIK comes in clear: whoever asks writes down that the list leaves the house.
    """
    keys, found = sorted(set(ids)), {}
    for start in range(0, len(keys), 500):
        for p in Person.objects.filter(pk__in=keys[start : start + 500]):
            found[p.pk] = Particulars(
                p.pk,
                p.full_name,
                _nik(p),
                p.sex,
                p.birth_place,
                p.birth_on,
                p.region_code,
                p.address,
                p.phone,
                p.email,
            )
    return found


def person(person_id: int) -> Person | None:
    """Return the person's own record, for the person's own page and for papers."""
    return Person.objects.filter(pk=person_id).first()


def person_by_ref(ref: str) -> Person | None:
    """Return the person with this reference, or None; for offices that may see everybody. One query."""
    return Person.objects.filter(ref=ref).defer("nik_sealed").first()


def key_of(ref: str) -> int | None:
    """Return the key of the person with this reference, or None. One query."""
    return Person.objects.filter(ref=ref).values_list("pk", flat=True).first()


def name_changes(person: Person) -> list[NameChange]:
    """Return what the person was called before, the latest first. One query."""
    return list(person.name_changes.select_related("by").order_by("-changed_at", "-id"))


def mail_addresses(person_ids: Iterable[int]) -> dict[int, str]:
    """Return where mail reaches the persons who have an address, by key. One query per 500."""
    keys = sorted(set(person_ids))
    found: dict[int, str] = {}
    for start in range(0, len(keys), 500):
        rows = Person.objects.filter(pk__in=keys[start : start + 500]).exclude(email="")
        found |= dict(rows.values_list("pk", "email"))
    return found


def _nik(person: Person) -> str:
    if person.nik_sealed is None:
        return ""
    return privacy.unseal(bytes(person.nik_sealed), column=NIK_COLUMN, row=person.ref)
