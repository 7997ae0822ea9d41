"""Do those whom no mail reaches get a letter, once, with what to mend and by when?"""

import random
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pikepdf import open as open_pdf

from kompeten.applications import actions as applications
from kompeten.applications.models import Application
from kompeten.foundation import ledger, qr, shortlinks
from kompeten.foundation.ledger import StepRefused
from kompeten.foundation.models import Event
from kompeten.kernel.actors import SYSTEM, Actor
from kompeten.kernel.roles import Role
from kompeten.notices import actions, queries, tasks
from kompeten.notices.chart import DELIVERY
from kompeten.notices.models import Delivery, Notice
from kompeten.notices.terms import (
    Channel,
    DeliveryState,
    LinkKind,
    PaperKind,
    PaperPart,
    Queued,
)
from kompeten.people.models import Person
from kompeten.verification import actions as verification
from kompeten.verification.terms import Fault
from tests.make import applications as make_applications
from tests.make import decisions as make_decisions
from tests.make import verification as make_verification
from tests.make.actors import actor
from tests.make.people import account
from tests.make.times import MONDAY, TUESDAY

pytestmark = pytest.mark.django_db
SCHEMES = (make_applications.SCHEME, "welfare_worker_assistant")
RETURNED = PaperPart(PaperKind.RETURNED)


def clerk() -> Actor:
    """Return somebody who may print."""
    return account(8800, Role.COORDINATOR, at=MONDAY)


def returned(n: int = 1, *, email: str = "") -> Application:
    """Return the application of somebody who was told to mend it, by default without e-mail."""
    review, _ = make_verification.returned(n, by=make_verification.verifier(5100 + n))
    Person.objects.filter(pk=review.application.person_id).update(email=email)
    while tasks.tell(at=TUESDAY):
        continue
    return review.application


def returned_under(scheme: str, n: int, *, of: Actor, by: Actor) -> Application:
    """Return what one person was told to mend under a scheme; `n` tells it from their others."""
    draft = make_applications.draft(n, by=of, scheme=scheme)
    make_applications.with_documents(draft, by=of)
    applications.submit(draft, agreed=True, consent=make_applications.CONSENT, by=of, at=MONDAY)
    review = verification.claim(draft, by=by, at=MONDAY, rng=random.Random(n))
    faults = {"identity_card": Fault.UNREADABLE}
    verification.note(review, make_verification.in_order(review, faults=faults), by=by, at=MONDAY)
    verification.return_for_correction(review, by=by, at=MONDAY)
    return draft


def test_who_has_no_mail_address_gets_a_letter_with_each_thing_to_mend() -> None:
    application = returned()

    (paper,) = queries.papers(list(queries.to_print(clerk(), RETURNED)))

    assert paper.application_ref == application.ref
    assert paper.name == application.person.full_name
    assert [item.about for item in paper.items] == ["Kartu Tanda Penduduk (KTP)"]
    assert paper.items[0].fault
    review_until = application.correct_by_on
    assert review_until is None or f"{review_until.day} " in paper.subject


def test_a_letter_is_printed_once_and_on_demand_again() -> None:
    returned()
    by = clerk()

    first = actions.print_letters(RETURNED, by=by, at=TUESDAY)
    with pytest.raises(StepRefused, match=r"paper\.none"):
        actions.print_letters(RETURNED, by=by, at=TUESDAY)
    again = actions.print_letters(PaperPart(PaperKind.RETURNED, again=True), by=by, at=TUESDAY)

    assert first[:5] == b"%PDF-"
    assert first == again
    (delivery,) = Delivery.objects.filter(channel=Channel.PAPER)
    assert (delivery.state, delivery.sent_at) == (DeliveryState.SENT, TUESDAY)
    events = Event.objects.filter(subject="delivery", subject_id=delivery.pk).order_by("id")
    assert [(e.type, e.actor_id) for e in events] == [
        ("delivery.opened", by.account_id),
        ("delivery.printed", by.account_id),
    ]


def test_whom_a_mail_reaches_gets_no_letter_unless_asked_for() -> None:
    returned(email="ani@contoh.example")
    by, again = clerk(), PaperPart(PaperKind.RETURNED, again=True)

    assert list(queries.to_print(by, RETURNED)) == []
    assert len(queries.to_print(by, again)) == 1


def test_whose_mail_came_back_gets_a_letter() -> None:
    returned(email="ani@contoh.example")
    Delivery.objects.update(state=DeliveryState.UNDELIVERABLE)

    assert len(queries.to_print(clerk(), RETURNED)) == 1


def test_what_goes_by_paper_is_not_mailed() -> None:
    returned()
    paper = Delivery(notice=Notice.objects.latest("pk"), channel=Channel.PAPER, next_try_at=MONDAY)
    ledger.enter(DELIVERY, paper, by=SYSTEM, at=MONDAY, facts=Queued("A", Channel.PAPER))

    assert list(queries.due(at=TUESDAY)) == []


def test_who_has_mended_meanwhile_is_not_written_to() -> None:
    application = returned()
    Application.objects.filter(pk=application.pk).update(state="submitted")

    assert list(queries.to_print(clerk(), RETURNED)) == []


def test_somebody_with_two_applications_gets_a_letter_for_each() -> None:
    ani, budi = account(1, Role.APPLICANT, at=MONDAY), make_verification.verifier()
    first, second = (returned_under(scheme, n, of=ani, by=budi) for n, scheme in enumerate(SCHEMES))
    Person.objects.filter(pk=ani.person_id).update(email="")
    while tasks.tell(at=TUESDAY):
        continue
    by = clerk()

    def refs(part: PaperPart) -> list[str]:
        return [paper.application_ref for paper in queries.papers(list(queries.to_print(by, part)))]

    assert refs(RETURNED) == [first.ref, second.ref]
    assert refs(PaperPart(PaperKind.RETURNED, application_ref=second.ref)) == [second.ref]
    Application.objects.filter(pk=second.pk).update(state="submitted")
    assert refs(RETURNED) == [first.ref]


@pytest.mark.parametrize(
    ("region", "found"), [("", 2), ("12", 1), ("12.18", 1), ("32.71", 1), ("33", 0)]
)
def test_letters_are_narrowed_to_a_region(region: str, found: int) -> None:
    for n, code in ((1, "12.18"), (2, "32.71")):
        Person.objects.filter(pk=returned(n).person_id).update(region_code=code)

    assert len(queries.to_print(clerk(), PaperPart(PaperKind.RETURNED, region=region))) == found


def test_one_letter_alone_and_none_of_a_list_that_nobody_sent() -> None:
    application = returned()
    one = PaperPart(PaperKind.RETURNED, application_ref=application.ref)
    nowhere = PaperPart(PaperKind.RETURNED, list_ref="0000000000")

    by = clerk()
    assert len(queries.to_print(by, one)) == 1
    assert list(queries.to_print(by, nowhere)) == []


@pytest.mark.parametrize("role", [Role.APPLICANT, Role.SPONSOR, Role.VERIFIER])
def test_only_coordinators_and_registrars_print(role: Role) -> None:
    returned()

    with pytest.raises(StepRefused, match=r"role\.not_held"):
        actions.print_letters(RETURNED, by=actor(900, role), at=TUESDAY)
    assert not Delivery.objects.exists()


def test_the_result_and_the_certificate_are_letters_too() -> None:
    decision = make_decisions.certified()
    Person.objects.filter(pk=decision.application.person_id).update(email="")
    while tasks.tell(at=make_decisions.DECIDED_AT):
        continue
    by = clerk()

    for kind in (PaperKind.RESULT, PaperKind.CERTIFICATE):
        made = actions.print_letters(PaperPart(kind), by=by, at=make_decisions.DECIDED_AT)
        assert len(open_pdf(BytesIO(made)).pages) == 1


def test_the_code_on_a_letter_opens_the_status_and_its_qr_leads_there() -> None:
    application = returned()
    actions.print_letters(RETURNED, by=clerk(), at=TUESDAY)
    address = shortlinks.address(LinkKind.STATUS, application.ref)

    found = shortlinks.find(shortlinks.code_of(LinkKind.STATUS, application.ref), at=TUESDAY)

    assert found is not None
    assert found.ref == application.ref
    assert qr.read(qr.png(address)) == (address,)


def test_seven_letters_cost_as_many_queries_as_two() -> None:
    for n in range(1, 3):
        returned(n)
    by = clerk()

    with CaptureQueriesContext(connection) as two:
        queries.papers(list(queries.to_print(by, RETURNED)))
    for n in range(3, 8):
        returned(n)
    with CaptureQueriesContext(connection) as seven:
        queries.papers(list(queries.to_print(by, RETURNED)))

    assert len(two) == len(seven)
