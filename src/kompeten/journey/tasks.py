"""What is held of a person that depends on their whole way, and for how long?"""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from kompeten.applications import queries as applications
from kompeten.certificates import queries as certificates
from kompeten.decisions import queries as decisions
from kompeten.foundation import keeping, ledger
from kompeten.foundation.keeping import RecordKind
from kompeten.journey.labels import KEPT
from kompeten.kernel.actors import Actor
from kompeten.people import actions as people_actions
from kompeten.people import queries as people
from kompeten.people.labels import KEPT as PEOPLE
from kompeten.portfolios import queries as portfolios
from kompeten.results import queries as results

if TYPE_CHECKING:
    from kompeten.applications.models import Application


def steps(person_id: int) -> list[dict[str, Any]]:
    """Return what happened to the person's applications and what became of them. Five queries."""
    keys = [application.pk for application in _applications(person_id)]
    subjects = {
        "application": keys,
        "dossier": [dossier.pk for dossier in portfolios.dossiers(keys).values()],
        "decision": [decision.pk for decision in decisions.of_applications(keys).values()],
        "certificate": [c.pk for c in certificates.of_applications(keys).values()],
    }
    return [
        {"what": event.type, "at": event.at, "as": event.actor_role}
        for event in ledger.together(subjects)
    ]


def outcomes(person_id: int) -> list[dict[str, Any]]:
    """Return what was decided, with what each part came to, once it is decided. Three queries."""
    held = {application.pk: application for application in _applications(person_id)}
    sheets, decided = results.of_applications(held), decisions.of_applications(held)
    return [
        {
            "application": held[key].ref,
            "decision": decision.state,
            "decided": decision.decided_at,
            "not_met": list(decision.not_met),
            "means": [_reached(m) for m in sheets[key].content["means"]] if key in sheets else [],
        }
        for key, decision in decided.items()
        if decision.decided_at is not None
    ]


def identity_stays(person_id: int) -> str:
    """Return why who the person is has to stay: an application, a certificate, or what they did for the body."""
    return applications.stays(person_id) or ("keep.role" if people.acted(person_id) else "")


def doors_over(*, at: datetime) -> int:
    """Return how many sessions have run out, and accounts are to be closed. Two queries."""
    accounts = people_actions.accounts_closing(busy=applications.applying(), at=at)
    return people.ended_sessions(at=at).count() + accounts.count()


def close_doors(*, at: datetime) -> int:
    """Delete sessions that have run out, and close accounts of who was forgotten and did not come back."""
    closed = people_actions.close_accounts(busy=applications.applying(), at=at)
    return people_actions.end_sessions(at=at) + closed


def _applications(person_id: int) -> "list[Application]":
    return applications.mine(Actor(None, frozenset(), person_id))


def _reached(means: dict[str, Any]) -> dict[str, Any]:
    """Return what the person sees of one part: its points and whether they were enough."""
    return {name: means[name] for name in ("component", "points", "out_of", "competent")}


keeping.keep(
    RecordKind(
        name=people.IDENTITY_KIND,
        order=10,
        label=PEOPLE["identity"],
        purpose=PEOPLE["identity.purpose"],
        law=PEOPLE["law.consent"],
        until=KEPT["identity.until"],
        then=KEPT["identity.then"],
        records=people.identity_records,
        stays=identity_stays,
        erase=people_actions.forget_person,
    )
)
keeping.keep(
    RecordKind(
        name="people.account",
        order=20,
        label=PEOPLE["account"],
        purpose=PEOPLE["account.purpose"],
        law=PEOPLE["law.interest"],
        until=PEOPLE["account.until"],
        then=PEOPLE["deleted"],
        records=people.account_records,
        stays=lambda person_id: "keep.login",
        due=doors_over,
        clear=close_doors,
    )
)
keeping.keep(
    RecordKind(
        name="journey.outcomes",
        order=100,
        label=KEPT["results"],
        purpose=KEPT["results.purpose"],
        law=KEPT["law"],
        until=KEPT["results.until"],
        then=KEPT["then"],
        records=outcomes,
        stays=lambda person_id: "keep.certified",
    )
)
keeping.keep(
    RecordKind(
        name="journey.steps",
        order=105,
        label=KEPT["steps"],
        purpose=KEPT["steps.purpose"],
        law=KEPT["law"],
        until=KEPT["results.until"],
        then=KEPT["then"],
        records=steps,
        stays=lambda person_id: "keep.proof",
    )
)
