"""Who plays? An account for every role, with sites, regional centres and licensed assessors."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from kompeten.kernel.actors import Actor
from kompeten.kernel.roles import Role
from kompeten.ops.walk import assessors as assessing
from kompeten.ops.walk.lists import nik
from kompeten.people import actions, queries
from kompeten.people.terms import Identity, OrganizationKind

if TYPE_CHECKING:
    from kompeten.people.models import Organization, Site

PASSWORD = "peragaan-2026"  # noqa: S105 (printed on the demonstration's login page)
BORN = date(1978, 6, 15)
CAPITAL = "31.71"
WAVE_LASTS = timedelta(days=120)  # from documents to certificates, with all that is put off
CENTRES = (
    ("Balai Besar Pendidikan dan Pelatihan Kesejahteraan Sosial Regional I Padang", "13.71"),
    ("Balai Besar Pendidikan dan Pelatihan Kesejahteraan Sosial Regional II Bandung", "32.73"),
    ("Balai Besar Pendidikan dan Pelatihan Kesejahteraan Sosial Regional III Yogyakarta", "34.71"),
    ("Balai Besar Pendidikan dan Pelatihan Kesejahteraan Sosial Regional IV Banjarmasin", "63.71"),
    ("Balai Besar Pendidikan dan Pelatihan Kesejahteraan Sosial Regional V Makassar", "73.71"),
    ("Balai Besar Pendidikan dan Pelatihan Kesejahteraan Sosial Regional VI Jayapura", "91.71"),
)
PLAYERS = (
    (Role.VERIFIER, "verifikator", "Budi Santoso"),
    (Role.VERIFIER, "verifikator2", "Lestari Ningsih"),
    (Role.COORDINATOR, "koordinator", "Endang Utami"),
    (Role.TRAINER, "narasumber", "Fitri Hidayat"),
    (Role.ITEM_WRITER, "penulis", "Gita Pratama"),
    (Role.ITEM_WRITER, "penelaah", "Hendra Wijaya"),
    (Role.INVIGILATOR, "pengawas", "Irwan Lubis"),
    (Role.COMMITTEE, "komite", "Dewi Siregar"),
    (Role.COMMITTEE, "komite2", "Joko Kurniawan"),
    (Role.COMMITTEE, "komite3", "Kartika Rahayu"),
    (Role.DIRECTOR, "direktur", "Dr. Ratna Gunawan, M.Si."),
    (Role.REGISTRAR, "registrar", "Maria Latuconsina"),
    (Role.MINISTRY, "kementerian", "Taufik Setiawan"),
    (Role.AUDITOR, "auditor", "Vera Tandi"),
    (Role.ADMIN, "admin", "Wahyu Fauzi"),
)
# Beside all players: the first of a kind, whose password is worth its time.
ENTERS = frozenset({"pengusul1", "asesor1", "asesor2"})


@dataclass(frozen=True, slots=True)
class Cast:
    """Everybody who acts, by role, with the offices and sites they act for and at."""

    by_role: dict[Role, tuple[Actor, ...]]
    centres: "tuple[Organization, ...]"
    sites: "tuple[Site, ...]"

    def one(self, role: Role, number: int = 0) -> Actor:
        """Return one who plays `role`, in turn by `number`."""
        players = self.by_role[role]
        return players[number % len(players)]

    def all(self, role: Role) -> tuple[Actor, ...]:
        """Return all who play `role`."""
        return self.by_role[role]


@dataclass(frozen=True, slots=True)
class _Part:
    """An account to be opened; whoever assesses has a home and a licence as well."""

    role: Role
    mail: str
    name: str
    office: "Organization"
    assessor: assessing.Person | None = None


def assemble(
    *, at: datetime, rng: random.Random, assessors: int, sponsors: int, passwords: bool
) -> Cast:
    """Make the body, its centres, sites and accounts known; the people are made up.

    With `passwords` the first of each kind can log in; a hash takes a third of a second by design.
    """
    since = at - timedelta(days=30)
    on = timezone.localdate(since)
    body = actions.found_organization(
        "Lembaga Sertifikasi Kesejahteraan Sosial", kind=OrganizationKind.BODY, on=on, rng=rng
    )
    centres = tuple(
        actions.found_organization(
            name, kind=OrganizationKind.REGIONAL_CENTRE, on=on, rng=rng, region_code=code
        )
        for name, code in CENTRES
    )
    sites = _sites(centres, rng=rng)
    parts = [_Part(role, mail, label, body) for role, mail, label in PLAYERS]
    parts += _sponsors(sponsors, centres)
    parts += _assessors(assessors, body, on=timezone.localdate(at))
    return Cast(_opened(parts, since=since, passwords=passwords, rng=rng), centres, sites)


def _sites(centres: "Sequence[Organization]", *, rng: random.Random) -> "tuple[Site, ...]":
    return tuple(
        actions.add_site(
            f"TUK {name.rsplit(' ', 1)[-1]}",
            organization=centre,
            region_code=code,
            capacity=200,
            rng=rng,
        )
        for centre, (name, code) in zip(centres, CENTRES, strict=True)
    )


def _sponsors(count: int, centres: "Sequence[Organization]") -> list[_Part]:
    return [
        _Part(
            Role.SPONSOR, f"pengusul{n}", f"Petugas pengusul {n}", centres[(n - 1) % len(centres)]
        )
        for n in range(1, count + 1)
    ]


def _assessors(count: int, body: "Organization", *, on: date) -> list[_Part]:
    people = (assessing.nth(n, on=on) for n in range(count))
    return [
        _Part(Role.ASSESSOR, f"asesor{n}", one.name, body, one) for n, one in enumerate(people, 1)
    ]


def _opened(
    parts: Sequence[_Part], *, since: datetime, passwords: bool, rng: random.Random
) -> dict[Role, tuple[Actor, ...]]:
    cast: dict[Role, list[Actor]] = {}
    for number, part in enumerate(parts):
        enters = passwords and (number < len(PLAYERS) or part.mail in ENTERS)
        player = _open(number, part, PASSWORD if enters else None, since=since, rng=rng)
        cast.setdefault(part.role, []).append(player)
    return {role: tuple(players) for role, players in cast.items()}


def renew_licences(*, at: datetime) -> int:
    """License anew whoever's licence ends before a wave that begins now is through; return how many."""
    today = timezone.localdate(at)
    ending = queries.licences().filter(licensed_until__lt=today + WAVE_LASTS)
    renewed = [
        actions.license_assessor(
            licence.person_id,
            registration_number=licence.registration_number,
            until=today + assessing.TERM,
        )
        for licence in ending
    ]
    return len(renewed)


def _open(
    number: int, part: _Part, password: str | None, *, since: datetime, rng: random.Random
) -> Actor:
    assessor = part.assessor
    woman, born = (assessor.woman, assessor.born) if assessor else (False, BORN)
    region_code = assessor.region_code if assessor else CAPITAL
    identity = Identity(
        nik=nik(region_code, born, woman=woman, serial=9000 + number),
        name=part.name,
        birth_on=born,
        region_code=region_code,
        email=f"{part.mail}@peragaan.example",
    )
    person_id = actions.admit(identity, at=since, rng=rng)
    account = actions.open_account(
        at=since,
        rng=rng,
        email=identity.email,
        person_id=person_id,
        password=password,
        label=part.name,
    )
    actions.grant(account, part.role, at=since, organization=part.office)
    if assessor is not None:
        actions.license_assessor(
            person_id,
            registration_number=assessor.registration_number,
            until=assessor.until,
        )
    return queries.actor(account.pk, at=since + timedelta(minutes=1))
