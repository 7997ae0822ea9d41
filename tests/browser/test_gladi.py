"""Is an answer lost when nearly every step goes wrong? A short rehearsal in the gate; the long one by hand."""

import json
import subprocess
import sys

import pytest

pytestmark = pytest.mark.browser
ASKED = ("--runs", "60", "--whole", "2", "--seed", "3")


def test_no_answer_is_lost_or_changed_by_faults() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "kompeten", "gladi", "exam", *ASKED, "--json"],
        capture_output=True,
        text=True,
        check=False,
    )
    said = json.loads(done.stdout)

    assert (said["lost"], said["wrong"], done.returncode) == (0, 0, 0), said["says"]
    assert (said["runs"], said["whole"]) == (60, 2)
    assert said["acknowledged"] > 1000
    assert said["kills"] >= 2
    assert said["faults"] > 400
