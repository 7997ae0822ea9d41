"""Two followers race for the log, and one is killed again and again; run by test_log_race.py by itself.

A race needs commits, and the log refuses to be emptied afterwards. Prints what is there in the end,
as JSON.
"""

import json
import os
import random
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402 (the tables are known only now)
from django.db import connection  # noqa: E402

from kompeten.foundation import published  # noqa: E402
from kompeten.kernel.tlog.policies import Party, Policy  # noqa: E402
from kompeten.register import tasks  # noqa: E402
from kompeten.register.adapters import folder  # noqa: E402
from kompeten.register.models import Checkpoint, Leaf  # noqa: E402
from kompeten.register.queries import log as queries  # noqa: E402
from kompeten.register.queries import logkeys  # noqa: E402
from tests.make import register as make  # noqa: E402
from tests.make.races import race  # noqa: E402
from tests.make.times import TUESDAY  # noqa: E402

tasks.BATCH = 7  # many turns each


def race_for_the_log() -> dict[str, Any]:
    """Let eight followers append and publish at once."""
    make.events(300)

    def follow(_number: int) -> str:
        done = 0
        while some := tasks.log(at=TUESDAY):
            done += some
        return "did some" if done else "did none"

    return {"met": race(follow), **told()}


def killed_again_and_again() -> dict[str, Any]:
    """Kill a follower at 16 moments, with writes to the database and to files counted alike."""
    make.events(200, start=1000)
    connection.close()
    kills = 0
    for turn in range(16):
        done = subprocess.run([sys.executable, __file__, str(turn)], check=False)
        kills += done.returncode == -signal.SIGKILL
        seen = examined()
        if seen:
            return {"kills": kills, "faults_between": seen}
    while tasks.log(at=TUESDAY):
        pass
    return {"kills": kills, **told()}


def work(turn: int) -> None:
    """Follow, and be killed within or after the n-th write."""
    left = random.Random(turn).randrange(1, 16)
    put = published.put

    def count() -> None:
        nonlocal left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def counted(name: str, content: bytes) -> None:
        count()
        put(name, content)

    def run(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        result = execute(sql, params, many, context)
        if sql.startswith(("INSERT", "UPDATE")):
            count()
        return result

    published.put = counted
    with connection.execute_wrapper(run):
        while tasks.log(at=TUESDAY):
            pass


def examined() -> list[str]:
    """Return what a stranger finds wrong with the published files at this moment."""
    if published.find(queries.HEAD) is None:
        return []
    policy = Policy((Party(logkeys.key().verifier),))
    return list(folder.examine(queries.read, policy=policy).faults)


def told() -> dict[str, Any]:
    """Return what is there in the end."""
    indexes = list(Leaf.objects.order_by("index").values_list("index", flat=True))
    newest = queries.head()
    heads = list(Checkpoint.objects.order_by("size"))
    return {
        "gapless": indexes == list(range(len(indexes))),
        "entries": len(indexes),
        "events": Leaf.objects.values("event_id").distinct().count(),
        "covered": newest.size if newest else 0,
        "faults": examined(),
        "forks": [h.size for h in heads if queries.root(h.size) != bytes(h.root)],
        "half_files": [p.name for p in Path(settings.DATA_DIR, "published").rglob(".*")],
    }


if __name__ == "__main__":
    if sys.argv[1:]:
        work(int(sys.argv[1]))
    else:
        logkeys.key()
        json.dump(
            {run.__name__: run() for run in (race_for_the_log, killed_again_and_again)}, sys.stdout
        )
