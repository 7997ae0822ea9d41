"""Does the demonstration show everybody once, and is it walked once?"""

import json
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Browser

from kompeten.ops import demonstration
from tests.browser import house as houses
from tests.browser.house import House

# 40 and 630 lines, 47 of them doubled on one list or both; each made-up individual stands beside them.
EVERYBODY = 40 + 599 + len(demonstration.individuals.EVERYBODY)


def test_a_second_walk_changes_nothing_and_counts_everybody(walked: Path, tmp_path: Path) -> None:
    # In a copy: a second walk that did change something would change it for every other test.
    folder = houses.copied(walked, tmp_path / "var")

    done = subprocess.run(
        [sys.executable, "-m", "kompeten", "demo", "--no-serve", "--json"],
        env=houses.environment(folder),
        capture_output=True,
        text=True,
        check=False,
    )

    counts = json.loads(done.stdout)["counts"]
    assert done.returncode == 0
    assert "stands already" in done.stderr
    assert sum(counts.values()) == EVERYBODY
    assert all(count > 0 for count in counts.values()), counts


def test_every_account_that_is_named_can_be_entered(chromium: Browser, house: House) -> None:
    landed = {}
    for account in demonstration.accounts():
        who = account.email.partition("@")[0]
        with houses.entered(chromium, house, who) as context:
            at = {
                face: context.request.get(face, max_redirects=0).status
                for face in ("/saya/", "/kantor/")
            }
            landed[who] = at

    assert [
        who for who, at in landed.items() if sorted(at.values()) not in ([200, 403], [200, 404])
    ] == []
