"""Does a recommendation come from whom it says, once, and only where it is asked for?"""

import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.db import DatabaseError, transaction

from kompeten.applications import actions, queries
from kompeten.applications.actions import disposing
from kompeten.applications.models import Application, Recommendation, Referee
from kompeten.applications.queries import keeping
from kompeten.applications.rules import recommending as rules
from kompeten.applications.terms.application import Step, UploadRefused
from kompeten.applications.terms.recommending import (
    CodeRefused,
    Confirmed,
    RecommendationState,
    RefereeState,
)
from kompeten.foundation import ledger
from kompeten.foundation.ledger import StaleRecord, StepRefused
from kompeten.impartiality import queries as impartiality
from kompeten.impartiality.terms import Act
from kompeten.kernel import digest
from kompeten.kernel.roles import Role
from kompeten.notices import actions as notices
from kompeten.notices import ports as notices_ports
from kompeten.people.models import Account
from kompeten.schemes.terms import Recommender
from tests.make import applications as make
from tests.make import invitations
from tests.make import recommending as recommend
from tests.make.people import account
from tests.make.races import meanwhile
from tests.make.recommending import BY_PHONE, HEAD, PROFESSION, WORKPLACE, sign
from tests.make.times import MONDAY, TUESDAY

pytestmark = pytest.mark.django_db
LATE = MONDAY + timedelta(days=14)


def ani(n: int = 1) -> tuple[Application, Any]:
    """Return the n-th person's draft, on a route that takes one of two recommendations."""
    by = account(n, Role.APPLICANT)
    return make.draft(n, by=by), by


def refused(attempt: Any) -> tuple[str, ...]:
    with pytest.raises(StepRefused) as refusal:
        attempt()
    return refusal.value.reasons


def test_a_signed_recommendation_stands_for_the_document_that_is_asked() -> None:
    application, by = ani()
    code = queries.document_of(WORKPLACE)

    (given,) = recommend.signed(recommend.asked(application, by=by))

    row = next(d for d in queries.documents(application) if d.code == code)
    assert (row.signed, row.sha256, row.is_there) == (given.digest, "", True)
    assert code in queries.present_codes(application)
    assert queries.files([application.pk])[application.pk] == {code: given.digest}
    missing = queries.documents_asked(application).missing(queries.present_codes(application))
    assert not any(code in codes for codes in missing)
    assert queries.signed_kinds(application) == {WORKPLACE}


def test_what_was_signed_is_kept_sealed_and_its_digest_stands_in_the_ledger() -> None:
    application, by = ani()

    (given,) = recommend.signed(recommend.asked(application, by=by), words="Tekun dan jujur.")

    given.refresh_from_db()
    told = queries.said(given)
    assert told is not None
    assert (told.number, told.name, told.words) == (
        "800/214/Dinsos",
        "Dra. Sri Hartati",
        "Tekun dan jujur.",
    )
    assert (told.confirmed, told.asked) == (Confirmed.MAIL_CODE, HEAD.email)
    assert digest.of(told) == given.digest
    assert b"Tekun" not in bytes(given.said_sealed)
    events = ledger.history("recommendation", given.pk)
    assert [e.type for e in events] == ["recommendation.asked", "recommendation.given"]
    assert events[1].facts == {"digest": given.digest, "confirmed": "mail_code", "scan": False}
    assert (events[1].actor_id, events[1].actor_role) == (None, "referee")


def test_the_database_holds_no_secret_that_opens_or_signs() -> None:
    application, by = ani()
    referee = recommend.written(recommend.asked(application, by=by))
    secrets = [queries.referee_token(referee.ref), recommend.code(referee), HEAD.email, HEAD.name]

    kept = " ".join(str(bytes(v) if isinstance(v, memoryview) else v)
                    for v in Referee.objects.values_list()[0])  # fmt: skip

    assert [s for s in secrets if s in kept] == []
    assert queries.referee_by_link(secrets[0].lower(), at=MONDAY) == referee


def test_the_code_goes_by_mail_to_the_address_that_was_asked_and_each_time_another() -> None:
    application, by = ani()
    referee = recommend.written(recommend.asked(application, by=by))
    first = recommend.code(referee)

    posted = notices.send_codes(at=MONDAY)
    again = notices.send_codes(at=MONDAY)

    assert (posted.sent, again.sent) == (1, 0)
    (sent,) = mail.outbox
    assert sent.to == [HEAD.email]
    assert first in sent.subject
    assert first in sent.body
    assert actions.send_code_again(referee, at=MONDAY + timedelta(seconds=10)) is False
    assert actions.send_code_again(referee, at=MONDAY + timedelta(minutes=2)) is True
    notices.send_codes(at=MONDAY + timedelta(minutes=2))
    assert len(mail.outbox) == 2
    with pytest.raises(CodeRefused):
        sign(referee, first, at=MONDAY + timedelta(minutes=3))
    assert sign(referee, at=MONDAY + timedelta(minutes=3))


def test_a_code_that_cannot_be_mailed_now_is_tried_again_a_minute_later() -> None:
    application, by = ani()
    referee = recommend.written(recommend.asked(application, by=by))

    def closed() -> Any:
        raise notices_ports.Unavailable("smtp 421")

    posted = notices.send_codes(at=MONDAY, office=closed)

    assert (posted.sent, posted.failed) == (0, 1)
    assert not queries.codes_due(at=MONDAY).exists()
    assert list(queries.codes_due(at=MONDAY + timedelta(minutes=1))) == [referee]


def test_by_phone_the_code_is_told_and_the_record_says_so() -> None:
    application, by = ani()
    referee = recommend.asked(application, by=by, signatory=BY_PHONE)

    (given,) = recommend.signed(referee)

    assert given.confirmed == Confirmed.TOLD_CODE
    assert notices.send_codes(at=MONDAY).sent == 0


def test_five_wrong_codes_close_the_link_and_who_asked_opens_another() -> None:
    application, by = ani()
    referee = recommend.written(recommend.asked(application, by=by))
    wrong = f"{(int(recommend.code(referee)) + 1) % 10**6:06d}"
    closed = []

    for _ in range(5):
        with pytest.raises(CodeRefused) as refusal:
            sign(referee, wrong, at=MONDAY)
        closed.append(refusal.value.is_locked)

    assert closed == [False, False, False, False, True]
    assert queries.referee_by_link(queries.referee_token(referee.ref), at=MONDAY) is None
    referee.refresh_from_db()
    assert (referee.state, bytes(referee.letter_sealed)) == (RefereeState.LOCKED, b"")
    other = actions.ask_again(referee, by=by, at=TUESDAY, rng=random.Random(8))
    assert queries.signatory(other) == HEAD
    assert recommend.signed(other, at=TUESDAY)


def test_a_code_holds_half_an_hour() -> None:
    application, by = ani()
    referee = recommend.written(recommend.asked(application, by=by))

    late = MONDAY + timedelta(minutes=30)

    assert refused(lambda: sign(referee, at=late)) == ("recommendation.code_over",)
    assert sign(referee, at=late - timedelta(seconds=1))


def test_of_two_answers_at_once_one_counts() -> None:
    application, by = ani()
    referee = recommend.written(recommend.asked(application, by=by))
    other, code = Referee.objects.get(pk=referee.pk), recommend.code(referee)

    with (
        # the code was compared (three statements), and what is asked was read
        meanwhile(lambda: sign(other, code, at=MONDAY), after=4),
        pytest.raises(StaleRecord),
    ):
        sign(referee, code, at=MONDAY)

    (given,) = Recommendation.objects.all()
    assert given.state == RecommendationState.GIVEN
    assert [e.type for e in ledger.history("recommendation", given.pk)].count(
        "recommendation.given"
    ) == 1


def test_who_cannot_recommend_says_why_and_only_reviewers_read_it() -> None:
    application, by = ani()
    referee = recommend.asked(application, by=by)
    assert refused(lambda: recommend.written(referee, recommends=False)) == ("letter.why_missing",)

    (answered,) = recommend.signed(referee, recommends=False, words="Baru dua bulan di sini.")

    assert answered.state == RecommendationState.DECLINED
    assert queries.present_codes(application) == frozenset()
    assert queries.signed(application)[0].words == "Baru dua bulan di sini."
    told = keeping.recommendation_records(application.person_id)
    assert told[0]["letter"]["words"] == ""
    assert "bulan" not in str(ledger.history("recommendation", answered.pk)[1].facts)
    recommend.signed(recommend.asked(application, by=by, signatory=BY_PHONE, seed=78))
    assert queries.signed_kinds(application) == {WORKPLACE}


def test_what_was_signed_can_neither_be_changed_nor_deleted() -> None:
    application, by = ani()
    (given,) = recommend.signed(recommend.asked(application, by=by))
    rows = Recommendation.objects.filter(pk=given.pk)

    for attempt in (
        lambda: rows.update(said_sealed=b"x"),
        lambda: rows.update(digest=""),
        lambda: rows.update(state=RecommendationState.DECLINED.value),
        lambda: rows.update(kind=Recommender.PROFESSION.value),
        lambda: rows.update(ref="K7X0000001"),
        lambda: rows.update(settled_at=None),
        rows.delete,
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            attempt()


def test_one_signature_answers_for_those_ticked_and_the_link_waits_for_the_rest() -> None:
    sponsor, first = make.listed()
    referee = recommend.asked(first, by=sponsor)
    assert referee.organization_id == first.organization_id

    (given,) = recommend.signed(referee)

    referee.refresh_from_db()
    assert (given.application, referee.state) == (first, RefereeState.USED)


def test_two_people_of_one_link_are_answered_one_after_the_other() -> None:
    by, applications = listed(3)
    referee = recommend.asked(*applications, by=by)
    two, one = [a.ref for a in applications[:2]], applications[2].ref

    given = recommend.signed(referee, about=tuple(two))
    token = queries.referee_token(referee.ref)
    left = queries.referee_by_link(token, at=MONDAY)

    assert sorted(r.application.ref for r in given) == sorted(two)
    assert left is not None
    assert [r.application.ref for r in queries.asked_of(left)] == [one]
    recommend.signed(left, recommends=False, words="Tidak lagi bertugas pada kami.")
    assert queries.referee_by_link(token, at=MONDAY) is None


def listed(count: int) -> tuple[Any, list[Application]]:
    """Return a sponsor with the drafts of a list."""
    by = invitations.officer()
    lines = [{"nik": f"327195670192{n:04d}", "name": f"Dewi {n}"} for n in range(1, count + 1)]
    batch = invitations.sent(by, invitations.content(*lines))
    return by, list(Application.objects.filter(collective=batch).select_related("person"))


def test_nobody_asks_for_a_stranger_or_twice_or_at_the_applicants_own_address() -> None:
    application, by = ani()
    other = account(2, Role.APPLICANT)
    own = {"name": "Saya", "post": "Ketua", "office": "Kantor"}
    ask = recommend.asked

    assert refused(lambda: ask(application, by=other)) == ("role.not_held",)
    for address in ({"email": "ANI1@contoh.example"}, {"phone": "0812 345 6789"}):
        signatory = recommend.Signatory(**own, **address)
        assert refused(lambda s=signatory: ask(application, by=by, signatory=s)) == (
            "recommendation.own_address",
        )
    nowhere = recommend.Signatory(**own)
    assert refused(lambda: ask(application, by=by, signatory=nowhere)) == (
        "recommendation.no_address",
    )
    ask(application, by=by)
    assert refused(lambda: ask(application, by=by, seed=3)) == ("recommendation.asked_already",)
    assert ask(application, by=by, kind=PROFESSION, seed=4)


def test_asking_has_bounds_for_an_application_and_for_an_address() -> None:
    application, by = ani()
    for n in range(rules.MOST_ASKED):
        referee = recommend.asked(application, by=by, seed=100 + n)
        actions.take_back_all(referee, by=by, at=MONDAY)
    assert refused(lambda: recommend.asked(application, by=by, seed=99)) == (
        "recommendation.too_often",
    )
    for n in range(2, 2 + rules.MOST_A_DAY - rules.MOST_ASKED):
        draft, owner = ani(n)
        recommend.asked(draft, by=owner, seed=200 + n)
    last, owner = ani(90)

    assert refused(lambda: recommend.asked(last, by=owner, seed=98)) == (
        "recommendation.address_too_often",
    )
    later = MONDAY + timedelta(days=1, seconds=1)
    assert recommend.asked(last, by=owner, seed=97, at=later)


def test_one_address_gets_a_bounded_number_of_codes_a_day_whatever_link_asks() -> None:
    for n in range(1, 4):
        draft, owner = ani(n)
        recommend.coded(recommend.asked(draft, by=owner, seed=200 + n), times=8)
    draft, owner = ani(4)
    other = recommend.asked(draft, by=owner, seed=300)

    assert refused(lambda: recommend.written(other)) == ("recommendation.address_codes",)
    elsewhere = replace(recommend.HEAD, email="lain@dinsos.example")
    draft, owner = ani(5)
    assert recommend.written(recommend.asked(draft, by=owner, signatory=elsewhere, seed=301))
    assert recommend.written(other, at=TUESDAY + timedelta(minutes=8))


def test_who_signs_is_not_kept_from_signing_by_the_codes_they_used() -> None:
    links = []
    for n in range(1, 31):
        draft, owner = ani(n)
        at = MONDAY + timedelta(days=n // 16)
        links.append(recommend.asked(draft, by=owner, seed=500 + n, at=at))
    day = MONDAY + timedelta(days=3)

    for n, link in enumerate(links):
        assert recommend.signed(link, at=day + timedelta(minutes=5 * n))


def test_one_who_asks_uses_up_a_third_of_the_codes_of_an_address_at_most() -> None:
    application, by = ani()
    first = recommend.asked(application, by=by, seed=200)
    for n in range(rules.MOST_CODES):
        recommend.written(first, at=MONDAY + timedelta(minutes=n))
    late = MONDAY + timedelta(hours=2)
    assert refused(lambda: recommend.written(first, at=late)) == ("recommendation.too_many_codes",)
    actions.take_back_all(first, by=by, at=late)
    second = recommend.asked(application, by=by, seed=201, at=late)
    draft, owner = ani(2)
    other = recommend.asked(draft, by=owner, seed=300, at=late)

    assert refused(lambda: recommend.written(second, at=late)) == ("recommendation.address_codes",)
    assert recommend.signed(other, at=late)
    assert recommend.signed(second, at=TUESDAY + timedelta(minutes=rules.MOST_CODES))


def test_a_letter_written_anew_at_once_is_signed_with_the_code_that_went_out() -> None:
    application, by = ani()
    referee = recommend.written(recommend.asked(application, by=by), words="Tekun.")
    notices.send_codes(at=MONDAY)
    soon = MONDAY + timedelta(seconds=49)

    is_mailed = actions.write(referee, recommend.letter(referee, words="Jujur."), at=soon)

    assert is_mailed is False
    assert notices.send_codes(at=soon).sent == 0
    code = mail.outbox[0].subject
    assert recommend.code(referee) in code
    recommend.sign(Referee.objects.get(pk=referee.pk), at=soon)
    assert queries.signed(application)[0].words == "Jujur."


def test_a_letter_is_kept_while_its_code_holds_though_no_more_go_out() -> None:
    application, by = ani()
    referee = recommend.written(recommend.asked(application, by=by))
    Referee.objects.filter(pk=referee.pk).update(codes=rules.MOST_CODES)
    later = MONDAY + timedelta(minutes=29)

    assert actions.write(referee, recommend.letter(referee, words="Jujur."), at=later) is False
    assert refused(lambda: actions.send_code_again(referee, at=later)) == (
        "recommendation.too_many_codes",
    )
    over = MONDAY + timedelta(minutes=30)
    assert refused(lambda: recommend.written(referee, at=over)) == (
        "recommendation.too_many_codes",
    )
    recommend.sign(referee, at=later)
    assert queries.signed(application)[0].words == "Jujur."


def test_a_letter_is_not_kept_where_the_link_was_taken_back_meanwhile() -> None:
    application, by = ani()
    referee = recommend.written(recommend.asked(application, by=by))
    other, letter = Referee.objects.get(pk=referee.pk), recommend.letter(referee)

    with (
        # for whom it may be was read
        meanwhile(lambda: actions.take_back_all(other, by=by, at=MONDAY)),
        pytest.raises(StaleRecord),
    ):
        actions.write(referee, letter, at=MONDAY)

    assert bytes(Referee.objects.get().letter_sealed) == b""


def test_a_code_signs_once_and_who_is_left_takes_another() -> None:
    by, applications = listed(2)
    referee = recommend.asked(*applications, by=by)
    first, second = (a.ref for a in applications)
    recommend.written(referee, about=(first,))
    used = recommend.code(referee)
    sign(referee, at=MONDAY)

    recommend.written(referee, about=(second,))

    assert recommend.code(referee) != used
    with pytest.raises(CodeRefused):
        sign(referee, used, at=MONDAY)


def test_without_a_mail_server_nobody_is_asked_by_mail(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    application, by = ani()

    assert refused(lambda: recommend.asked(application, by=by)) == ("recommendation.no_mail",)
    assert recommend.asked(application, by=by, signatory=recommend.BY_PHONE)


def test_a_letter_dated_today_in_papua_is_signed_late_in_the_evening_of_java() -> None:
    application, by = ani()
    evening = datetime(2026, 3, 2, 15, 30, tzinfo=UTC)  # 22.30 in Jakarta, 00.30 in Jayapura
    referee = recommend.asked(application, by=by, at=evening, seed=4)
    of_tomorrow = {"dated_on": date(2026, 3, 3), "at": evening}

    assert recommend.sign(recommend.written(referee, **of_tomorrow), at=evening)
    draft, owner = ani(2)
    other = recommend.asked(draft, by=owner, at=evening, seed=5)
    of_after = {"dated_on": date(2026, 3, 4), "at": evening}
    assert refused(lambda: recommend.written(other, **of_after)) == ("letter.to_come",)


def test_a_request_that_is_taken_back_leads_nowhere() -> None:
    application, by = ani()
    referee = recommend.written(recommend.asked(application, by=by))
    (asked,) = queries.asked_of(referee)

    actions.take_back(asked, by=by, at=TUESDAY)

    referee.refresh_from_db()
    assert (referee.state, bytes(referee.letter_sealed)) == (RefereeState.ENDED, b"")
    assert queries.referee_by_link(queries.referee_token(referee.ref), at=TUESDAY) is None
    assert refused(lambda: actions.take_back(asked, by=by, at=TUESDAY)) == ("step.not_open",)


def test_a_link_without_an_answer_lapses_and_can_be_opened_anew() -> None:
    application, by = ani()
    referee = recommend.asked(application, by=by)
    token = queries.referee_token(referee.ref)

    assert queries.referee_by_link(token, at=LATE - timedelta(seconds=1)) == referee
    assert queries.referee_by_link(token, at=LATE) is None
    early = actions.lapse_recommendations(at=LATE - timedelta(seconds=1))
    due, again = (actions.lapse_recommendations(at=LATE) for _ in range(2))

    assert (early, due, again) == (0, 1, 0)
    (lapsed,) = Recommendation.objects.all()
    assert lapsed.state == RecommendationState.LAPSED
    referee.refresh_from_db()
    assert actions.ask_again(referee, by=by, at=LATE, rng=random.Random(6))


def test_another_link_signs_nothing_of_this_one() -> None:
    (first, ani_), (second, budi) = ani(1), ani(2)
    mine, theirs = (
        recommend.asked(first, by=ani_),
        recommend.asked(second, by=budi, signatory=BY_PHONE, seed=5),
    )

    wrong = refused(lambda: recommend.written(mine, about=(second.ref,)))

    assert wrong == ("letter.about_others",)
    assert queries.referee(theirs.ref, ani_) is None
    assert queries.referee(mine.ref, ani_) == mine


@pytest.mark.parametrize("said", [{}, {"recommends": False, "words": "Baru dua bulan di sini."}])
def test_who_recommends_or_would_not_may_not_verify_examine_or_decide(said: dict[str, Any]) -> None:
    application, by = ani()
    verifier = account(40, Role.VERIFIER)
    referee = recommend.asked(
        application,
        by=by,
        signatory=recommend.Signatory(
            name="Budi", post="Ketua", office="IPSPI", email="Akun40@contoh.example"
        ),
    )

    recommend.signed(referee, **said)

    for act in (Act.VERIFY, Act.EXAMINE, Act.DECIDE):
        barred = impartiality.conflicts(
            [verifier.person_id], [application.person_id], act, on=MONDAY.date()
        )
        assert barred == {(verifier.person_id, application.person_id): ("tie.recommended",)}


def test_who_says_that_an_account_is_theirs_is_tied_too_and_nobody_recommends_themselves() -> None:
    application, by = ani()
    assessor = account(41, Role.ASSESSOR)
    referee = recommend.asked(application, by=by, signatory=BY_PHONE)
    assert refused(lambda: recommend.written(referee, account_person=by.person_id)) == (
        "recommendation.own_account",
    )

    recommend.signed(referee, account_person=assessor.person_id)

    pairs = impartiality.conflicts(
        [assessor.person_id], [application.person_id], Act.EXAMINE, on=MONDAY.date()
    )
    assert list(pairs.values()) == [("tie.recommended",)]


def test_nobody_recommends_themselves_by_the_address_of_their_log_in() -> None:
    application, by = ani()
    assert application.person.email != "akun1@contoh.example"
    mine = recommend.Signatory(
        name="Kepala", post="Kepala", office="Dinas", email="AKUN1@contoh.example"
    )
    other = replace(mine, email="kepala@dinsos.example")

    at_once = refused(lambda: recommend.asked(application, by=by, signatory=mine))
    referee = recommend.written(recommend.asked(application, by=by, signatory=other))
    Account.objects.filter(pk=by.account_id).update(email=other.email)
    later = refused(lambda: sign(referee))

    assert at_once == ("recommendation.own_address",)
    assert later == ("recommendation.own_account",)
    assert not Recommendation.objects.exclude(state=RecommendationState.ASKED).exists()


def test_a_scan_is_put_beside_and_stands_in_what_was_signed() -> None:
    application, by = ani()
    referee = recommend.asked(application, by=by)

    (given,) = recommend.signed(referee, scan=("surat.pdf", make.PDF))

    code = queries.document_of(WORKPLACE)
    held, told = queries.document(application, code), queries.said(given)
    assert held is not None
    assert told is not None
    assert told.scan == held.sha256
    assert queries.files([application.pk])[application.pk][code] == given.digest
    assert ledger.history("recommendation", given.pk)[1].facts["scan"] is True


def test_a_scan_that_is_none_keeps_the_code_good() -> None:
    application, by = ani()
    referee = recommend.written(recommend.asked(application, by=by))

    with pytest.raises(UploadRefused):
        sign(referee, scan=("surat.pdf", b"bukan berkas"))

    assert sign(referee)


def test_what_is_handed_in_may_still_be_recommended_but_takes_no_scan() -> None:
    application, by = make.submitted()
    referee = recommend.asked(application, by=by)

    with pytest.raises(UploadRefused) as refusal:
        recommend.signed(referee, scan=("surat.pdf", make.PDF))

    assert refusal.value.code == "document.too_late"
    assert sign(referee)
    assert queries.signed_kinds(application) == {WORKPLACE}


def test_a_newer_file_takes_the_place_of_an_older_signature_for_who_reviews() -> None:
    application, by = ani()
    (given,) = recommend.signed(recommend.asked(application, by=by))
    code = queries.document_of(WORKPLACE)

    actions.attach(application, {code: ("surat.pdf", make.PDF)}, by=by, at=TUESDAY)

    held = queries.document(application, code)
    assert held is not None
    assert queries.files([application.pk])[application.pk] == {code: held.sha256}
    assert given.digest != held.sha256


def test_a_link_waits_for_no_answer_that_nobody_can_give_and_lapses_with_it() -> None:
    by, (first, second) = listed(2)
    referee = recommend.asked(first, second, by=by)
    actions.withdraw(second, by=by, at=MONDAY)

    recommend.signed(referee)
    address = queries.referee_by_link(queries.referee_token(referee.ref), at=MONDAY)
    actions.lapse_recommendations(at=referee.ends_at)

    assert address is None
    states = Recommendation.objects.order_by("id").values_list("state", flat=True)
    assert sorted(states) == [RecommendationState.GIVEN, RecommendationState.LAPSED]
    referee.refresh_from_db()
    assert referee.state == RefereeState.ENDED


def test_a_route_that_asks_for_none_any_more_takes_the_signature_but_no_scan() -> None:
    route = recommend.route_without()
    application, by = ani()
    referee = recommend.written(recommend.asked(application, by=by))
    actions.revise(application, step=Step.SCHEME, by=by, at=MONDAY, route=route.value)

    with pytest.raises(UploadRefused) as refusal:
        sign(referee, scan=("surat.pdf", make.PDF))

    assert refusal.value.code == "document.too_late"
    assert not queries.takes_scan(queries.asked_of(referee))
    assert sign(referee)


def test_the_route_says_whose_recommendation_it_takes() -> None:
    application, _ = ani()

    kinds = queries.kinds_asked(application)

    assert kinds == (WORKPLACE, PROFESSION)
    asked = queries.documents_asked(application).codes
    assert {queries.document_of(kind) for kind in kinds} <= set(asked)


def test_what_was_signed_goes_with_the_documents_and_its_digest_stays() -> None:
    application, by = ani()
    referee = recommend.asked(application, by=by)
    (given,) = recommend.signed(referee)
    waits = recommend.asked(application, by=by, kind=PROFESSION, signatory=BY_PHONE, seed=9)
    actions.withdraw(application, by=by, at=TUESDAY)
    over = TUESDAY + timedelta(days=settings.OPTIONS.closed_document_days, seconds=1)

    assert disposing.dispose_due(at=over) == 1
    assert keeping.over_referees(at=over).count() == 0
    later = over + timedelta(days=30)
    assert disposing.dispose_referees(at=later) == 2

    given.refresh_from_db()
    assert (queries.said(given), given.digest != "") == (None, True)
    assert [e.type for e in ledger.history("recommendation", given.pk)][-1] == (
        "recommendation.disposed"
    )
    for held in (referee, waits):
        held.refresh_from_db()
        assert queries.signatory(held).name == ""
        assert bytes(held.address_index) == b""
    assert disposing.dispose_referees(at=later) == 0


def test_whose_lack_one_on_a_list_costs_the_same_at_any_length(
    django_assert_num_queries: Any,
) -> None:
    by, applications = listed(8)
    collective = applications[0].collective
    assert collective is not None
    assert queries.lacking(collective, WORKPLACE) == sorted(
        applications, key=lambda a: a.person.name
    )
    recommend.asked(applications[0], by=by)
    recommend.signed(recommend.asked(applications[1], by=by, signatory=BY_PHONE, seed=2))

    with django_assert_num_queries(3):
        left = queries.lacking(collective, WORKPLACE)

    assert len(left) == 6


def test_letters_have_to_fit_the_day() -> None:
    application, by = ani()
    referee = recommend.asked(application, by=by)

    for said, code in (
        ({"dated_on": date(2026, 3, 3)}, "letter.to_come"),
        ({"dated_on": date(2025, 2, 1)}, "letter.old"),
        ({"known_since": date(2026, 3, 1)}, "letter.known_later"),
        ({"about": ()}, "letter.about_nobody"),
    ):
        assert code in refused(lambda s=said: recommend.written(referee, **s))
