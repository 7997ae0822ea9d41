"""The lives of dossiers and readings, each in one table."""

from kompeten.kernel.roles import Role
from kompeten.kernel.statechart import Chart, step
from kompeten.portfolios.rules import handing, marking
from kompeten.portfolios.terms.dossier import Assessed, DossierState, HandIn, Opening, Return
from kompeten.portfolios.terms.reading import (
    ReadingHandIn,
    ReadingOpening,
    ReadingState,
    SendBack,
)

OFFICE = frozenset({Role.COORDINATOR, Role.SYSTEM})

# fmt: off
DOSSIER = Chart("dossier", DossierState.DRAFT, (
    step("hand_in", "dossier.handed_in", {DossierState.DRAFT, DossierState.RETURNED},
         DossierState.HANDED_IN,
         roles={Role.APPLICANT}, facts=HandIn, guard=handing.hand_in_reasons),
    step("return", "dossier.returned", {DossierState.HANDED_IN}, DossierState.RETURNED,
         roles={Role.ASSESSOR}, facts=Return),
    step("accept", "dossier.accepted", {DossierState.HANDED_IN}, DossierState.ACCEPTED,
         roles={Role.SYSTEM}),
    step("assess", "dossier.assessed", {DossierState.ACCEPTED}, DossierState.ASSESSED,
         roles={Role.SYSTEM}, facts=Assessed),
), opened_by=frozenset({Role.SYSTEM}), opening=Opening)

READING = Chart("reading", ReadingState.OPEN, (
    step("hand_in", "reading.handed_in", {ReadingState.OPEN}, ReadingState.HANDED_IN,
         roles={Role.ASSESSOR}, facts=ReadingHandIn, guard=marking.hand_in_reasons),
    step("send_back", "reading.sent_back", {ReadingState.OPEN}, ReadingState.SENT_BACK,
         roles={Role.ASSESSOR}, facts=SendBack, guard=marking.send_back_reasons),
    step("lapse", "reading.lapsed", {ReadingState.OPEN}, ReadingState.LAPSED,
         roles={Role.ASSESSOR}),
    step("release", "reading.released", {ReadingState.OPEN}, ReadingState.RELEASED,
         roles=OFFICE),
), opened_by=OFFICE, opening=ReadingOpening)
# fmt: on
