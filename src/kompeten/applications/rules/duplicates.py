"""Which lines are the same person? Two people are never joined; where in doubt, lines stay apart.

A wrong join makes somebody vanish from the list, a missed one costs a second look. So one whole
NIK joins only names that could be the same, and a damaged NIK joins only where name and birth date
agree as well. Namesakes have their own NIK, twins their own names: both stay apart.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from datetime import date

from kompeten.applications.rules import names
from kompeten.applications.rules.entries import Reading
from kompeten.applications.rules.nik import SAFE, compatible
from kompeten.applications.terms import Entry

Group = list[int]
"""Indices of the lines of one person, in the order of the list."""

LOOK_AT_MOST = 100
"""People compared with one line; more of one name and birth date, or with one NIK, is no honest
list, and comparing all with all would take hours."""


MOST_TWINS = 3
"""More people of one day and sub-district than this are chance or made up."""


def same_people(readings: Sequence[Reading]) -> list[Group]:
    """Return the lines of each person; every line is in exactly one group.

    Whole NIKs are placed first, so that a damaged one finds its person wherever in the list that
    stands; one that fits two people is joined to neither. Time grows with the number of lines.
    """
    people = _People(readings)
    for index in sorted(range(len(readings)), key=lambda index: _damage(readings[index])):
        people.place(index)
    return sorted(map(sorted, people.groups))


class _People:
    """The groups found so far, and where to look for the group of the next line."""

    def __init__(self, readings: Sequence[Reading]) -> None:
        self.groups: list[Group] = []
        self._readings = readings
        self._by_key: dict[Hashable, dict[int, Group]] = defaultdict(dict)

    def place(self, index: int) -> None:
        """Add the line to the one group it fits, else begin a new one."""
        reading = self._readings[index]
        if reading.nik.whole:
            fits = self._fitting(reading, _one_holder, ("nik", reading.nik.digits))
        elif name := names.key(reading.entry.name):
            born = reading.entry.birth_on
            keys = [(name, born), (name, None)] if born else [(name, "any")]
            fits = self._fitting(reading, _one_person, *keys)
        else:
            fits = []
        if len(fits) == 1:
            fits[0].append(index)
        else:
            fits = [[index]]
            self.groups.append(fits[0])
        self._remember(reading, fits[0])

    def _fitting(
        self, reading: Reading, same: Callable[[Reading, Reading], bool], *keys: Hashable
    ) -> list[Group]:
        if sum(len(self._by_key[key]) for key in keys) > LOOK_AT_MOST:
            return []
        # By first line, since a group may be remembered under more than one of the keys.
        found = {first: group for key in keys for first, group in self._by_key[key].items()}
        return [group for first, group in found.items() if same(self._readings[first], reading)]

    def _remember(self, reading: Reading, group: Group) -> None:
        if reading.nik.whole:
            self._by_key["nik", reading.nik.digits][group[0]] = group
        if name := names.key(reading.entry.name):
            self._by_key[name, reading.entry.birth_on][group[0]] = group
            self._by_key[name, "any"][group[0]] = group


def sharing_a_nik(readings: Sequence[Reading], groups: Iterable[Group]) -> set[int]:
    """Return the lines whose whole NIK also stands with somebody else."""
    holders: dict[str, list[Group]] = defaultdict(list)
    for group in groups:
        for digits in {readings[index].nik.digits for index in group if readings[index].nik.whole}:
            holders[digits].append(group)
    return {
        index
        for digits, groups_of_nik in holders.items()
        if len(groups_of_nik) > 1
        for group in groups_of_nik
        for index in group
        if readings[index].nik.digits == digits
    }


def resembling(readings: Sequence[Reading], groups: Iterable[Group]) -> set[int]:
    """Return the lines of people who share name and birth date with others, under another NIK."""
    alike: dict[tuple[str, object], list[Group]] = defaultdict(list)
    for group in groups:
        entry = readings[group[0]].entry
        if entry.name and entry.birth_on:
            alike[names.key(entry.name), entry.birth_on].append(group)
    return {
        index for people in alike.values() if len(people) > 1 for group in people for index in group
    }


def bears(entry: Entry, *, name: str, birth_on: date | None) -> bool:
    """Return whether the person of a line can be the one who is known under its NIK.

    As strict as between two lines: another name or birth date under one NIK is a slip until somebody
    has compared identity cards, and nobody is made the holder of another's records by a list.
    """
    same_day = birth_on == entry.birth_on or None in (birth_on, entry.birth_on)
    return not name or (same_day and names.alike(entry.name, name))


def twins(readings: Sequence[Reading], groups: Iterable[Group]) -> set[int]:
    """Return the lines of people who look like twins: their NIKs are easily mixed up, or are one copied.

    Born on one day and first registered in one sub-district (twelve digits), under names of one word or
    one beginning, or at one address; two or three of them. Nobody is joined.
    """
    born: dict[str, list[Group]] = defaultdict(list)
    for group in groups:
        reading = readings[group[0]]
        if reading.nik.whole and reading.entry.name:
            born[reading.nik.digits[:12]].append(group)
    return {
        index
        for people in born.values()
        if 2 <= len(people) <= MOST_TWINS
        for group in people
        if any(_like_twins(readings[group[0]].entry, readings[o[0]].entry) for o in people)
        for index in group
    }


def _like_twins(one: Entry, other: Entry) -> bool:
    if names.key(one.name) == names.key(other.name):
        return False
    words, others = one.name.lower().split(), other.name.lower().split()
    same_place = one.address != "" and one.address.lower() == other.address.lower()
    return same_place or not set(words).isdisjoint(others) or words[0][:2] == others[0][:2]


def _damage(reading: Reading) -> int:
    return ("", "nik.rounded", "nik.length", "nik.missing").index(reading.nik.reason)


def _one_holder(one: Reading, other: Reading) -> bool:
    """Return whether two lines with the same whole NIK are one person, not a slip of the keyboard."""
    if one.entry.birth_on and one.entry.birth_on == other.entry.birth_on:
        born = True
    else:
        born = None in (one.entry.birth_on, other.entry.birth_on)
    name, other_name = names.key(one.entry.name), names.key(other.entry.name)
    if not name or not other_name:
        return born
    if name == other_name:
        return True
    same_sex = one.entry.sex is other.entry.sex or None in (one.entry.sex, other.entry.sex)
    return born and same_sex and names.alike(one.entry.name, other.entry.name)


def _one_person(one: Reading, other: Reading) -> bool:
    """Return whether two lines of one name are one person although a NIK is damaged or missing."""
    born, other_born = one.entry.birth_on, other.entry.birth_on
    missing = "nik.missing" in (one.nik.reason, other.nik.reason)
    fits = missing or compatible(one.nik, other.nik)
    if missing or min(one.nik.sure, other.nik.sure) < SAFE:
        return fits and born is not None and born == other_born and _same_contact(one, other)
    return fits and (born == other_born or None in (born, other_born))


def _same_contact(one: Reading, other: Reading) -> bool:
    return (one.entry.phone != "" and one.entry.phone == other.entry.phone) or (
        one.entry.email != "" and one.entry.email == other.entry.email
    )
