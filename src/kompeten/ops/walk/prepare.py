"""How are candidates prepared? Sessions of a few hundred, a list, and attendance taken."""

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from kompeten.kernel.roles import Role
from kompeten.ops.walk.stage import Stage, portions
from kompeten.training import actions, queries
from kompeten.training.terms import Plan, Zone

if TYPE_CHECKING:
    from kompeten.applications.models import Application

QUOTA = 210
ABSENT = 0.04


def sessions(stage: Stage, candidates: "Sequence[Application]") -> None:
    """Invite all candidates to preparation sessions, hold them and take attendance."""
    coordinator = stage.cast.one(Role.COORDINATOR)
    trainer = stage.cast.one(Role.TRAINER)
    for number, portion in enumerate(portions(candidates, QUOTA), 1):
        begins = stage.at + timedelta(days=3, hours=number % 4)
        plan = Plan(
            title=f"Bimbingan pemantapan gelombang {stage.counts['sessions'] + 1}",
            starts_at=begins,
            ends_at=begins + timedelta(hours=6),
            zone=Zone.WIB,
            quota=QUOTA,
            link="https://temu.contoh.example/bimtap",
            trainers=(trainer.person_id or 0,),
        )
        stage.counts["sessions"] += 1
        with stage.room("training"):
            session = actions.plan(plan, by=coordinator, at=stage.at, rng=stage.rng)
            actions.announce(session, by=coordinator, at=stage.at)
            actions.enrol_many(session, portion, by=coordinator, at=stage.at, rng=stage.rng)
            ended = begins + timedelta(hours=6)
            attended = [
                p.enrolment_id for p in queries.participants(session) if not stage.chance(ABSENT)
            ]
            actions.record_attendance(session, attended, by=trainer, at=ended)
            actions.close(session, by=coordinator, at=ended)
    stage.later(days=4)
