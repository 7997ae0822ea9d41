"""Who was asked to recommend whom, and what have they signed?"""

import json
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q, QuerySet

from kompeten.applications.models import Application, Collective, Recommendation, Referee
from kompeten.applications.queries.documents import documents_asked, files
from kompeten.applications.queries.records import SPONSORS
from kompeten.applications.rules import recommending as rules
from kompeten.applications.terms.application import State
from kompeten.applications.terms.recommending import (
    AskedRow,
    Letter,
    RecommendationState,
    RefereeState,
    RequestRow,
    Signatory,
    Signed,
)
from kompeten.foundation import privacy
from kompeten.kernel import digest
from kompeten.kernel.actors import Actor
from kompeten.people import queries as people
from kompeten.schemes.terms import Recommender

if TYPE_CHECKING:
    from collections.abc import Mapping

SIGNATORY_COLUMN = "applications.referee.signatory"
LETTER_COLUMN = "applications.referee.letter"
SAID_COLUMN = "applications.recommendation.said"
MOST_AT_ONCE = rules.MOST_AT_ONCE
SHOWN = (RecommendationState.GIVEN, RecommendationState.DECLINED)


def asked_of(referee: Referee) -> list[Recommendation]:
    """Return what the referee has yet to answer, with applications and persons, by name. One query."""
    rows = referee.recommendations.filter(
        state=RecommendationState.ASKED.value,
        application__state__in=[s.value for s in rules.TAKES],
    )
    held = rows.select_related("application__person")
    return list(held.order_by("application__person__name", "id"))


def asked_by(actor: Actor) -> QuerySet[Referee]:
    """Return the referees whom `actor` has asked: for themselves, or for the people of their office."""
    mine = Q(pk__in=())
    if actor.person_id is not None:
        mine |= Q(person_id=actor.person_id)
    if actor.organization_ids and actor.may(SPONSORS):
        mine |= Q(organization_id__in=actor.organization_ids)
    return Referee.objects.filter(mine)


def referee(ref: str, actor: Actor) -> Referee | None:
    """Return the referee if `actor` has asked them, in whatever state; else as if there were none. One query."""
    return asked_by(actor).filter(ref=ref).first()


def signatory(referee: Referee) -> Signatory:
    """Return who was asked; of one whose time is over, nobody's name."""
    sealed = bytes(referee.signatory_sealed)
    if not sealed:
        return Signatory(name="", post="", office="")
    said = privacy.unseal(sealed, column=SIGNATORY_COLUMN, row=referee.ref)
    return Signatory(**json.loads(said))


def signatory_person(signatory: Signatory) -> int | None:
    """Return the person whose account has the e-mail address that is asked, or None. One query at most."""
    if not signatory.email:
        return None
    account = people.account_by_email(rules.plain_address(signatory.email))
    return None if account is None else account.person_id


def letter(referee: Referee) -> Letter | None:
    """Return what the referee has written and not signed yet; None: nothing."""
    sealed = bytes(referee.letter_sealed)
    if not sealed:
        return None
    return Letter.of(json.loads(privacy.unseal(sealed, column=LETTER_COLUMN, row=referee.ref)))


def letter_digest(referee: Referee) -> str:
    """Return the digest of what the referee has written and not signed yet; empty: nothing."""
    written = letter(referee)
    return "" if written is None else digest.of(written)


def said(recommendation: Recommendation) -> Signed | None:
    """Return what was signed; None: nothing was, or its time is over."""
    sealed = bytes(recommendation.said_sealed)
    if not sealed:
        return None
    text = privacy.unseal(sealed, column=SAID_COLUMN, row=recommendation.ref)
    return Signed.of(json.loads(text))


def signed(application: Application) -> list[Signed]:
    """Return what was signed about an application, given or declined, the newest first. One query.

    For who reviews it: it holds why somebody declined.
    """
    rows = application.recommendations.filter(state__in=[s.value for s in SHOWN])
    held = (said(row) for row in rows.order_by("-settled_at", "-id"))
    return [one for one in held if one is not None]


def signed_kinds(application: Application) -> frozenset[Recommender]:
    """Return who has recommended the applicant by a signature. One query."""
    rows = application.recommendations.filter(state=RecommendationState.GIVEN.value)
    return frozenset(Recommender(kind) for kind in rows.values_list("kind", flat=True))


def asked_rows(recommendations: QuerySet[Recommendation]) -> list[AskedRow]:
    """Return recommendations as who asked sees them, the newest first. One query."""
    rows = recommendations.select_related("referee", "application__person").order_by("-id")
    return [_asked_row(row) for row in rows]


def asked_about(application: Application) -> QuerySet[Recommendation]:
    """Return all that was ever asked about an application."""
    return Recommendation.objects.filter(application=application)


def lacking(collective: Collective, kind: Recommender) -> list[Application]:
    """Return whose recommendation of this kind nobody has or was asked for, by name.

    Only people whose route takes one, and who can still put it in. Three queries.
    """
    held = Application.objects.filter(
        collective=collective, state__in=[s.value for s in rules.WRITABLE]
    )
    under_way = Recommendation.objects.filter(
        kind=kind.value,
        state__in=[RecommendationState.ASKED.value, RecommendationState.GIVEN.value],
        application__collective=collective,
    )
    rows = held.exclude(pk__in=under_way.values("application")).select_related("person")
    open_ones = [a for a in rows.order_by("person__name", "id") if _takes(a, kind)]
    there = files(a.pk for a in open_ones)
    code = rules.DOCUMENT[kind]
    return [a for a in open_ones if code not in there.get(a.pk, {})]


def requests_for(collective: Collective, kind: Recommender, actor: Actor) -> list[RequestRow]:
    """Return whom the office has asked for people of this list, the newest first. One query."""
    about = Recommendation.objects.filter(application__collective=collective).values("referee")
    rows = asked_by(actor).filter(kind=kind.value, pk__in=about)
    counted = rows.annotate(
        **{
            state.value: Count("recommendations", filter=Q(recommendations__state=state.value))
            for state in (
                RecommendationState.ASKED,
                RecommendationState.GIVEN,
                RecommendationState.DECLINED,
            )
        }
    )
    return [_request_row(row) for row in counted.order_by("-id")]


def recommendation(ref: str, actor: Actor) -> Recommendation | None:
    """Return a recommendation that `actor` may still take back, or None. One query.

    Those of their own application too, when their office has asked.
    """
    mine = Q(referee__in=asked_by(actor))
    if actor.person_id is not None:
        mine |= Q(application__person_id=actor.person_id)
    found = Recommendation.objects.filter(mine, ref=ref)
    return found.select_related("referee", "application").first()


def recommendations_by_ids(keys: Iterable[int]) -> dict[int, Recommendation]:
    """Return recommendations with their referees and applications, by key. One query."""
    held = Recommendation.objects.select_related("referee", "application")
    return held.in_bulk(list(keys))


def times_asked(applications: Sequence[Application], kind: Recommender) -> "Mapping[int, int]":
    """Return how often somebody was asked about each application, by its key. One query."""
    rows = Recommendation.objects.filter(application__in=applications, kind=kind.value)
    found: dict[int, int] = {}
    for key in rows.values_list("application_id", flat=True):
        found[key] = found.get(key, 0) + 1
    return found


def kinds_asked(application: Application) -> tuple[Recommender, ...]:
    """Return whose recommendation the application's route takes."""
    return rules.kinds_asked(documents_asked(application))


def document_of(kind: Recommender) -> str:
    """Return the code of the requirement that a recommendation of this kind meets."""
    return rules.DOCUMENT[kind]


def takes_scan(recommendations: Sequence[Recommendation]) -> bool:
    """Say whether a scan may be put beside the letter.

    What is with a verifier takes no new file, nor does a route that was changed and asks for none.
    """
    return all(
        State(r.application.state) in rules.WRITABLE and _takes(r.application, Recommender(r.kind))
        for r in recommendations
    )


def _takes(application: Application, kind: Recommender) -> bool:
    return kind in kinds_asked(application)


def _request_row(row: Any) -> RequestRow:
    asked = signatory(row)
    return RequestRow(
        ref=row.ref,
        kind=Recommender(row.kind),
        signatory=asked.name,
        office=asked.office,
        ends_at=row.ends_at,
        waiting=row.asked,
        given=row.given,
        declined=row.declined,
    )


def _asked_row(row: Recommendation) -> AskedRow:
    asked = signatory(row.referee)
    return AskedRow(
        ref=row.ref,
        referee_ref=row.referee.ref,
        application_ref=row.application.ref,
        person_id=row.application.person_id,
        name=row.application.person.name,
        kind=Recommender(row.kind),
        state=RecommendationState(row.state),
        signatory=asked.name,
        office=asked.office,
        ends_at=row.referee.ends_at,
        settled_at=row.settled_at,
        is_locked=row.referee.state == RefereeState.LOCKED,
    )
