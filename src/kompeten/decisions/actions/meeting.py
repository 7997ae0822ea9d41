"""How does a committee meet, decide and end?"""

import random
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from kompeten.applications import actions as applications
from kompeten.applications import queries as application_queries
from kompeten.decisions import queries, rules
from kompeten.decisions.chart import DECISION, DECREE, MEETING
from kompeten.decisions.models import Decision, Decree, Meeting, Member
from kompeten.decisions.terms import (
    Closing,
    Convening,
    Departure,
    DrawingUp,
    Proposal,
    Ruling,
    State,
)
from kompeten.foundation import ledger
from kompeten.foundation.ledger import StaleRecord, StepRefused
from kompeten.foundation.numbering import take_numbers
from kompeten.impartiality import actions as ties
from kompeten.impartiality import queries as impartiality
from kompeten.impartiality.terms import Act, TieKind
from kompeten.kernel import digest, refs
from kompeten.kernel.actors import Actor
from kompeten.kernel.roles import Role
from kompeten.schemes import queries as schemes

if TYPE_CHECKING:
    from kompeten.applications.models import Application
    from kompeten.results.models import Sheet


def convene(
    members: Sequence[Actor],
    *,
    held_at: datetime,
    zone: str,
    place: str,
    by: Actor,
    at: datetime,
    rng: random.Random,
) -> Meeting:
    """Convene a meeting; the first of `members` chairs it.

    :raises StepRefused: `committee.too_small`, `committee.not_a_member` (no committee role)
    """
    people = [m.person_id for m in members if m.person_id is not None]
    reasons = rules.quorum_reasons(people)
    if len(people) != len(members) or not all(m.may(frozenset({Role.COMMITTEE})) for m in members):
        reasons = (*reasons, "committee.not_a_member")
    if reasons:
        raise StepRefused(*reasons, step="convene")
    meeting = Meeting(ref=refs.new(rng), held_at=held_at, zone=zone, place=place)
    with transaction.atomic():
        ledger.enter(MEETING, meeting, by=by, at=at, facts=Convening(len(members)))
        Member.objects.bulk_create(
            Member(
                meeting=meeting, person_id=person, account_id=m.account, is_chair=m is members[0]
            )
            for m, person in zip(members, people, strict=True)
        )
    return meeting


def propose(
    meeting: Meeting, sheets: "Sequence[Sheet]", *, by: Actor, at: datetime, rng: random.Random
) -> dict[str, tuple[str, ...]]:
    """Put sheets on the agenda; those that a member may not decide on stay off.

    Returns the reasons by sheet reference for those left off. A few queries per 500 sheets.

    :raises StepRefused: the meeting is closed
    """
    if meeting.state != MEETING.initial:
        raise StepRefused("step.not_open", step="propose")
    candidates = {sheet.person_id for sheet in sheets}
    found = impartiality.conflicts(
        queries.member_ids(meeting), candidates, Act.DECIDE, on=timezone.localdate(at)
    )
    barred = rules.barred(found, candidates)
    decisions = [
        Decision(
            ref=refs.new(rng),
            meeting=meeting,
            sheet=sheet,
            application_id=sheet.application_id,
            person_id=sheet.person_id,
            recommended=sheet.competent,
        )
        for sheet in sheets
        if sheet.person_id not in barred
    ]

    def proposal(decision: Decision) -> Proposal:
        return Proposal(decision.sheet.ref, decision.sheet.digest, decision.recommended)

    ledger.enter_many(DECISION, decisions, by=by, at=at, facts=proposal)
    return {s.ref: barred[s.person_id] for s in sheets if s.person_id in barred}


def decide(
    meeting: Meeting,
    decisions: Sequence[Decision],
    *,
    by: Actor,
    at: datetime,
    departures: Mapping[str, Departure] | None = None,
) -> None:
    """Grant or defer: as recommended, but where `departures` (by decision reference) says otherwise.

    The application is concluded and each member is tied to the candidate as one who decided. All of
    them or none. A few statements per 500.

    :raises StepRefused: `committee.not_a_member`, `decision.reason_missing`
    :raises StaleRecord: one was decided by another hand
    """
    otherwise = departures or {}
    members = queries.member_ids(meeting)
    if by.person_id not in members:
        raise StepRefused("committee.not_a_member", step="decide")
    if any(not departure.reason.strip() for departure in otherwise.values()):
        raise StepRefused("decision.reason_missing", step="decide")
    granted: list[Decision] = []
    deferred: list[Decision] = []
    for decision in decisions:
        departure = otherwise.get(decision.ref)
        competent = decision.recommended if departure is None else departure.competent
        decision.not_met = [
            m["component"] for m in decision.sheet.content["means"] if not m["competent"]
        ]
        decision.reason = departure.reason.strip() if departure else ""
        (granted if competent else deferred).append(decision)

    def ruling(decision: Decision) -> Ruling:
        return Ruling(tuple(decision.not_met), decision.reason)

    with transaction.atomic():
        _hold(decisions)
        Decision.objects.bulk_update(decisions, ["not_met", "reason"], batch_size=200)
        also = {"decided_at": at}
        ledger.take_many(DECISION, "grant", granted, by=by, at=at, facts=ruling, also=also)
        ledger.take_many(DECISION, "defer", deferred, by=by, at=at, facts=ruling, also=also)
        held = application_queries.by_ids(d.application_id for d in decisions)
        until = _competent_until([held[d.application_id] for d in granted], at=at)
        applications.conclude_many(list(held.values()), competent_until=until, by=by, at=at)
        pairs = [(member, d.person_id) for d in decisions for member in members]
        since, source = timezone.localdate(at), f"meeting:{meeting.ref}"
        ties.tie_many(TieKind.DECIDED, pairs, since=since, source=source)


def _competent_until(granted: "Sequence[Application]", *, at: datetime) -> dict[int, date]:
    """Return until when each counts, by application: the term of its scheme, from the decision on.

    The certificate begins when it is signed, so it ends some days later.
    """
    on = timezone.localdate(at)
    terms = {a.pk: schemes.content(a.scheme_version_id).certificate for a in granted}
    return {key: term.ends_on(on) - timedelta(days=1) for key, term in terms.items()}


def _hold(decisions: Sequence[Decision]) -> None:
    """Keep other hands off `decisions` until the transaction ends.

    Reason and verdict are written in two statements, and a decided row takes no second one.

    :raises StepRefused: one of them was decided when it was read
    :raises StaleRecord: one was decided since
    """
    if any(decision.state != State.PROPOSED for decision in decisions):
        raise StepRefused("step.not_open", step="decide")
    keys = [decision.pk for decision in decisions]
    rows = Decision.objects.select_for_update().filter(pk__in=keys, state=State.PROPOSED)
    if len(rows.values_list("pk")) != len(keys):
        raise StaleRecord("a decision of the meeting was taken by another hand")


def close(meeting: Meeting, *, minutes: str, by: Actor, at: datetime, rng: random.Random) -> Decree:
    """End the meeting with its minutes and draw up the decree, with the next number of its year.

    :raises StepRefused: `meeting.undecided`, `meeting.no_minutes`, `committee.not_a_member`
    """
    counts = queries.counts(meeting)
    checks = {
        "meeting.undecided": not counts.get("proposed"),
        "meeting.no_minutes": bool(minutes.strip()),
        "committee.not_a_member": by.person_id in queries.member_ids(meeting),
    }
    reasons = [code for code, holds in checks.items() if not holds]
    if reasons:
        raise StepRefused(*reasons, step="close")
    granted, deferred = counts.get("granted", 0), counts.get("deferred", 0)
    facts = Closing(granted, deferred, digest.of_bytes(minutes.encode()))
    on = timezone.localdate(at)
    with transaction.atomic():
        ledger.take(MEETING, "close", meeting, by=by, at=at, facts=facts, also={"minutes": minutes})
        serial = take_numbers(f"decree/{on.year}")[0]
        number = rules.decree_number(serial, body=settings.OPTIONS.body_code, on=on)
        decree = Decree(ref=refs.new(rng), meeting=meeting, number=number, drawn_up_at=at)
        drawn = DrawingUp(number, granted, deferred)
        ledger.enter(DECREE, decree, by=by, at=at, facts=drawn)
    return decree
