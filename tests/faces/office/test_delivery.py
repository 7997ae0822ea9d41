"""Are those who decide told what a written exam proves?"""

import pytest

from kompeten.exams.terms.delivery import REMAINING, Delivery, Remains, Risk, decisive
from kompeten.kernel.roles import Role
from tests.faces.office.staff import at_work, words

pytestmark = pytest.mark.django_db
PAGE = "/kantor/ujian/cara/"


@pytest.mark.parametrize("role", [Role.COMMITTEE, Role.COORDINATOR, Role.DIRECTOR])
def test_who_decides_reads_which_risk_remains(role: Role) -> None:
    client, _ = at_work(role, n=7501)

    told = words(client.get(PAGE))

    assert "Di rumah, tanpa diawasi" in told
    assert "Tidak cukup sendiri" in told


def test_a_candidate_sees_no_such_page() -> None:
    client, _ = at_work(Role.APPLICANT, n=7502)

    assert client.get(PAGE).status_code == 404


def test_every_way_names_every_risk_and_nobody_alone_decides() -> None:
    assert all(set(REMAINING[way]) == set(Risk) for way in Delivery)
    assert not decisive(Delivery.HOME)
    assert {left[Risk.FAILURE] for left in REMAINING.values()} == {Remains.LOW}
