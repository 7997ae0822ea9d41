"""Who gets the application, and who gets the last place, when eight people want it at once?"""

import json
import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

ROOT = Path(__file__).resolve().parents[3]
URL = settings.OPTIONS.database_url


@pytest.fixture(scope="module")
def scratch_url(django_db_blocker: Any) -> Iterator[str]:
    """Give the address of a database for one process: a file, or a new one on the suite's server."""
    if not URL.startswith("postgres"):
        yield "sqlite"
        return
    name = f"kompeten_race_{uuid.uuid4().hex[:8]}"
    with django_db_blocker.unblock(), connection._nodb_cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
    yield f"{URL.rpartition('/')[0]}/{name}"
    with django_db_blocker.unblock(), connection._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="module")
def met(scratch_url: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Return what the threads met in each race."""
    environment = os.environ | {
        "KOMPETEN_DATA_DIR": str(tmp_path_factory.mktemp("race")),
        "KOMPETEN_DATABASE_URL": scratch_url,
        "KOMPETEN_WEB_THREADS": "8",
        "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]),
    }
    script = [sys.executable, str(Path(__file__).with_name("race.py"))]
    done = subprocess.run(script, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def test_one_verifier_gets_the_application_and_seven_are_told(met: dict[str, Any]) -> None:
    assert met["race_for_one_application"] == {
        "met": ["review.taken"] * 7 + ["won"],
        "reviews": 1,
    }


def test_eight_verifiers_who_ask_for_the_next_get_eight_different_ones(
    met: dict[str, Any],
) -> None:
    taken = met["race_for_the_next"]["taken"]

    assert len(set(taken)) == 8


def test_no_more_places_are_given_than_there_are(met: dict[str, Any]) -> None:
    assert met["race_for_places"] == {
        "met": ["session.full"] * 5 + ["won"] * 3,
        "taken": 6,
        "places": 6,
    }
