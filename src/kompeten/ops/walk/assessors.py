"""Who assesses? Made-up people from all over the country, whose licences end one after another."""

from dataclasses import dataclass
from datetime import date, timedelta

from kompeten.ops.walk.lists import THIRD

# fmt: off
HOMES = (
    ("Rosmawati Harahap", "12.71", True),
    ("Bambang Sutrisno", "33.74", False),
    ("Cut Nurlaila", "11.71", True),
    ("Andi Rachman Patunru", "73.71", False),
    ("Yuliana Kambu", "96.71", True),
    ("I Wayan Sudiarta", "51.71", False),
    ("Neneng Sulastri", "32.73", True),
    ("Yosef Bria", "53.71", False),
    ("Rina Anggraini", "16.71", True),
    ("Johanis Rumagit", "71.71", False),
    ("Noorhayati", "63.71", True),
    ("Sugeng Riyadi", "34.71", False),
    ("Maria Yosepha Watimena", "81.71", True),
    ("Zulkifli Chaniago", "13.71", False),
    ("Baiq Sri Hartini", "52.71", True),
    ("Agustinus Kobak", "95.01", False),
    ("Theresia Lamanepa", "53.08", True),
    ("Muhammad Arsyad", "61.71", False),
    ("Wa Ode Sartika", "74.71", True),
    ("Eko Prasetyo Nugroho", "35.78", False),
    ("Ruth Paranoan", "73.26", True),
    ("Ahmad Gani Djafar", "82.71", False),
    ("Selfiana Ohee", "91.71", True),
    ("Edi Suryanto", "18.71", False),
)
# fmt: on
FIRST_BORN = date(1966, 3, 8)
AGES_APART = timedelta(days=263)
TERM = timedelta(days=3 * 365)
FIRST_END = timedelta(days=280)  # past the year of the demonstration, so that nobody lapses in it
ENDS_APART = timedelta(days=29)
FIRST_NUMBER, NUMBERS_APART = 1204, 37


@dataclass(frozen=True, slots=True)
class Person:
    """One who assesses; `until` is the last day of the licence."""

    name: str
    region_code: str
    woman: bool
    born: date
    registration_number: str
    until: date


def nth(n: int, *, on: date) -> Person:
    """Return the n-th assessor, from 0, as licensed on the day `on`; nobody has another's name.

    The licences of 24 in a row end from `FIRST_END` after that day on, one about each month.
    """
    again, home = divmod(n, len(HOMES))
    name, region_code, woman = HOMES[home]
    # 7 and 24 share no divisor: each of 24 gets an end of their own, in no order of the list.
    until = on + FIRST_END + ENDS_APART * ((7 * home + 12) % len(HOMES))
    return Person(
        name=f"{name} {THIRD.split()[again - 1]}" if again else name,
        region_code=region_code,
        woman=woman,
        born=FIRST_BORN + AGES_APART * home,
        registration_number=(
            f"MET.000.{FIRST_NUMBER + NUMBERS_APART * n:06d} {(until - TERM).year}"
        ),
        until=until,
    )
