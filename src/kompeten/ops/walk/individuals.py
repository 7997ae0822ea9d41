"""Who applies alone? A handful of people with accounts of their own, who can be played on the site."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils import timezone

from kompeten.applications import actions
from kompeten.applications.terms.application import Step
from kompeten.applications.terms.statement import Letter, Statement, WorkSpell
from kompeten.kernel.actors import Actor
from kompeten.ops.walk import intake, recommenders
from kompeten.ops.walk.cast import PASSWORD
from kompeten.ops.walk.lists import nik
from kompeten.ops.walk.stage import Stage
from kompeten.people import actions as people
from kompeten.people import queries
from kompeten.people.terms import Identity, Sex
from kompeten.schemes import queries as schemes
from kompeten.schemes.terms import Level, Profession, Recommender, Route, Schooling
from kompeten.schemes.terms import Stage as Education

if TYPE_CHECKING:
    from kompeten.applications.models import Application


@dataclass(frozen=True, slots=True)
class Person:
    """One made-up person; `mail` is the part before the at-sign, `town` the regency or city of `region_code`."""

    mail: str
    name: str
    title: str
    region_code: str
    town: str
    born: date
    woman: bool
    profession: Profession
    level: Level | None
    route: Route


HOLDER = Person(
    "pemegang",
    "Ani Rahayu Latuconsina",
    "S.Tr.Sos.",
    "81.71",
    "Ambon",
    date(1986, 4, 17),
    True,
    Profession.SOCIAL_WORKER,
    Level.GENERALIST,
    Route.DIRECT_ASSESSMENT,
)
CANDIDATE = Person(
    "peserta",
    "Yohanes Wenda",
    "S.Sos.",
    "95.01",
    "Wamena",
    date(1990, 9, 3),
    False,
    Profession.WELFARE_WORKER,
    Level.GENERALIST,
    Route.TRAINING,
)
APPLICANT = Person(
    "pemohon",
    "Siti Hasanah",
    "",
    "52.71",
    "Mataram",
    date(1995, 12, 24),
    True,
    Profession.SOCIAL_VOLUNTEER,
    None,
    Route.DIRECT_ASSESSMENT,
)
WRITER = Person(
    "penyusun",
    "Rahmat Lubis",
    "S.Sos.",
    "12.71",
    "Medan",
    date(1982, 2, 8),
    False,
    Profession.WELFARE_WORKER,
    Level.SPECIALIST,
    Route.DIRECT_ASSESSMENT,
)
MENDER = Person(
    "perbaikan",
    "Kartika Tandi",
    "S.Pd.",
    "73.71",
    "Makassar",
    date(1979, 7, 30),
    True,
    Profession.WELFARE_WORKER,
    Level.ASSISTANT,
    Route.DIRECT_ASSESSMENT,
)
EVERYBODY = (HOLDER, CANDIDATE, APPLICANT, WRITER, MENDER)


def arrive(stage: Stage, person: Person, *, serial: int) -> tuple["Application", Actor]:
    """Let the person open an account and fill in the first steps of an application."""
    identity = Identity(
        nik=nik(person.region_code, person.born, woman=person.woman, serial=serial),
        name=person.name,
        title_after=person.title,
        sex=Sex.FEMALE if person.woman else Sex.MALE,
        birth_place=person.town,
        birth_on=person.born,
        region_code=person.region_code,
        address=f"Jl. Kenanga No. {serial}, {person.town}",
        phone="+6281200000000",
        email=f"{person.mail}@peragaan.example",
        employer=f"Dinas Sosial {person.town}",
    )
    person_id = people.admit(identity, at=stage.at, rng=stage.rng)
    account = people.open_account(
        at=stage.at,
        rng=stage.rng,
        email=identity.email,
        person_id=person_id,
        password=PASSWORD,
        label=person.name,
    )
    by = queries.actor(account.pk, at=stage.at)
    versions = schemes.versions_in_force(on=timezone.localdate(stage.at))
    version = versions[person.profession, person.level]
    statement = Statement(
        education="S1 Kesejahteraan Sosial",
        schooling=Schooling(
            stage=Education.BACHELOR, welfare=True, finished_on=date(person.born.year + 23, 8, 15)
        ),
        practice_hours=4200,
        training_hours=120,
        recommended_by=("workplace", "profession"),
    ).with_spells(served(identity.employer, born=person.born))
    with stage.room("applications"):
        draft = actions.open_application(
            person_id,
            version=schemes.version(version.id),
            route=person.route,
            by=by,
            at=stage.at,
            rng=stage.rng,
            program="PKH",
        )
        actions.revise(draft, step=Step.PRACTICE, by=by, at=stage.at, statement=statement)
    return draft, by


def served(employer: str, *, born: date) -> tuple[WorkSpell, ...]:
    """Return the practice of somebody with a post that goes on and one before it, and their letters."""
    began = date(born.year + 26, 1, 6)
    now = Letter(
        number="800/214/Dinsos",
        dated_on=date(2025, 12, 2),
        signatory="Dra. Sri Hartati, kepala dinas",
        document="experience_letter",
    )
    before = Letter(
        number=f"031/LKS-BI/{began.year}",
        dated_on=date(began.year, 1, 3),
        signatory="H. Mulyono, ketua yayasan",
        document="experience_letter",
    )
    return (
        WorkSpell(
            employer=employer,
            position="Pendamping",
            from_on=began,
            hours_a_week=38,
            letter=now,
        ),
        WorkSpell(
            employer="LKS Bina Insani",
            position="Pekerja sosial",
            from_on=date(began.year - 2, 7, 1),
            last_on=date(began.year - 1, 12, 31),
            hours_a_week=20,
            letter=before,
        ),
    )


def hand_in(stage: Stage, draft: "Application", *, by: Actor) -> None:
    """Let the person be recommended by link, attach what else is asked, and hand it in."""
    with stage.room("applications"):
        recommenders.sign(stage, recommenders.ask(stage, [draft], Recommender.WORKPLACE, by=by))
    intake.hand_in(stage, [draft], by=by)
