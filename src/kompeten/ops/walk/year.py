"""How does a whole year run? Lists come in, and wave after wave goes the whole way."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kompeten.applications import actions as applications
from kompeten.applications import queries
from kompeten.applications.terms.application import State
from kompeten.certificates import queries as certificates
from kompeten.certificates.terms import State as CertificateState
from kompeten.decisions import queries as decisions
from kompeten.decisions.terms import State as DecisionState
from kompeten.exams import queries as exams
from kompeten.kernel.actors import Actor
from kompeten.ops.walk import decide, exam, intake, portfolio, practical, prepare
from kompeten.ops.walk.stage import Stage
from kompeten.portfolios import queries as portfolios
from kompeten.portfolios.terms import DossierState
from kompeten.schemes.terms import Component

if TYPE_CHECKING:
    from kompeten.applications.models import Application

WAVE = 630  # a national wave as it was really held in 2021


@dataclass(frozen=True, slots=True)
class Tally:
    """Where everybody stands; `lost` is who stands nowhere, and must be nobody."""

    people: int
    certified: int
    not_yet_competent: int
    rejected: int
    in_repair: int
    lost: int


def go(stage: Stage, wave: "Sequence[Application]", *, sponsor: Actor) -> None:
    """Take one wave from its documents to its certificates."""
    apply(stage, wave, sponsor=sponsor)
    candidates = list(queries.accepted())
    prepare.sessions(stage, candidates)
    assess(stage, candidates)
    decide.meeting(stage)
    stage.later(hours=2)
    stage.drain()


def apply(stage: Stage, wave: "Sequence[Application]", *, sponsor: Actor) -> None:
    """Hand the documents of a wave in, have them reviewed, and mended where need be."""
    intake.hand_in(stage, wave, by=sponsor)
    stage.later(days=2)
    intake.review(stage)
    stage.later(days=5)
    if intake.mend_returned(stage, by=sponsor):
        stage.later(days=1)
        intake.review(stage)
    stage.drain()


def assess(stage: Stage, candidates: "Sequence[Application]") -> None:
    """Take candidates through every component of their routes."""
    dossiers = portfolios.dossiers(a.pk for a in candidates).values()
    portfolio.write(stage, [d for d in dossiers if d.state == DossierState.DRAFT])
    stage.later(days=4)
    portfolio.read(stage)
    stage.later(days=2)
    exam.hold(stage, exams.inbox(candidates))
    for component in (Component.PRACTICE, Component.INTERVIEW):
        stage.later(days=2)
        practical.hold(stage, component)
    stage.drain()


def mend_some(stage: Stage, *, by: Actor, share: float) -> "list[Application]":
    """Let an office mend a share of the lines that wait; return the drafts they became."""
    mended = []
    for repair in list(queries.repairs_waiting().select_related("line__collective")):
        if not stage.chance(share):
            continue
        with stage.room("applications"):
            written = applications.as_written(repair) | _corrections(repair.line.reasons)
            applications.mend(repair, written, by=by, at=stage.at, rng=stage.rng)
        if repair.application is not None:
            mended.append(repair.application)
    return mended


def tally(people: int) -> Tally:
    """Count where everybody stands, and so who is lost."""
    states = queries.counts_by_state()
    published = certificates.counts_by_state().get(CertificateState.PUBLISHED, 0)
    deferred = decisions.counts_by_state().get(DecisionState.DEFERRED, 0)
    rejected = states.get(State.REJECTED, 0)
    in_repair = queries.repairs_waiting().count()
    in_repair += states.get(State.RETURNED, 0) + states.get(State.DRAFT, 0)
    found = published + deferred + rejected + in_repair
    return Tally(people, published, deferred, rejected, in_repair, lost=people - found)


def _corrections(reasons: Sequence[str]) -> dict[str, str]:
    """Return what an office writes once it has asked the person again."""
    known = {"route.missing": {"route": "Penilaian langsung"}}
    return {k: v for reason in reasons for k, v in known.get(reason, {}).items()}
