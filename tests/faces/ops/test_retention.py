"""Does `kompeten retention` count without touching, and let go of what is over?"""

import json
from datetime import timedelta
from typing import Any

import pytest

from kompeten.applications import actions
from kompeten.foundation import clock
from kompeten.kernel.roles import Role
from kompeten.ops import cli
from tests.make import applications as make
from tests.make import people

pytestmark = pytest.mark.django_db


def test_a_dry_run_counts_and_the_run_lets_go(capsys: Any) -> None:
    long_ago = clock.now() - timedelta(days=400)
    ani = people.account(1, Role.APPLICANT, at=long_ago)
    draft = make.with_documents(make.draft(by=ani, at=long_ago), by=ani, at=long_ago)
    actions.withdraw(draft, by=ani, at=long_ago)

    assert cli.run(["retention", "--dry-run", "--json"]) == 0
    over = json.loads(capsys.readouterr().out)["records"]
    held = draft.documents.count()
    assert cli.run(["retention", "--json"]) == 0
    gone = json.loads(capsys.readouterr().out)["records"]
    assert cli.run(["retention", "--dry-run", "--json"]) == 0
    left = json.loads(capsys.readouterr().out)["records"]

    assert (over["applications.documents"], held > 0) == (1, True)
    assert gone["applications.documents"] == 1
    assert set(left.values()) == {0}
    assert draft.documents.count() == 0


def test_it_says_in_words_what_is_over(capsys: Any) -> None:
    assert cli.run(["retention", "--dry-run"]) == 0

    lines = capsys.readouterr().out.splitlines()
    assert any(line.startswith("exams.photos ") and line.endswith("0 over") for line in lines)
