"""Does the office put right under which name somebody signs, and only those who answer for it?"""

import pytest

from kompeten.kernel.roles import Role
from kompeten.people.models import Account, LabelChange
from tests.faces.office.staff import at_work, said, words

pytestmark = pytest.mark.django_db
LONG = "Drs." + "Abdurrahmanwahid" * 4


def page_of(n: int = 7050) -> tuple[str, Account]:
    """Return where the name of a director is put right, and their account."""
    _, actor = at_work(Role.DIRECTOR, n=n)
    account = Account.objects.get(pk=actor.account_id)
    return f"/kantor/orang/akun/{account.ref}/nama/", account


def test_an_administrator_puts_it_right_and_sees_what_stood_there() -> None:
    client, _ = at_work(Role.ADMIN)
    path, director = page_of()

    linked = client.get("/kantor/orang/peran/")
    before = client.get(path)
    done = client.post(path, {"nama": "Dra. Hj. Nurhayati, M.Kesos.", "dasar": "SK 12/2026"})
    after = client.get(path)

    assert path in linked.content.decode()
    assert said("The name was not changed.") in words(before)
    assert done["Location"] == path
    director.refresh_from_db()
    assert director.label == "Dra. Hj. Nurhayati, M.Kesos."
    assert "Petugas 7050" in words(after)
    assert "SK 12/2026" in words(after)
    assert "Petugas 7000" in words(after)  # who changed it


def test_a_word_too_long_is_told_with_the_word() -> None:
    client, _ = at_work(Role.ADMIN)
    path, director = page_of()

    wrong = client.post(path, {"nama": f"Budi {LONG}", "dasar": "SK"})
    silent = client.post(path, {"nama": "Budi Santoso", "dasar": ""})

    assert (wrong.status_code, silent.status_code) == (422, 422)
    assert said("This word is too long for the line under which certificates are signed: %(what)s. Write it with"
                " blanks, for example after the commas between titles.", what=LONG) in words(wrong)  # fmt: skip
    assert 'id="id_dasar-error"' in silent.content.decode()
    director.refresh_from_db()
    assert director.label == "Petugas 7050"
    assert not LabelChange.objects.exists()


def test_nobody_puts_right_their_own_name_nor_one_that_is_not_there() -> None:
    client, admin = at_work(Role.ADMIN)
    own = f"/kantor/orang/akun/{Account.objects.get(pk=admin.account_id).ref}/nama/"

    asked = client.post(own, {"nama": "Sari, S.Sos.", "dasar": "SK"})

    told = said("Nobody puts right the name they sign under; another administrator does it.")
    assert told in words(client.get(own))
    assert "<form" not in client.get(own).content.decode().split("<main")[1].split("<aside")[0]
    assert asked.status_code == 422
    assert client.get("/kantor/orang/akun/TIDAKADA00/nama/").status_code == 404
    assert not LabelChange.objects.exists()


@pytest.mark.parametrize("role", [Role.REGISTRAR, Role.DIRECTOR, Role.AUDITOR, Role.COORDINATOR])
def test_nobody_else_sees_or_changes_it(role: Role) -> None:
    client, _ = at_work(role)
    path, director = page_of()

    assert client.get(path).status_code == 404
    assert client.post(path, {"nama": "Lain", "dasar": "SK"}).status_code in {403, 404}
    assert path not in client.get("/kantor/orang/peran/").content.decode()
    director.refresh_from_db()
    assert director.label == "Petugas 7050"
