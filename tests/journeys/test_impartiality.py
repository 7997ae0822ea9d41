"""Who may not decide on a candidate? Everybody whom the house itself has seen come too close."""

import random

import pytest

from kompeten.applications import actions as applications
from kompeten.applications.models import Application
from kompeten.decisions import actions as decisions
from kompeten.decisions import queries as agenda
from kompeten.foundation.ledger import StepRefused
from kompeten.kernel.actors import Actor
from kompeten.kernel.roles import Role
from kompeten.people import actions as people
from kompeten.people import queries as people_queries
from kompeten.people.models import Account
from kompeten.people.terms import OrganizationKind
from kompeten.portfolios.models import Reading
from kompeten.practicals.models import Rating
from kompeten.schemes.terms import Component, Route
from kompeten.verification import queries as reviews
from tests.make import applications as make_applications
from tests.make import journey as make
from tests.make import workbooks
from tests.make.collective import one_person
from tests.make.journey import Traveler
from tests.make.people import account, person
from tests.make.times import MONDAY

pytestmark = pytest.mark.django_db


def sealed(traveler: Traveler) -> None:
    """Take a candidate by portfolio and interview to a sealed result."""
    make.applied(traveler)
    make.reviewed(traveler)
    make.read(traveler)
    make.rated(traveler, Component.INTERVIEW)


def direct(n: int = 1) -> Traveler:
    """Return a candidate who comes by portfolio and interview."""
    return Traveler(n=n, route=Route.DIRECT_CERTIFICATION)


def also(who: Actor, role: Role) -> Actor:
    """Let somebody play one more role."""
    assert who.account_id is not None
    people.grant(Account.objects.get(pk=who.account_id), role, at=MONDAY)
    return people_queries.actor(who.account_id, at=MONDAY.replace(year=2027))


def reasons(traveler: Traveler, third: Actor) -> tuple[str, ...]:
    """Return why a committee of two strangers and `third` may not decide on the candidate."""
    others = make.committee(traveler.at)[:2]
    meeting = make.convened(traveler, [*others, third])

    barred = make.proposed(traveler, meeting)

    sheet = make.result(traveler)
    assert sheet is not None
    # Who is barred from this agenda goes on waiting for another committee.
    assert (sheet.ref in barred) == (sheet in agenda.inbox())
    assert list(agenda.agenda(meeting)) == [] or sheet.ref not in barred
    return barred.get(sheet.ref, ())


def test_strangers_may_decide() -> None:
    ani = direct()
    sealed(ani)

    assert reasons(ani, account(4100, Role.COMMITTEE)) == ()


@pytest.mark.parametrize("kind", ["reader", "rater"])
def test_who_examined_the_candidate_does_not_decide(kind: str) -> None:
    ani = direct()
    sealed(ani)
    key = ani.application.pk
    examined = (
        Reading.objects.filter(dossier__application_id=key)
        if kind == "reader"
        else Rating.objects.filter(slot__application_id=key)
    )
    first = examined.order_by("id").values_list("assessor_id", flat=True)[0]

    assert reasons(ani, also(ani.pool[first], Role.COMMITTEE)) == ("tie.examined",)


def test_who_did_not_examine_the_candidate_may_decide_though_an_assessor() -> None:
    ani = direct()
    sealed(ani)
    key = ani.application.pk
    examined = {
        *Reading.objects.filter(dossier__application_id=key).values_list("assessor_id", flat=True),
        *Rating.objects.filter(slot__application_id=key).values_list("assessor_id", flat=True),
    }
    free = next(who for p, who in ani.pool.items() if p not in examined)

    assert reasons(ani, also(free, Role.COMMITTEE)) == ()


def test_who_trained_the_candidate_does_not_decide() -> None:
    ani = direct()
    make.applied(ani)
    make.reviewed(ani)
    trainer = account(4200, Role.TRAINER, Role.COMMITTEE)
    make.prepared(ani, trainer=trainer.person_id)
    make.read(ani)
    make.rated(ani, Component.INTERVIEW)

    assert reasons(ani, trainer) == ("tie.trained",)


def test_who_trained_others_may_decide() -> None:
    ani, eko = direct(1), direct(2)
    trainer = account(4200, Role.TRAINER, Role.COMMITTEE)
    make.applied(eko)
    make.reviewed(eko)
    make.prepared(eko, trainer=trainer.person_id)
    sealed(ani)

    assert reasons(ani, trainer) == ()


def test_who_works_in_the_candidates_unit_does_not_decide() -> None:
    person(1, employer="Dinas Sosial Kota Medan")
    person(4300, employer="Dinas Sosial Kota Medan")
    ani = direct()
    sealed(ani)

    assert reasons(ani, account(4300, Role.COMMITTEE)) == ("tie.same_unit",)


def test_nobody_decides_on_themselves() -> None:
    ani = direct()
    sealed(ani)

    assert reasons(ani, also(ani.by, Role.COMMITTEE)) == ("tie.self",)


def test_who_filed_the_application_does_not_decide() -> None:
    make_applications.schemes_loaded()
    office = people.found_organization(
        "Balai Besar Regional II Bandung",
        kind=OrganizationKind.REGIONAL_CENTRE,
        on=MONDAY.date(),
        rng=random.Random(3),
    )
    officer = account(4400, Role.COMMITTEE)
    assert officer.account_id is not None
    row = Account.objects.get(pk=officer.account_id)
    people.grant(row, Role.SPONSOR, at=MONDAY, organization=office)
    ani = direct()
    officer = people_queries.actor(row.pk, at=ani.later(days=1))
    line = one_person(birth_on="27/01/1970", nik="3271956701700001", route="Sertifikasi langsung")
    applications.receive_list(
        workbooks.workbook(lambda _, sheet: workbooks.put_list(sheet, line)),
        label="daftar.xlsx",
        organization_id=office.pk,
        by=officer,
        at=ani.at,
        rng=random.Random(5),
    )
    ani.application = Application.objects.get()
    people.invite_many([ani.application.person_id], at=ani.at, rng=random.Random(6))
    key = people_queries.accounts_of([ani.application.person_id])[ani.application.person_id]
    ani.by = people_queries.actor(key, at=ani.at)
    make_applications.with_documents(ani.application, by=officer, at=ani.at)
    make_applications.consented(ani.application, at=ani.at)
    applications.submit(ani.application, agreed=True, by=officer, at=ani.at)
    ani.drain()
    assert reviews.answers(ani.application, language="id") == ()
    make.reviewed(ani)
    make.read(ani)
    make.rated(ani, Component.INTERVIEW)

    assert reasons(ani, officer) == ("tie.filed",)


def test_a_committee_of_two_or_of_strangers_to_the_role_is_none() -> None:
    ani = direct()
    sealed(ani)
    members = make.committee(ani.at)

    for sitting in (members[:2], [members[0], members[0], members[1]], [*members[:2], ani.by]):
        with pytest.raises(StepRefused):
            make.convened(ani, sitting)


def test_who_does_not_sit_does_not_decide() -> None:
    ani = direct()
    sealed(ani)
    members = make.committee(ani.at)
    meeting = make.convened(ani, members)
    make.proposed(ani, meeting)
    outsider = account(4500, Role.COMMITTEE)

    with pytest.raises(StepRefused) as refused:
        decisions.decide(meeting, list(agenda.agenda(meeting)), by=outsider, at=ani.at)

    assert refused.value.reasons == ("committee.not_a_member",)
    assert [d.state for d in agenda.agenda(meeting)] == ["proposed"]
