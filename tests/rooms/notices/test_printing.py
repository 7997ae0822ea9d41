"""Do those whom no mail reaches get a letter, once, with what to mend and by when?"""

import random
from datetime import datetime, timedelta
from io import BytesIO

import pypdfium2
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pikepdf import open as open_pdf

from kompeten.applications import actions as applications
from kompeten.applications import queries as applications_queries
from kompeten.applications.models import Application, Collective, Invitation
from kompeten.applications.terms.invitation import LinkKind
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
from tests.make.helping import NIKS
from tests.make.invitations import content, officer, sent
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


def read_of(made: bytes) -> str:
    """Return the words of a file of letters, its white space made one."""
    pages = pypdfium2.PdfDocument(made)
    return " ".join(" ".join(page.get_textpage().get_text_range() for page in pages).split())


def without_phone(count: int = 2) -> tuple[Actor, Collective]:
    """Return a sponsor and their list, of whom only the first has a phone."""
    by = officer()
    people = [{"nik": nik, "name": f"Peserta {n}"} for n, nik in enumerate(NIKS[:count], start=1)]
    batch = sent(by, content(*people, {"nik": "12", "name": "Putu"}), at=MONDAY)
    ids = list(batch.applications.order_by("id").values_list("person_id", flat=True))
    Person.objects.filter(pk__in=ids[1:]).update(phone="")
    Person.objects.filter(pk=ids[0]).update(phone="+628123456789")
    return by, batch


def printed(by: Actor, batch: Collective, *, only: bool = True, at: datetime = MONDAY) -> bytes:
    """Print the letters of a list."""
    return actions.print_invitations(
        batch, only_without_phone=only, by=by, at=at, rng=random.Random(at.day)
    )


def test_whoever_on_a_list_has_no_phone_gets_a_letter_with_link_and_status_code() -> None:
    by, batch = without_phone()

    made = printed(by, batch)

    (nudged,) = Invitation.objects.filter(nudges=1, application__isnull=False)
    assert nudged.application is not None
    code = applications_queries.status_code(nudged.application.ref)
    link = shortlinks.address(LinkKind.INVITATION, nudged.ref)
    read = read_of(made)
    assert "Peserta 2" in read
    assert "Peserta 1" not in read
    assert code in read
    assert link.partition("//")[2] in "".join(read.split())
    assert shortlinks.find(code, at=TUESDAY) is not None
    assert shortlinks.find(shortlinks.code_of(LinkKind.INVITATION, nudged.ref), at=TUESDAY)


def test_a_letter_to_a_list_goes_once_in_three_days_and_says_so() -> None:
    by, batch = without_phone()
    printed(by, batch)

    with pytest.raises(StepRefused, match=r"paper\.nobody"):
        printed(by, batch, at=TUESDAY)

    assert printed(by, batch, only=False, at=TUESDAY)[:5] == b"%PDF-"
    assert set(Invitation.objects.values_list("nudges", flat=True)) == {1}


def test_one_letter_is_printed_as_often_as_it_is_lost_and_noted_once() -> None:
    by, batch = without_phone()
    printed(by, batch, only=False)
    (found, *_) = list(Invitation.objects.order_by("id"))

    for _ in range(2):
        assert actions.print_invitation(found, by=by, at=TUESDAY)[:5] == b"%PDF-"

    found.refresh_from_db()
    assert found.nudges == 1


def test_no_other_office_prints_letters_to_a_list() -> None:
    _, batch = without_phone()

    with pytest.raises(StepRefused, match=r"role\.not_held"):
        printed(officer(901), batch)
    assert not Invitation.objects.exists()


def test_of_who_was_known_before_a_letter_tells_the_office_no_address() -> None:
    by, batch = without_phone()
    person = batch.applications.order_by("id")[1].person
    before = MONDAY - timedelta(days=30)
    Person.objects.filter(pk=person.pk).update(created_at=before, address="Jalan Rahasia 9")

    made = printed(by, batch)

    read = read_of(made)
    assert "Peserta 2" in read
    assert "Rahasia" not in read


@pytest.mark.parametrize("count", [2, 8])
def test_printing_a_list_costs_a_few_queries_a_letter(count: int) -> None:
    by, batch = without_phone(count)
    applications.invite_all(batch, by=by, at=MONDAY, rng=random.Random(8))

    with CaptureQueriesContext(connection) as seen:
        printed(by, batch)

    assert len(seen) <= 25 + 2 * count
