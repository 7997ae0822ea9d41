"""Does the database itself refuse to touch rows that are finished?"""

from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.migrations.state import ProjectState

from kompeten.foundation.db import KeepRows
from tests.make.letters import Letter

pytestmark = pytest.mark.usefixtures("letter_table")


@pytest.fixture
def keep() -> Callable[[KeepRows], None]:
    """Return a function that carries out the migration step in the test's transaction."""

    def carry_out(step: KeepRows) -> None:
        state = ProjectState()
        with transaction.atomic():
            editor = connection.SchemaEditorClass(connection, atomic=False)
            editor.deferred_sql = []
            step.database_forwards("tests", editor, state, state)

    return carry_out


def refused(act: Callable[[], object]) -> bool:
    """Say whether the database refuses the act."""
    try:
        with transaction.atomic():
            act()
    except DatabaseError as error:
        return "kept as they are" in str(error)
    return False


def test_rows_are_kept_where_the_condition_holds_and_free_elsewhere(
    keep: Callable[[KeepRows], None],
) -> None:
    keep(KeepRows("tests_letter", when="OLD.state = 'answered'"))
    finished = Letter.objects.create(state="answered")
    open_one = Letter.objects.create(state="draft")

    assert refused(lambda: Letter.objects.filter(pk=finished.pk).update(stamps=1))
    assert refused(lambda: Letter.objects.filter(pk=finished.pk).delete())
    assert not refused(lambda: Letter.objects.filter(pk=open_one.pk).update(state="answered"))
    assert refused(lambda: Letter.objects.filter(pk=open_one.pk).update(state="draft"))


def test_only_the_named_acts_are_refused(keep: Callable[[KeepRows], None]) -> None:
    keep(KeepRows("tests_letter", acts=("DELETE",)))
    row = Letter.objects.create(state="draft")

    assert not refused(lambda: Letter.objects.filter(pk=row.pk).update(stamps=1))
    assert refused(lambda: Letter.objects.filter(pk=row.pk).delete())


def test_the_step_can_be_taken_back(keep: Callable[[KeepRows], None]) -> None:
    step = KeepRows("tests_letter")
    keep(step)
    row = Letter.objects.create(state="draft")
    editor = connection.SchemaEditorClass(connection, atomic=False)

    step.database_backwards("tests", editor, ProjectState(), ProjectState())

    assert not refused(lambda: Letter.objects.filter(pk=row.pk).delete())
