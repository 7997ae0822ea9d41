"""Does a committee that examined nobody decide, and is what it decided kept for good?"""

import random
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from kompeten.applications.terms.application import State as ApplicationState
from kompeten.decisions import actions, queries
from kompeten.decisions.chart import DECISION, DECREE, MEETING
from kompeten.decisions.models import Decision, Meeting
from kompeten.decisions.terms import Departure, State
from kompeten.foundation import files, ledger
from kompeten.impartiality import actions as ties
from kompeten.impartiality.terms import TieKind
from kompeten.kernel.actors import Actor
from kompeten.kernel.roles import Role
from kompeten.people import actions as people
from kompeten.people.models import Account
from kompeten.people.queries import actor
from kompeten.results import tasks as results
from kompeten.results.models import Sheet
from kompeten.schemes.terms import Route
from tests.make import practicals
from tests.make.decisions import DECIDED_AT, committee
from tests.make.people import account

pytestmark = pytest.mark.django_db
AT = DECIDED_AT
RNG = random.Random(5)


def sealed(n: int = 1, *, mark: int = 4) -> Sheet:
    """Return the sealed sheet of the n-th person."""
    slot = practicals.settled(n, mark=mark, route=Route.DIRECT_CERTIFICATION)
    results.seal(at=AT)
    return Sheet.objects.get(application_id=slot.application_id)


def registrar() -> Actor:
    """Return who convenes."""
    return account(4010, Role.REGISTRAR, at=AT)


def convened(members: list[Actor] | None = None) -> tuple[Meeting, list[Actor]]:
    """Return an open meeting and its members, the chair first."""
    sitting = members or committee(at=AT)
    meeting = actions.convene(
        sitting,
        held_at=AT,
        zone="Asia/Jakarta",
        place="Jakarta",
        by=registrar() if members is None else account(4011, Role.REGISTRAR, at=AT),
        at=AT,
        rng=random.Random(1),
    )
    return meeting, sitting


def on_agenda(*sheets: Sheet) -> tuple[Meeting, list[Actor], list[Decision]]:
    """Return a meeting with `sheets` on its agenda."""
    meeting, members = convened()
    by = Actor(9, frozenset({Role.REGISTRAR}))
    actions.propose(meeting, sheets, by=by, at=AT, rng=random.Random(2))
    return meeting, members, list(queries.agenda(meeting))


def test_two_people_are_no_committee() -> None:
    with pytest.raises(ledger.StepRefused) as refusal:
        convened(committee(at=AT)[:2])

    assert refusal.value.reasons == ("committee.too_small",)


def test_somebody_without_the_role_does_not_sit() -> None:
    members = [*committee(at=AT)[:2], account(77, Role.VERIFIER, at=AT)]

    with pytest.raises(ledger.StepRefused) as refusal:
        convened(members)

    assert refusal.value.reasons == ("committee.not_a_member",)


@pytest.mark.parametrize("kind", [TieKind.TRAINED, TieKind.EXAMINED, TieKind.RECOMMENDED])
def test_whoever_is_tied_to_a_candidate_keeps_the_case_off_the_agenda(kind: TieKind) -> None:
    sheet = sealed()
    meeting, members = convened()
    since = (AT - timedelta(days=3)).date()
    pair = (members[1].person_id or 0, sheet.person_id)
    ties.tie_many(kind, [pair], since=since, source="test:1")

    barred = actions.propose(
        meeting, [sheet], by=Actor(9, frozenset({Role.REGISTRAR})), at=AT, rng=RNG
    )

    assert barred == {sheet.ref: (f"tie.{kind.value}",)}
    assert meeting.decisions.count() == 0
    assert list(queries.inbox()) == [sheet]


def test_a_grant_concludes_the_application_and_ties_the_committee() -> None:
    sheet = sealed()
    meeting, members, agenda = on_agenda(sheet)

    actions.decide(meeting, agenda, by=members[0], at=AT)

    decision = Decision.objects.get()
    assert (decision.state, decision.decided_at, decision.not_met) == (State.GRANTED, AT, [])
    assert decision.application.state == ApplicationState.CONCLUDED
    assert decision.application.competent_until == date(2031, 3, 11)
    events = ledger.history("decision", decision.pk)
    assert [e.type for e in events] == ["decision.proposed", "decision.granted"]
    assert ledger.replay(DECISION, events) == decision.state
    assert list(queries.inbox()) == []


def test_not_yet_competent_names_what_is_not_met() -> None:
    meeting, members, agenda = on_agenda(sealed(mark=2))

    actions.decide(meeting, agenda, by=members[0], at=AT)

    decision = Decision.objects.get()
    assert decision.state == State.DEFERRED
    assert decision.application.competent_until is None
    assert "interview" in decision.not_met


def test_a_committee_may_depart_but_says_why() -> None:
    meeting, members, agenda = on_agenda(sealed())
    ref = agenda[0].ref

    with pytest.raises(ledger.StepRefused) as refusal:
        actions.decide(
            meeting, agenda, by=members[0], at=AT, departures={ref: Departure(False, "  ")}
        )
    assert refusal.value.reasons == ("decision.reason_missing",)

    agenda = list(queries.agenda(meeting))
    why = "Bukti praktik belum terkini."
    actions.decide(meeting, agenda, by=members[0], at=AT, departures={ref: Departure(False, why)})
    decision = Decision.objects.get()
    assert (decision.state, decision.reason) == (State.DEFERRED, why)


def test_only_a_member_of_this_meeting_decides() -> None:
    meeting, _, agenda = on_agenda(sealed())
    other = account(555, Role.COMMITTEE, at=AT)

    with pytest.raises(ledger.StepRefused) as refusal:
        actions.decide(meeting, agenda, by=other, at=AT)

    assert refusal.value.reasons == ("committee.not_a_member",)
    assert Decision.objects.get().state == State.PROPOSED


def test_a_member_whose_role_has_lapsed_decides_no_more() -> None:
    meeting, members, agenda = on_agenda(sealed())
    dewi = Account.objects.get(pk=members[0].account_id)
    people.end_grants(dewi, Role.COMMITTEE, at=AT)

    with pytest.raises(ledger.StepRefused) as refusal:
        actions.decide(meeting, agenda, by=actor(dewi.pk, at=AT), at=AT)

    assert refusal.value.reasons == ("role.not_held",)


def test_the_second_click_is_refused_and_a_stale_reading_is_told() -> None:
    meeting, members, agenda = on_agenda(sealed())
    stale = list(queries.agenda(meeting))
    actions.decide(meeting, agenda, by=members[0], at=AT)

    with pytest.raises(ledger.StepRefused):
        actions.decide(meeting, agenda, by=members[0], at=AT)
    with pytest.raises(ledger.StaleRecord):
        actions.decide(meeting, stale, by=members[1], at=AT)


def test_a_decision_is_kept_against_hands_in_the_database() -> None:
    meeting, members, agenda = on_agenda(sealed())
    actions.decide(meeting, agenda, by=members[0], at=AT)

    with pytest.raises(DatabaseError), transaction.atomic():
        Decision.objects.update(reason="lain")


def test_a_meeting_closes_once_all_is_decided_and_minuted() -> None:
    meeting, members, agenda = on_agenda(sealed())

    with pytest.raises(ledger.StepRefused) as refusal:
        actions.close(meeting, minutes=" ", by=members[0], at=AT, rng=RNG)
    assert refusal.value.reasons == ("meeting.undecided", "meeting.no_minutes")

    actions.decide(meeting, agenda, by=members[0], at=AT)
    decree = actions.close(meeting, minutes="Mufakat.", by=members[0], at=AT, rng=RNG)
    assert decree.number == "1/LSP KESOS/SK/III/2026"
    assert ledger.replay(MEETING, ledger.history("meeting", meeting.pk)) == "closed"


def test_the_director_signs_and_the_paper_is_kept_by_its_digest() -> None:
    meeting, members, agenda = on_agenda(sealed())
    actions.decide(meeting, agenda, by=members[0], at=AT)
    decree = actions.close(meeting, minutes="Mufakat.", by=members[0], at=AT, rng=RNG)
    with pytest.raises(ledger.StepRefused):
        actions.sign(decree, place="Jakarta", by=members[0], at=AT)
    director = account(4020, Role.DIRECTOR, at=AT, label="Dr. Ratna")

    actions.sign(decree, place="Jakarta", by=director, at=AT)

    paper = files.read(decree.sha256)
    events = ledger.history("decree", decree.pk)
    assert paper.startswith(b"%PDF-")
    assert ledger.replay(DECREE, events) == "signed"
    assert queries.paper(decree) == paper
    assert queries.certifiable().count() == 1


def test_a_name_too_long_for_certificates_is_told_before_the_decree_is_signed() -> None:
    meeting, members, agenda = on_agenda(sealed())
    actions.decide(meeting, agenda, by=members[0], at=AT)
    decree = actions.close(meeting, minutes="Mufakat.", by=members[0], at=AT, rng=RNG)
    director = account(4020, Role.DIRECTOR, at=AT, label="Dr. Ratna")
    row = Account.objects.get(pk=director.account_id)
    # As it could be opened before names to sign under were judged.
    Account.objects.filter(pk=row.pk).update(label=f"Dr. {'Ratna' * 12}")

    with pytest.raises(ledger.StepRefused) as refusal:
        actions.sign(decree, place="Jakarta", by=actor(row.pk, at=AT), at=AT)

    assert refusal.value.reasons == (f"decree.signatory_long:{'Ratna' * 12}",)
    assert ledger.replay(DECREE, ledger.history("decree", decree.pk)) == "drawn_up"
    admin = account(4021, Role.ADMIN, at=AT)
    row.refresh_from_db()
    people.change_label(row, "Dr. Ratna,M.Si.,Apr.", ground="SK", by=admin, at=AT)
    actions.sign(decree, place="Jakarta", by=actor(row.pk, at=AT), at=AT)
    assert queries.certifiable().count() == 1


def test_proposing_and_deciding_cost_the_same_for_one_and_for_many() -> None:
    members = committee(at=AT)

    def spent(sheets: list[Sheet], seed: int) -> tuple[int, int]:
        meeting = actions.convene(
            members,
            held_at=AT,
            zone="Asia/Jakarta",
            place="Jakarta",
            by=Actor(9, frozenset({Role.REGISTRAR})),
            at=AT,
            rng=random.Random(seed + 100),
        )
        by = Actor(9, frozenset({Role.REGISTRAR}))
        with CaptureQueriesContext(connection) as proposing:
            actions.propose(meeting, sheets, by=by, at=AT, rng=random.Random(seed))
        agenda = list(queries.agenda(meeting))
        with CaptureQueriesContext(connection) as deciding:
            actions.decide(meeting, agenda, by=members[0], at=AT)
        return len(proposing), len(deciding)

    one = spent([sealed(1)], 11)
    three = spent([sealed(n) for n in (2, 3, 4)], 12)

    assert one == three


def test_a_stranger_sees_no_meeting() -> None:
    meeting, members = convened()
    eko = account(5, Role.APPLICANT, at=AT)

    assert queries.meeting(meeting.ref, eko) is None
    assert queries.meeting(meeting.ref, members[0]) == meeting
