"""Does the desk of verifiers work: the queue, the sheet, the four ways to end it?"""

import random
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.formats import date_format

from kompeten.applications.models import Application
from kompeten.foundation import clock, ledger
from kompeten.kernel.actors import SYSTEM, Actor
from kompeten.kernel.roles import Role
from kompeten.people import actions as people_actions
from kompeten.people.models import Account, RoleGrant
from kompeten.verification import actions, queries
from kompeten.verification.models import Review
from kompeten.verification.terms import Fault, Judgement, State, Wording
from tests.faces.office.staff import at_work, cost, entered, part_of, said, words
from tests.make import applications, people, races, verification

pytestmark = pytest.mark.django_db
QUEUE = "/kantor/verifikasi/"
BLURRED = "Foto KTP buram. Foto ulang di tempat terang."


def budi(n: int = 7001) -> tuple[Client, Actor]:
    """Return a verifier at work."""
    return at_work(Role.VERIFIER, n=n)


def waiting(count: int, *, since: int = 1) -> list[Application]:
    """Return applications that were handed in now."""
    at = clock.now()
    return [applications.submitted(n, at=at)[0] for n in range(since, since + count)]


def held_by(by: Actor, n: int = 1) -> Review:
    """Return an open review of the n-th person's application on the desk of `by`."""
    return verification.claimed(n, by=by, at=clock.now())[0]


def findings(review: Review, **faults: str) -> dict[str, str]:
    """Return a filled-in sheet: everything in order but what has a fault."""
    data: dict[str, str] = {}
    for code in review.files:
        fault = faults.get(code)
        data[f"nilai-{code}"] = "not_met" if fault else "met"
        if fault:
            data[f"sebab-{code}"] = fault
    return data


def path(review: Review) -> str:
    """Return the address of a review."""
    return f"{QUEUE}{review.ref}/"


def state(review: Review) -> str:
    """Return where a review stands now."""
    return str(Review.objects.get(pk=review.pk).state)


def test_the_queue_shows_who_waits_and_the_next_is_the_oldest() -> None:
    client, by = budi()
    first, second = waiting(2)

    page = client.get(QUEUE)
    taken = client.post(f"{QUEUE}ambil/", {"jumlah": "1", "di_meja": "0"})

    assert first.person.name in words(page)
    assert second.person.name in words(page)
    review = queries.desk(by).get()
    assert review.application == first
    assert taken["Location"] == path(review)


def test_a_second_click_opens_what_the_first_has_taken() -> None:
    client, by = budi()
    waiting(2)

    client.post(f"{QUEUE}ambil/", {"jumlah": "1", "di_meja": "0"})
    again = client.post(f"{QUEUE}ambil/", {"jumlah": "1", "di_meja": "0"})

    assert queries.desk(by).count() == 1
    assert again["Location"] == path(queries.desk(by).get())


def test_a_stack_is_taken_at_once_and_never_more_than_ten() -> None:
    client, by = budi()
    waiting(12)

    client.post(f"{QUEUE}ambil/", {"jumlah": "500", "di_meja": "0"})

    assert queries.desk(by).count() == 10


def test_an_empty_queue_is_said_kindly() -> None:
    client, _ = budi()

    answer = client.post(f"{QUEUE}ambil/", {"jumlah": "1", "di_meja": "0"}, follow=True)

    assert said("Nothing waits that you may review now.") in words(answer)
    assert said("The queue is empty") in words(answer)


def test_nobody_takes_what_they_filed_themselves() -> None:
    client, by = budi()
    application = applications.draft(1, by=by, at=clock.now())
    applications.with_documents(application, by=by, at=clock.now())
    applications.consented(application, at=clock.now())
    applications.actions.submit(application, agreed=True, by=by, at=clock.now())

    page = client.get(QUEUE)
    answer = client.post(f"{QUEUE}ambil/{application.ref}/")

    assert said("You filed this application yourself; somebody else reviews it.") in words(page)
    assert answer.status_code == 409
    assert not Review.objects.exists()


def test_two_verifiers_who_want_the_same_file_get_it_once() -> None:
    first, _ = budi(7001)
    second, _ = budi(7002)
    (application,) = waiting(1)

    won = first.post(f"{QUEUE}ambil/{application.ref}/")
    lost = second.post(f"{QUEUE}ambil/{application.ref}/")

    assert won.status_code == 302
    assert lost.status_code == 409
    assert said("Somebody else is reviewing this application, or it no longer waits.") in words(
        lost
    )


def test_a_double_click_on_taking_one_leads_to_it_both_times(
    tmp_path: Path, bare: races.Bare
) -> None:
    script = Path(__file__).with_name("double_click.py")

    told = races.told(script, folder=tmp_path, bare=bare)

    (review,) = told["desk"]
    assert told["answers"] == [f"302 {QUEUE}{review}/"] * races.THREADS


def test_the_queue_is_narrowed_by_scheme_and_province() -> None:
    client, _ = budi()
    (application,) = waiting(1)
    name = application.person.name

    assert name in words(client.get(QUEUE, {"provinsi": "12"}))
    assert name not in words(client.get(QUEUE, {"provinsi": "32"}))
    assert name in words(client.get(QUEUE, {"skema": application.scheme_code}))
    assert name not in words(client.get(QUEUE, {"skema": "social_educator"}))
    assert name in words(client.get(QUEUE, {"skema": "no_such_scheme"}))


def test_a_sheet_is_kept_as_one_goes() -> None:
    client, by = budi()
    review = held_by(by)
    code = next(iter(review.files))

    answer = client.post(path(review), {f"nilai-{code}": "met"}, headers={"HX-Request": "true"})

    assert answer.status_code == 200
    assert 'id="progress"' in answer.content.decode()
    assert "1 dari" in words(answer)
    assert [f.document for f in queries.findings(Review.objects.get())] == [code]


def test_what_is_half_said_is_not_kept_and_asked_for() -> None:
    client, by = budi()
    review = held_by(by)
    code = next(iter(review.files))

    swapped = client.post(
        path(review), {f"nilai-{code}": "not_met"}, headers={"HX-Request": "true"}
    )
    whole = client.post(path(review), {f"nilai-{code}": "not_met"})

    assert swapped.status_code == 200
    assert whole.status_code == 422
    asked = said("Choose what is not in order, so that the applicant can mend it.")
    assert asked in words(whole)
    assert queries.findings(Review.objects.get()) == ()


def test_the_same_sheet_again_writes_nothing_more() -> None:
    client, by = budi()
    review = held_by(by)
    client.post(path(review), findings(review))
    digest = Review.objects.get().digest

    client.post(path(review), findings(review))

    assert Review.objects.get().digest == digest
    told = [event.type for event in ledger.history("review", review.pk)]
    assert told == ["review.opened", "review.noted"]


def test_passing_opens_the_next_file_at_once() -> None:
    client, by = budi()
    review = held_by(by)
    (following,) = waiting(1, since=2)

    answer = client.post(path(review), findings(review) | {"langkah": "loloskan"})

    assert state(review) == State.ELIGIBLE
    opened = queries.desk(by).get()
    assert opened.application == following
    assert answer["Location"] == path(opened)


def test_who_has_been_answered_waits_no_longer() -> None:
    client, by = budi()
    review = held_by(by)
    waits = said("waiting for %(age)s", age=said("today"))
    assert waits in words(client.get(path(review)))

    client.post(path(review), findings(review) | {"langkah": "loloskan"})

    page = words(client.get(path(review)))
    assert waits not in page
    assert date_format(timezone.localdate(Review.objects.get(pk=review.pk).closed_at)) in page


def test_a_double_click_on_passing_leads_on_as_the_first_did() -> None:
    client, by = budi()
    review = held_by(by)
    waiting(2, since=2)
    data = findings(review) | {"langkah": "loloskan"}

    first = client.post(path(review), data)
    second = client.post(path(review), data)

    assert second["Location"] == first["Location"]
    assert queries.desk(by).count() == 1


def test_passing_is_refused_while_something_is_not_judged() -> None:
    client, by = budi()
    review = held_by(by)
    data = findings(review)
    data.popitem()

    answer = client.post(path(review), data | {"langkah": "loloskan"})

    assert answer.status_code == 422
    assert said("Some documents are not judged yet.") in words(answer)
    assert state(review) == State.OPEN
    kept = {f.document for f in queries.findings(Review.objects.get())}
    assert kept == {name.removeprefix("nilai-") for name in data}


def test_returning_names_what_to_mend_and_the_day() -> None:
    client, by = budi()
    review = held_by(by)
    code = next(iter(review.files))
    data = findings(review, **{code: "fault.unreadable"}) | {
        "langkah": "kembalikan",
        "perbaikan-hal-education": "fault.unclear",
        "perbaikan-catatan-education": "Sebutkan bidang studinya.",
    }

    page = client.get(path(review))
    answer = client.post(path(review), data)

    assert answer.status_code == 302
    held = Review.objects.get()
    assert (held.state, len(held.remarks)) == (State.RETURNED, 1)
    assert held.correct_by_on is not None
    assert str(held.correct_by_on.year) in words(page)


def test_returning_without_anything_to_mend_is_refused() -> None:
    client, by = budi()
    review = held_by(by)

    answer = client.post(path(review), findings(review) | {"langkah": "kembalikan"})

    assert answer.status_code == 422
    asked = said("Mark at least one thing to mend before returning the application.")
    assert asked in words(answer)


def test_refusing_asks_for_a_ground() -> None:
    client, by = budi()
    review = held_by(by)

    refused = client.post(path(review), {"langkah": "tolak"})
    done = client.post(
        path(review),
        {"langkah": "tolak", "tolak-alasan": ["ground.age"], "tolak-penjelasan": "Belum 45 tahun."},
    )

    assert refused.status_code == 422
    assert said("Choose at least one ground for not accepting the application.") in words(refused)
    assert done.status_code == 302
    assert state(review) == State.REJECTED


def test_giving_back_puts_the_file_into_the_queue_again() -> None:
    client, by = budi()
    review = held_by(by)

    answer = client.post(path(review), {"langkah": "lepaskan"})

    assert answer["Location"] == QUEUE
    assert state(review) == State.RELEASED
    assert queries.inbox().count() == 1


def test_a_coordinator_gives_back_what_another_holds() -> None:
    _, by = budi()
    review = held_by(by)
    client, _ = at_work(Role.COORDINATOR, n=7003)

    page = client.get(path(review))
    client.post(path(review), {"langkah": "lepaskan"})

    assert said("Give it back to the queue") in words(page)
    assert state(review) == State.RELEASED


def test_another_verifier_looks_and_answers_nothing() -> None:
    _, by = budi()
    review = held_by(by)
    other, _ = budi(7002)

    page = other.get(path(review))
    answer = other.post(path(review), findings(review) | {"langkah": "loloskan"})

    assert page.status_code == 200
    assert said("Pass") not in words(page)
    assert answer.status_code == 409
    assert state(review) == State.OPEN


def test_an_auditor_reads_everything_and_changes_nothing() -> None:
    _, by = budi()
    review = held_by(by)
    client, _ = at_work(Role.AUDITOR, n=7004)

    assert client.get(QUEUE).status_code == 200
    assert client.get(path(review)).status_code == 200
    assert client.get(f"{QUEUE}hasil/").status_code == 200
    for step in ("", "loloskan", "kembalikan", "tolak", "lepaskan"):
        assert client.post(path(review), {"langkah": step}).status_code == 403
    assert client.post(f"{QUEUE}ambil/", {"jumlah": "1"}).status_code == 403
    assert state(review) == State.OPEN


def test_an_applicant_finds_no_such_place() -> None:
    (application,) = waiting(1)
    account = Account.objects.get(person_id=application.person_id)
    owner = people.queries.actor(account.pk, at=clock.now())

    for address in (QUEUE, f"{QUEUE}hasil/", f"/kantor/permohonan/{application.ref}/"):
        assert entered(owner).get(address).status_code == 404
        assert Client().get(address).status_code == 302


def test_a_role_that_lapses_while_one_works_ends_the_work() -> None:
    client, by = budi()
    review = held_by(by)
    assert client.get(path(review)).status_code == 200
    account = Account.objects.get(pk=by.account_id)
    people_actions.end_grants(account, Role.VERIFIER, at=clock.now())

    answer = client.post(path(review), findings(review) | {"langkah": "loloskan"})

    assert answer.status_code == 403
    assert said("Your role has ended") in words(answer)
    assert state(review) == State.OPEN
    assert RoleGrant.objects.filter(account=account, valid_until__isnull=True).count() == 0


def test_only_the_verifier_at_work_reads_the_whole_nik() -> None:
    client, by = budi()
    review = held_by(by)
    other, _ = budi(7002)

    assert "1218 9057 0485 0001" in words(client.get(path(review)))
    assert "1218 9057 0485 0001" not in words(other.get(path(review)))
    assert "•••• •••• •••• 0001" in words(other.get(path(review)))


def test_an_earlier_round_stands_on_the_page_of_the_next() -> None:
    client, by = budi()
    returned, _ = verification.returned(1, by=by, at=clock.now())
    owner = Actor(
        Account.objects.get(person_id=returned.application.person_id).pk,
        frozenset({Role.APPLICANT}),
        returned.application.person_id,
    )
    application = Application.objects.get(pk=returned.application_id)
    applications.actions.submit(application, agreed=True, by=owner, at=clock.now())
    again = actions.claim(application, by=by, at=clock.now(), rng=random.Random(5))

    page = words(client.get(path(again)))

    assert said("Round %(n)s", n=2) in page
    assert said("The document cannot be read clearly. Please scan or photograph it again.") in page


def second_round(by: Actor, **faults: str) -> Review:
    """Return the review of a second round in which no file has changed; `faults` were found in the first."""
    at = clock.now()
    first = held_by(by)
    client = Client()
    client.force_login(Account.objects.get(pk=by.account_id))
    client.post(path(first), findings(first, **faults) | {"langkah": "kembalikan"})
    application = Application.objects.get(pk=first.application_id)
    owner = applications.owner(application)
    applications.actions.submit(application, agreed=True, by=owner, at=at)
    return actions.claim(application, by=by, at=at, rng=random.Random(5))


def test_the_finding_on_an_unchanged_file_is_accepted_with_one_button() -> None:
    client, by = budi()
    again = second_round(by, identity_card="fault.unreadable")

    page = words(client.get(path(again)))
    answer = client.post(path(again), {"seperti": "identity_card"})

    day = date_format(timezone.localdate(clock.now()), "DATE_FORMAT")
    unchanged = "This file has not changed since round %(n)s (%(day)s). Found then:"
    assert page.count(said(unchanged, n=1, day=day)) == len(again.files)
    assert answer["Location"] == path(again)
    again.refresh_from_db()
    (found,) = queries.findings(again)
    assert (found.document, found.judgement, found.fault) == (
        "identity_card",
        Judgement.NOT_MET,
        Fault.UNREADABLE,
    )
    assert found.file == again.files["identity_card"]


def test_a_reason_that_left_the_list_is_accepted_and_kept_all_the_same() -> None:
    client, by = budi()
    wording = Wording(
        "card_blurred",
        Fault.UNREADABLE,
        {"id": BLURRED, "en": "The card is blurred. Photograph it again."},
    )
    reason = actions.word(wording, by=SYSTEM, at=clock.now(), rng=random.Random(1))
    again = second_round(by, identity_card=reason.ref)
    actions.retire(reason, by=SYSTEM, at=clock.now())

    assert BLURRED in words(client.get(path(again)))
    client.post(path(again), {"seperti": "identity_card"})
    again.refresh_from_db()
    (found,) = queries.findings(again)
    assert found.reason == reason.ref

    # Whatever else is kept afterwards, the reason stays what it was.
    client.post(path(again), findings(again, identity_card=reason.ref) | {"langkah": "simpan"})
    again.refresh_from_db()
    assert {f.reason for f in queries.findings(again) if f.fault} == {reason.ref}


def test_what_changed_and_what_nobody_found_cannot_be_accepted() -> None:
    client, by = budi()
    review = held_by(by)

    client.post(path(review), {"seperti": "identity_card"})

    review.refresh_from_db()
    assert review.findings == []


def test_what_htmx_swaps_is_a_part_of_the_page() -> None:
    client, by = budi()
    waiting(2)
    held_by(by, 3)

    for address in (QUEUE, f"{QUEUE}hasil/"):
        fragment, whole = part_of(client, address)

        assert fragment.startswith("<div id=")
        assert fragment in whole


@pytest.mark.parametrize("address", [QUEUE, f"{QUEUE}hasil/"])
def test_the_lists_take_as_many_queries_for_one_as_for_three(address: str) -> None:
    client, by = budi()
    held_by(by, 1)
    waiting(1, since=10)
    one = cost(client, address)

    held_by(by, 2)
    held_by(by, 3)
    waiting(2, since=11)

    assert cost(client, address) == one


def test_a_review_takes_as_many_queries_for_the_tenth_as_for_the_first() -> None:
    client, by = budi()
    first = held_by(by, 1)
    few = cost(client, path(first))

    for n in range(2, 11):
        held_by(by, n)

    assert cost(client, path(first)) == few


def test_the_answer_brings_the_next_file_in_the_same_request() -> None:
    client, by = budi()
    review = held_by(by)
    (following,) = waiting(1, since=2)
    data = findings(review) | {"langkah": "loloskan"}

    answer = client.post(path(review), data, headers={"HX-Request": "true"})

    opened = queries.desk(by).get()
    assert answer.status_code == 200
    assert answer["HX-Push-Url"] == path(opened)
    assert opened.application == following
    assert following.person.name in words(answer)
    assert said("%(name)s meets the requirements.", name=review.application.person.name) in words(
        answer
    )


def test_after_the_last_file_the_desk_leads_back_to_the_queue() -> None:
    client, by = budi()
    review = held_by(by)
    data = findings(review) | {"langkah": "loloskan"}

    answer = client.post(path(review), data, headers={"HX-Request": "true"})

    assert (answer.status_code, answer["HX-Redirect"]) == (204, QUEUE)


def test_what_is_refused_comes_back_as_the_whole_sheet() -> None:
    client, by = budi()
    review = held_by(by)

    answer = client.post(path(review), {"langkah": "loloskan"}, headers={"HX-Request": "true"})

    assert answer.status_code == 422
    assert 'id="isi"' in answer.content.decode()
    assert said("Some documents are not judged yet.") in words(answer)


def test_the_part_of_the_queue_one_works_on_is_kept() -> None:
    client, by = budi()
    review = held_by(by)
    waiting(1, since=2)
    elsewhere, here = f"{path(review)}?provinsi=32", f"{path(review)}?provinsi=12"
    data = findings(review) | {"langkah": "loloskan"}

    nothing = client.post(elsewhere, data)
    onward = client.post(here, data)

    assert nothing["Location"] == f"{QUEUE}?provinsi=32"
    assert onward["Location"] == f"{path(queries.desk(by).get())}?provinsi=12"
    assert f"{QUEUE}ambil/?provinsi=12" in client.get(f"{QUEUE}?provinsi=12").content.decode()


def test_the_queue_is_narrowed_by_age() -> None:
    client, _ = budi()
    waiting(1)
    old, _ = applications.submitted(2, at=clock.now() - timedelta(days=8))

    page = words(client.get(QUEUE, {"lama": "7"}))

    assert old.person.name in page
    assert said("%(n)s application waits.", n=1) in page


def test_the_queue_shows_what_was_promised_and_is_narrowed_by_it() -> None:
    client, _ = budi()
    waiting(1)
    old, _ = applications.submitted(2, at=clock.now() - timedelta(days=40))

    late, soon = client.get(QUEUE, {"lama": "lewat"}), client.get(QUEUE, {"lama": "segera"})

    for page in (words(late), words(soon)):
        assert old.person.name in page
        assert said("%(n)s application waits.", n=1) in page
    assert 'data-state="late"' in late.content.decode()
    assert 'data-state="calm"' in client.get(QUEUE).content.decode()


def test_the_page_names_its_keys_and_works_without_them() -> None:
    client, by = budi()
    review = held_by(by)
    auditor, _ = at_work(Role.AUDITOR, n=7004)

    mine, others = client.get(path(review)), auditor.get(path(review))

    assert "data-k-desk-keys hidden" in mine.content.decode()
    assert "desk.js" in mine.content.decode()
    assert "desk.js" not in others.content.decode()
