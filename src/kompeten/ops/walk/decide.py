"""How does a wave end? A committee meets, the director signs, certificates go out."""

from datetime import timedelta

from kompeten.decisions import actions, queries
from kompeten.decisions.terms import Departure
from kompeten.kernel.roles import Role
from kompeten.ops.walk.stage import ZONE, Stage

DEPARTED = 0.002  # share of cases in which the committee is stricter than the recommendation
MINUTES = (
    "Rapat pleno dibuka oleh ketua. Setiap lembar hasil dibahas satu per satu; tidak seorang"
    " anggota pun terikat dengan peserta yang diputuskan. Keputusan diambil dengan mufakat."
)
REASON = "Bukti praktik belum cukup terkini untuk jenjang ini; lihat catatan asesor."


def meeting(stage: Stage) -> None:
    """Decide on every sealed sheet that waits, and sign the decree."""
    committee = stage.cast.all(Role.COMMITTEE)[:3]
    chair, coordinator = committee[0], stage.cast.one(Role.COORDINATOR)
    sheets = list(queries.inbox())
    if not sheets:
        return
    with stage.room("decisions"):
        held = actions.convene(
            committee,
            held_at=stage.at + timedelta(days=1),
            zone=ZONE,
            place="Ruang rapat LSP, Jakarta",
            by=coordinator,
            at=stage.at,
            rng=stage.rng,
        )
        barred = actions.propose(held, sheets, by=coordinator, at=stage.at, rng=stage.rng)
        stage.counts["barred from a committee"] += len(barred)
        stage.later(days=1)
        agenda = list(queries.agenda(held))
        stricter = {
            decision.ref: Departure(competent=False, reason=REASON)
            for decision in agenda
            if decision.recommended and stage.mishap(DEPARTED, decision.person_id)
        }
        actions.decide(held, agenda, by=chair, at=stage.at, departures=stricter)
        decree = actions.close(held, minutes=MINUTES, by=chair, at=stage.at, rng=stage.rng)
    stage.later(days=1)
    with stage.room("decisions"):
        actions.sign(decree, place="Jakarta", by=stage.cast.one(Role.DIRECTOR), at=stage.at)
