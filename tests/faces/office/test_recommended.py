"""Does the desk show who has recommended by a signature, how sure that is, and what is a scan only?"""

import random
import re
from typing import Any

import pytest
from django.utils import timezone

from kompeten.applications import actions as applications
from kompeten.applications import queries as held
from kompeten.foundation import clock
from kompeten.foundation.ledger import StepRefused
from kompeten.kernel.roles import Role
from kompeten.verification import actions, queries
from kompeten.verification.models import Review
from kompeten.verification.terms import Judgement
from tests.faces.office.staff import at_work, cost, said, words
from tests.make import applications as make
from tests.make import recommending as recommend
from tests.make import verification
from tests.make.people import account
from tests.make.recommending import BY_PHONE, PROFESSION

pytestmark = pytest.mark.django_db


def claimed(n: int = 1, *, signed: bool = True, **letter: Any) -> Any:
    """Return a review of somebody who handed in with a signed recommendation, taken by Budi."""
    at = clock.now()
    owner = account(n, Role.APPLICANT, at=at)
    application = make.draft(n, by=owner, at=at)
    if signed:
        referee = recommend.asked(application, by=owner, at=at, seed=500 + n)
        recommend.signed(referee, at=at, dated_on=timezone.localdate(at), **letter)
    make.with_documents(application, by=owner, at=at)
    applications.submit(application, agreed=True, consent=make.CONSENT, by=owner, at=at)
    return application


def taken(application: Any, by: Any) -> Any:
    return actions.claim(application, by=by, at=clock.now(), rng=random.Random(application.pk))


def test_a_signed_letter_stands_with_its_facts_and_is_judged_like_a_document() -> None:
    application = claimed(words="Rajin.")
    client, budi = at_work(Role.VERIFIER)
    review = taken(application, budi)

    told = words(client.get(f"/kantor/verifikasi/{review.ref}/"))

    digest = held.files([application.pk])[application.pk]["recommendation_workplace"]
    assert review.files["recommendation_workplace"] == digest
    for shown in ("800/214/Dinsos", "Dra. Sri Hartati", "Rajin.", "sri.hartati@dinsos.example"):
        assert shown in told
    assert said("scan only") not in told
    actions.note(review, verification.in_order(review), by=budi, at=clock.now())
    actions.find_eligible(review, by=budi, at=clock.now())
    review.refresh_from_db()
    assert review.state in {"eligible", "held"}  # chance may want a second look


def test_the_sheet_takes_a_signature_without_a_file_as_something_that_is_there() -> None:
    application = claimed()
    client, budi = at_work(Role.VERIFIER)
    review = taken(application, budi)
    sheet = f"/kantor/verifikasi/{review.ref}/"

    page = client.get(sheet).content.decode()
    client.post(sheet, {"nilai-recommendation_workplace": "met"})

    offered = re.findall(r'name="nilai-recommendation_workplace" value="(\w+)"', page)
    assert offered == ["met", "not_met"]
    (kept,) = queries.findings(Review.objects.get(pk=review.pk))
    assert (kept.document, kept.judgement) == ("recommendation_workplace", Judgement.MET)


def test_a_scan_says_that_nobody_signed_it() -> None:
    application = claimed(signed=False)
    client, budi = at_work(Role.VERIFIER)
    review = taken(application, budi)

    assert said("scan only") in words(client.get(f"/kantor/verifikasi/{review.ref}/"))


def test_an_answer_without_a_recommendation_is_read_with_its_reason() -> None:
    application = claimed(recommends=False, words="Baru dua bulan.")
    client, budi = at_work(Role.VERIFIER)
    review = taken(application, budi)

    told = words(client.get(f"/kantor/verifikasi/{review.ref}/"))

    assert "Baru dua bulan." in told
    assert said("Answered without a recommendation") in told


def test_who_recommends_after_taking_the_file_cannot_answer_it() -> None:
    application = claimed(signed=False)
    _, budi = at_work(Role.VERIFIER)
    review = taken(application, budi)
    actions.note(review, verification.in_order(review), by=budi, at=clock.now())
    owner = make.owner(application)
    referee = recommend.asked(application, by=owner, signatory=BY_PHONE, at=clock.now())
    letter = {"dated_on": timezone.localdate(clock.now()), "account_person": budi.person_id}
    recommend.signed(referee, at=clock.now(), **letter)

    with pytest.raises(StepRefused) as refusal:
        actions.find_eligible(review, by=budi, at=clock.now())

    assert refusal.value.reasons == ("tie.recommended",)
    assert queries.barred([application], actor=budi, on=timezone.localdate(clock.now()))


def test_the_sheet_costs_the_same_with_one_letter_and_with_two() -> None:
    one, two = claimed(1), claimed(2)
    owner = make.owner(two)
    referee = recommend.asked(two, by=owner, kind=PROFESSION, signatory=BY_PHONE, at=clock.now())
    recommend.signed(referee, at=clock.now(), dated_on=timezone.localdate(clock.now()))
    client, budi = at_work(Role.VERIFIER)
    pages = [f"/kantor/verifikasi/{taken(a, budi).ref}/" for a in (one, two)]

    assert cost(client, pages[0]) == cost(client, pages[1])


def test_the_page_of_the_application_tells_the_signature_and_its_story() -> None:
    application = claimed()
    client, _ = at_work(Role.REGISTRAR)

    told = words(client.get(f"/kantor/permohonan/{application.ref}/"))

    assert said("signed by link") in told
    assert said("A recommendation was signed.") in told
