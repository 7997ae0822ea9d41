"""Is the portrait there before its certificate is made, and missed by nobody where it is not?"""

import hashlib

import pytest

from kompeten.applications import actions as applications
from kompeten.applications import queries
from kompeten.applications.models import Application
from kompeten.certificates.actions import portraits
from kompeten.certificates.adapters import bulk
from kompeten.foundation import files, pictures
from kompeten.kernel.roles import Role
from tests.make import applications as make
from tests.make.certificates import face
from tests.make.people import account
from tests.make.times import MONDAY

pytestmark = pytest.mark.django_db


def applied() -> tuple[Application, str]:
    """Return an application with a photo, and the digest under which the photo is stored."""
    ani = account(1, Role.APPLICANT)
    draft = make.draft(by=ani)
    applications.attach(draft, {"photo": ("saya.jpg", face())}, by=ani, at=MONDAY)
    return draft, queries.files([draft.pk])[draft.pk]["photo"]


def test_it_is_drawn_when_the_photo_comes_and_not_again(monkeypatch: pytest.MonkeyPatch) -> None:
    draft, photo = applied()
    drawn: list[int] = []
    spread = bulk.portraits
    monkeypatch.setattr(bulk, "portraits", lambda some: (drawn.append(len(some)), spread(some))[1])

    kept = portraits.kept([draft.pk])

    ready = queries.portrait(photo)
    assert ready == pictures.portrait(files.read(photo))
    assert kept == {draft.pk: hashlib.sha256(ready).hexdigest()}
    assert files.read(kept[draft.pk]) == ready
    assert drawn == [0]


def test_where_it_is_not_ready_the_same_one_is_drawn_now() -> None:
    draft, photo = applied()
    content = files.read(photo)
    ready = portraits.kept([draft.pk])
    files.delete(photo)  # with what is kept beside it
    files.put(content, media_type="image/jpeg")
    assert queries.portrait(photo) is None

    assert portraits.kept([draft.pk]) == ready


def test_it_goes_with_the_photo() -> None:
    _, photo = applied()

    files.delete(photo)

    assert queries.portrait(photo) is None
