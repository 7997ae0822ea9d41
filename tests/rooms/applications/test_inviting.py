"""Does a link lead one person to their own line, and nobody to anybody else's?"""

import random
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kompeten.applications import actions, queries
from kompeten.applications.models import Application, Invitation, Repair
from kompeten.applications.terms.application import RepairState, State
from kompeten.applications.terms.invitation import InvitationState, Left
from kompeten.foundation import ledger
from kompeten.foundation.ledger import StepRefused
from kompeten.kernel.roles import Role
from kompeten.people import queries as people_queries
from kompeten.people.models import Account
from kompeten.people.terms import ConsentWay
from tests.make import applications as make
from tests.make.invitations import GOOD_NIK, SHORT_NIK, content, invited, lines, officer, sent
from tests.make.people import account
from tests.make.people import person as known_person
from tests.make.times import MONDAY, TUESDAY

pytestmark = pytest.mark.django_db
PASSWORD = "kuda laut di muara"


def rng(seed: int = 1) -> random.Random:
    """Return chance that is the same each time."""
    return random.Random(seed)


def again(found: Invitation) -> Invitation | None:
    """Return where the address of an invitation leads on Tuesday."""
    return queries.invited(queries.token_of(found.ref), at=TUESDAY)


def test_the_database_holds_no_secret_that_opens_a_link() -> None:
    found, _ = invited(officer())
    token, code = queries.token_of(found.ref), queries.code_of(found.ref)

    kept = " ".join(str(value) for value in Invitation.objects.values_list()[0])

    assert len(token) == 16
    assert token not in kept
    assert code not in kept.replace(str(found.pk), "")
    assert again(found) == found
    assert queries.invited(token.lower(), at=TUESDAY) == found


def test_everybody_who_has_something_left_gets_one_link_and_no_second() -> None:
    by = officer()
    batch = sent(by, content({}, {"nik": "12", "name": "Putu"}, {}))

    first = actions.invite_all(batch, by=by, at=MONDAY, rng=rng())
    second = actions.invite_all(batch, by=by, at=TUESDAY, rng=rng(2))

    assert (first, second) == (2, 0)
    assert Invitation.objects.count() == 2


@pytest.mark.parametrize("count", [5, 60])
def test_links_for_a_whole_list_cost_the_same_however_long_it_is(count: int) -> None:
    by = officer()
    batch = sent(by, content(*({"nik": f"327195670192{n:04d}"} for n in range(1, count))))

    with CaptureQueriesContext(connection) as seen:
        made = actions.invite_all(batch, by=by, at=MONDAY, rng=rng())

    assert made == count - 1
    assert len(seen) <= 9


def test_no_other_office_opens_or_sends_a_link() -> None:
    found, line = invited(officer())
    other = officer(901)

    for attempt in (
        lambda: actions.invite(line, by=other, at=TUESDAY, rng=rng()),
        lambda: actions.invite_all(line.collective, by=other, at=TUESDAY, rng=rng()),
        lambda: actions.nudge(found, by=other, at=TUESDAY),
    ):
        with pytest.raises(StepRefused) as refusal:
            attempt()
        assert refusal.value.reasons == ("role.not_held",)
    assert queries.invitation(found.ref, other) is None
    assert queries.row(line.pk, other) is None


def test_five_wrong_answers_close_the_link_and_the_office_opens_another() -> None:
    by = officer()
    found, line = invited(by)
    wrong = f"{(int(queries.code_of(found.ref)) + 1) % 10**6:06d}"

    for _ in range(5):
        assert actions.prove(found, wrong, at=TUESDAY) is None

    assert again(found) is None
    found.refresh_from_db()
    assert (found.state, found.tries) == (InvitationState.LOCKED, 5)
    other = actions.invite(line, by=by, at=TUESDAY, rng=rng(9))
    found.refresh_from_db()
    assert found.state == InvitationState.ENDED
    assert again(other) == other
    assert actions.prove(other, "27/01/1992", at=TUESDAY) is ConsentWay.BIRTH_DATE


def test_a_link_is_over_after_thirty_days_and_can_be_opened_anew() -> None:
    by = officer()
    found, line = invited(by)
    late = MONDAY + timedelta(days=30)

    assert queries.invited(queries.token_of(found.ref), at=late - timedelta(seconds=1)) == found
    assert queries.invited(queries.token_of(found.ref), at=late) is None
    assert actions.invite_all(line.collective, by=by, at=late, rng=rng(3)) == 1
    found.refresh_from_db()
    assert found.state == InvitationState.ENDED


def test_somebody_known_before_the_list_is_not_opened_by_what_the_office_has() -> None:
    known_person(1, at=MONDAY - timedelta(days=1))
    found, _ = invited(officer(), nik="1218905704850001", name="Ani Rahayu", birth_on="17/04/1985")

    assert actions.prove(found, queries.code_of(found.ref), at=TUESDAY) is None
    # The office wrote the birth date itself.
    assert actions.prove(found, "17/04/1985", at=TUESDAY) is None
    with pytest.raises(StepRefused) as refusal:
        actions.activate(found, password=PASSWORD, at=TUESDAY, rng=rng())
    assert refusal.value.reasons == ("invitation.known",)


def test_a_line_without_a_birth_date_opens_by_the_code_alone() -> None:
    found, _ = invited(officer(), birth_on="31/02/1992")

    assert queries.birth_of(found) is None
    assert actions.prove(found, "31/02/1992", at=TUESDAY) is None
    assert actions.prove(found, queries.code_of(found.ref), at=TUESDAY) is ConsentWay.CODE


def test_the_person_mends_what_their_line_lacks_and_the_same_link_leads_on() -> None:
    by = officer()
    found, line = invited(by, nik=SHORT_NIK)
    assert queries.left(found) is Left.MEND

    left = actions.mend_invited(
        found, {"nik": GOOD_NIK, "name": "Orang Lain"}, at=TUESDAY, rng=rng()
    )

    assert left == ()
    draft = Application.objects.select_related("person").get()
    assert (draft.state, draft.person.name) == (State.DRAFT, "Dewi Lestari")
    assert draft.filed_by_id == by.account_id
    assert (line.repair.state, found.application) == (RepairState.WAITING, draft)
    assert Repair.objects.get().state == RepairState.MENDED
    held = again(found)
    assert held == found
    assert queries.left(held) is Left.CONFIRM
    opened = ledger.history("application", draft.pk)[0]
    assert (opened.actor_id, opened.actor_role) == (None, "applicant")


def test_a_line_that_is_still_bad_says_why_and_waits_on() -> None:
    found, _ = invited(officer(), nik=SHORT_NIK)

    assert actions.mend_invited(found, {"nik": "12"}, at=TUESDAY, rng=rng()) == ("nik.length",)
    assert Repair.objects.get().state == RepairState.WAITING
    assert not Application.objects.exists()


def test_a_link_tells_nobody_whose_a_number_is() -> None:
    known_person(1)
    found, _ = invited(officer(), nik=SHORT_NIK)

    for _ in range(5):
        left = actions.mend_invited(found, {"nik": "1218905704850001"}, at=TUESDAY, rng=rng())
        assert left == ("nik.known_otherwise",)

    assert again(found) is None
    assert not Application.objects.exists()


def test_what_the_office_mends_itself_leads_the_persons_link_on() -> None:
    by = officer()
    found, line = invited(by, nik=SHORT_NIK)
    repair = Repair.objects.select_related("line__collective").get()

    actions.mend(
        repair, actions.as_written(repair) | {"nik": GOOD_NIK}, by=by, at=TUESDAY, rng=rng()
    )

    held = again(found)
    assert held is not None
    assert queries.left(held) is Left.CONFIRM
    assert queries.newest_invitations(queries.collective_rows(line.collective)) == {line.pk: found}


def test_a_line_that_is_left_out_takes_its_link_with_it() -> None:
    by = officer()
    found, _ = invited(by, nik=SHORT_NIK)

    actions.drop(Repair.objects.select_related("line__collective").get(), by=by, at=TUESDAY)

    assert again(found) is None
    assert [e.type for e in ledger.history("invitation", found.pk)] == [
        "invitation.opened",
        "invitation.ended",
    ]


def test_confirming_records_the_consent_and_lets_the_office_hand_in() -> None:
    by = officer()
    found, _ = invited(by)
    draft = make.with_documents(Application.objects.get(), by=by)
    with pytest.raises(StepRefused) as refusal:
        actions.submit(draft, agreed=True, consent=make.CONSENT, by=by, at=TUESDAY)
    assert refusal.value.reasons == ("consent.missing",)

    actions.confirm(found, version=make.CONSENT, way=ConsentWay.BIRTH_DATE, at=TUESDAY)
    actions.submit(draft, agreed=True, by=by, at=TUESDAY)

    (given,) = people_queries.consents_of(draft.person_id)
    assert (given.about, given.way, given.given_at) == (draft.ref, "birth_date", TUESDAY)
    assert draft.state == State.SUBMITTED


def test_what_is_wrong_is_sealed_and_read_by_the_office_until_it_is_confirmed() -> None:
    found, _ = invited(officer())

    actions.object_to(found, "Tanggal lahir saya keliru", at=TUESDAY)

    held = again(found)
    assert held is not None
    assert b"Tanggal" not in bytes(held.objection_sealed)
    assert queries.objection(held) == "Tanggal lahir saya keliru"
    actions.confirm(held, version=make.CONSENT, way=ConsentWay.CODE, at=TUESDAY)
    held.refresh_from_db()
    assert queries.objection(held) == ""


def test_who_does_not_want_to_apply_is_taken_off() -> None:
    by = officer()
    found, _ = invited(by)

    actions.decline(found, at=TUESDAY)
    (line,) = lines(found.collective)

    assert Application.objects.get().state == State.WITHDRAWN
    assert again(found) is None
    with pytest.raises(StepRefused) as refusal:
        actions.invite(line, by=by, at=TUESDAY, rng=rng(5))
    assert refusal.value.reasons == ("invitation.nobody",)


def test_the_account_is_entered_by_a_password_once_and_the_link_is_used_up() -> None:
    found, _ = invited(officer())
    actions.confirm(found, version=make.CONSENT, way=ConsentWay.CODE, at=TUESDAY)
    assert queries.left(found) is Left.ACCOUNT

    held = actions.activate(found, password=PASSWORD, at=TUESDAY, rng=rng())

    assert held.check_password(PASSWORD)
    assert Account.objects.get(pk=held.pk).check_password(PASSWORD)
    assert again(found) is None
    with pytest.raises(StepRefused) as refusal:
        actions.activate(found, password="lain sama sekali", at=TUESDAY, rng=rng())
    assert refusal.value.reasons == ("account.active",)


def test_no_list_opens_the_account_of_somebody_with_a_role_or_a_password() -> None:
    by = officer()
    staff = account(5, Role.REGISTRAR)  # has no password, and a role
    entered = account(6, Role.APPLICANT, password=PASSWORD)
    nik = "121890570485{:04d}"
    for n, holder in ((5, staff), (6, entered)):
        found, _ = invited(
            by, nik=nik.format(n), name=f"Ani Rahayu {n}", birth_on="17/04/1985", seed=10 * n
        )
        with pytest.raises(StepRefused) as refusal:
            actions.activate(found, password="kata sandi baru", at=TUESDAY, rng=rng())
        assert refusal.value.reasons == ("invitation.known",)
        held = Account.objects.get(pk=holder.account_id)
        assert not held.check_password("kata sandi baru")


def test_a_person_is_written_to_once_in_three_days_and_that_is_recorded() -> None:
    by = officer()
    found, _ = invited(by)

    actions.nudge(found, by=by, at=MONDAY)
    with pytest.raises(StepRefused) as refusal:
        actions.nudge(found, by=by, at=TUESDAY)
    actions.nudge(found, by=by, at=MONDAY + timedelta(days=3))

    assert refusal.value.reasons == ("nudge.too_soon",)
    events = [e for e in ledger.history("invitation", found.pk) if e.type == "invitation.nudged"]
    assert [e.facts for e in events] == [{"number": 1}, {"number": 2}]


@pytest.mark.parametrize("all_of_them", [True, False], ids=["all", "one"])
def test_of_two_clicks_at_once_the_second_is_told_to_look_again(all_of_them: bool) -> None:
    by = officer()
    batch = sent(by, content({}))
    (line,) = lines(batch)

    def click(seed: int) -> None:
        if all_of_them:
            actions.invite_all(batch, by=by, at=MONDAY, rng=rng(seed))
        else:
            actions.invite(line, by=by, at=MONDAY, rng=rng(seed))

    clicked = []

    def again(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith(f'INSERT INTO "{Invitation._meta.db_table}"') and not clicked:
            clicked.append(sql)
            click(2)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(again), pytest.raises(ledger.StaleRecord):
        click(1)

    assert clicked


def test_two_clicks_at_once_write_one_message() -> None:
    by = officer()
    found, _ = invited(by)
    twin = Invitation.objects.get(pk=found.pk)

    actions.nudge(found, by=by, at=MONDAY)
    with pytest.raises(ledger.StaleRecord):
        actions.nudge(twin, by=by, at=MONDAY)

    twin.refresh_from_db()
    assert twin.nudges == 1
