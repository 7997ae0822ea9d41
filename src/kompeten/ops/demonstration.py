"""What does a newcomer see? Two real-shaped lists and a handful of individuals, taken the whole way."""

import json
import random
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.resources import files
from typing import TYPE_CHECKING, NoReturn

from django.conf import settings
from django.utils import timezone

from kompeten.applications import queries
from kompeten.applications.terms.application import State
from kompeten.certificates import queries as certificates
from kompeten.certificates.adapters import wiring
from kompeten.certificates.terms import State as CertificateState
from kompeten.decisions import queries as decisions
from kompeten.decisions.terms import State as DecisionState
from kompeten.kernel.roles import Role
from kompeten.ops import again, prepare
from kompeten.ops.walk import (
    cast,
    exam,
    fates,
    individuals,
    intake,
    recommenders,
    sheets,
    unfinished,
    year,
)
from kompeten.ops.walk.stage import Say, Stage
from kompeten.people import queries as people
from kompeten.people.terms import OrganizationKind
from kompeten.schemes.terms import Recommender

if TYPE_CHECKING:
    from kompeten.applications.models import Application
    from kompeten.kernel.actors import Actor

SAMPLES = ("kolektif-bersih-40.xlsx", "kolektif-lapangan-630.xlsx")
SEED = 2020
DAYS = 240  # how long ago the demonstration year began
LEFT = 60  # people of the field list who are left on the way
ASSESSORS = 24


@dataclass(frozen=True, slots=True)
class Account:
    """An account that a newcomer can enter."""

    role: str
    email: str


@dataclass(frozen=True, slots=True)
class Summary:
    """What became of everybody, and what each room took."""

    lists: tuple[tuple[str, int, int, int], ...]
    individuals: int
    counts: dict[str, int]
    seconds: float
    seconds_per_room: dict[str, float]


def in_demonstration_house(words: list[str]) -> NoReturn:
    """Begin `kompeten words` anew as a demonstration: gallery and accounts shown, no second factor."""
    told = {
        "KOMPETEN_DEMO": "true",
        "KOMPETEN_SECOND_FACTOR": "false",
        "KOMPETEN_MAIL_FOLDER": str(settings.DATA_DIR / "surat"),
    }
    again.begin(words, **told)


def stands(*, at: datetime) -> bool:
    """Say whether the demonstration has been walked in this house."""
    return people.account_by_email("direktur@peragaan.example") is not None


def is_empty(*, at: datetime) -> bool:
    """Say whether nobody lives in this house yet."""
    return not people.organizations(OrganizationKind.BODY, on=timezone.localdate(at))


def walk(*, at: datetime, say: Say) -> Summary:
    """Walk the year of the demonstration up to the instant `at`."""
    begun = time.perf_counter()
    starts = (at - timedelta(days=DAYS)).replace(hour=2, minute=0, second=0, microsecond=0)
    prepare.tables()
    wiring.ensure(
        settings.DATA_DIR / "keys",
        body=settings.OPTIONS.body_name,
        public_url=settings.PUBLIC_URL,
        passphrase=settings.KEY_PASSPHRASE.encode(),
        at=starts - timedelta(days=30),
    )
    rng = random.Random(SEED)  # noqa: S311 (the same people each time)
    say("akun, lembaga, dan tempat uji")
    players = cast.assemble(at=starts, rng=rng, assessors=ASSESSORS, sponsors=2, passwords=True)
    stage = Stage(players, rng, starts, say)
    say("bank soal: 210 butir dalam kasus")
    exam.stock_bank(stage)
    sponsor = players.one(Role.SPONSOR)
    lists = tuple(_receive(stage, name, sponsor) for name in SAMPLES)
    stage.later(days=3)
    drafts = list(queries.in_state(State.DRAFT))
    rest, wave = drafts[-LEFT:], drafts[:-LEFT]
    holder = _holder(stage)
    say(f"gelombang utama: {len(wave)} orang, dari berkas sampai sertifikat")
    year.go(stage, [*wave, holder], sponsor=sponsor)
    sheets.print_most(stage)
    say("yang terjadi kemudian: tautan, pembekuan, perbaikan, penarikan")
    fates.befall(stage, sponsor=sponsor, holder=holder.person_id)
    say("orang-orang yang masih di tengah jalan")
    stage.at = max(stage.at, at - timedelta(days=70))
    unread = unfinished.leave(stage, rest, sponsor=sponsor)
    stage.at = at - timedelta(minutes=5)
    fates.leave_open(stage, holder=holder.person_id)
    _newcomers(stage)
    intake.hand_in(stage, unread, by=sponsor)
    stage.drain()
    _leave_accounts()
    return Summary(
        lists=lists,
        individuals=len(individuals.EVERYBODY),
        counts=counts(),
        seconds=round(time.perf_counter() - begun, 1),
        seconds_per_room={k: round(v, 2) for k, v in sorted(stage.seconds.items())},
    )


def counts() -> dict[str, int]:
    """Return where everybody stands, in words of the process; nobody is counted twice or left out."""
    states = queries.counts_by_state()
    granted = decisions.counts_by_state().get(DecisionState.GRANTED, 0)
    tally = year.tally(0)
    out = certificates.counts_by_state()
    # Whose certificate was put right, or reinstated, has two: the one before counts no more.
    first = certificates.published().filter(replaces="").count()
    again = certificates.published().exclude(replaces="").count()
    withdrawn = out.get(CertificateState.WITHDRAWN, 0)
    withdrawn -= again - out.get(CertificateState.REPLACED, 0)
    return {
        "draft": states.get(State.DRAFT, 0),
        "submitted": states.get(State.SUBMITTED, 0),
        "returned": states.get(State.RETURNED, 0),
        "rejected": states.get(State.REJECTED, 0),
        "on the way": states.get(State.ACCEPTED, 0),
        "competent, to be signed": granted - first,
        "certified": tally.certified,
        "suspended": out.get(CertificateState.SUSPENDED, 0),
        "withdrawn": withdrawn,
        "not yet competent": tally.not_yet_competent,
        "lines waiting for repair": queries.repairs_waiting().count(),
    }


def accounts() -> tuple[Account, ...]:
    """Return an account for every role, as the login page shows them."""
    staff = [Account(role.value, f"{mail}@peragaan.example") for role, mail, _ in cast.PLAYERS]
    more = [
        Account(Role.ASSESSOR.value, "asesor1@peragaan.example"),
        Account(Role.SPONSOR.value, "pengusul1@peragaan.example"),
    ]
    alone = [
        Account(Role.APPLICANT.value, f"{person.mail}@peragaan.example")
        for person in individuals.EVERYBODY
    ]
    return (*staff, *more, *alone)


def _leave_accounts() -> None:
    """Write down for the log-in page who can be played; the file holds made-up people only."""
    rows = [{"role": a.role, "email": a.email} for a in accounts()]
    left = {"password": cast.PASSWORD, "accounts": rows}
    file = settings.DATA_DIR / "peragaan.json"
    file.write_text(json.dumps(left, ensure_ascii=False, indent=1), encoding="utf-8")


def _receive(stage: Stage, name: str, sponsor: "Actor") -> tuple[str, int, int, int]:
    content = files("kompeten.applications").joinpath("data", "samples", name).read_bytes()
    result = intake.receive(stage, content, label=name, sponsor=sponsor)
    text = f"{result.good} lanjut, {result.repair} menunggu perbaikan, {result.duplicate} ganda"
    stage.say(f"daftar {name}: {text}")
    return name, result.good, result.repair, result.duplicate


def _holder(stage: Stage) -> "Application":
    """Let somebody arrive who is certified in the end, whatever befalls others."""
    draft, _ = individuals.arrive(stage, individuals.HOLDER, serial=1)
    stage.sure.add(draft.person_id)
    return draft


def _newcomers(stage: Stage) -> None:
    """Leave the individuals where a newcomer can take over: a draft, a mending, a dossier, an exam."""
    stage.later(days=-4)
    writer, by_writer = individuals.arrive(stage, individuals.WRITER, serial=3)
    candidate, by_candidate = individuals.arrive(stage, individuals.CANDIDATE, serial=2)
    for draft, by in ((writer, by_writer), (candidate, by_candidate)):
        individuals.hand_in(stage, draft, by=by)
    intake.review(stage)
    stage.drain()
    stage.later(days=4)
    candidate.refresh_from_db()
    unfinished.seat_now(stage, candidate, [])
    mender, by_mender = individuals.arrive(stage, individuals.MENDER, serial=5)
    individuals.hand_in(stage, mender, by=by_mender)
    intake.send_back(stage, mender)
    applicant, by_applicant = individuals.arrive(stage, individuals.APPLICANT, serial=4)
    recommenders.ask(stage, [applicant], Recommender.WORKPLACE, by=by_applicant)
