"""A worker that issues certificates is killed at every step; run by test_issuing.py by itself.

Each child process is ended by the kernel while its transaction is open; the next one goes on from
what is on disk. Prints what is there in the end, as JSON.
"""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import django

os.environ["KOMPETEN_MAIL_FOLDER"] = f"{os.environ['KOMPETEN_DATA_DIR']}/surat"
django.setup()

from django.db import connection  # noqa: E402 (the tables are known only now)

from kompeten.certificates import queries  # noqa: E402
from kompeten.certificates.models import Certificate  # noqa: E402
from kompeten.foundation import ledger  # noqa: E402
from kompeten.foundation.models import Event  # noqa: E402
from kompeten.register import queries as register  # noqa: E402
from kompeten.schemes.terms import Component, Route  # noqa: E402
from tests.make import journey as make  # noqa: E402
from tests.make import races  # noqa: E402
from tests.make.certificates import ISSUING, WAY  # noqa: E402
from tests.make.journey import Traveler  # noqa: E402
from tests.make.times import MONDAY  # noqa: E402

AT = MONDAY.replace(month=3, day=30)


def walk() -> None:
    """Bring two candidates to a signed decree."""
    make.keys_made()
    travelers = [Traveler(n=n, route=Route.DIRECT_CERTIFICATION) for n in (1, 2)]
    for traveler in travelers:
        make.applied(traveler)
        make.reviewed(traveler)
        make.read(traveler)
        make.rated(traveler, Component.INTERVIEW)
    make.signed(travelers[1])


def work(fatal: str) -> None:
    """Issue; be killed with the event `fatal` written and not yet committed."""

    def run(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        result = execute(sql, params, many, context)
        if "INSERT INTO" in sql and "foundation_event" in sql and fatal in str(params):
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    with connection.execute_wrapper(run):
        issue()


def issue() -> None:
    """Let both followers work until nothing is left to do."""
    settled = 1
    while settled:
        races.settle()
        settled = sum(ledger.drain(name, at=AT) for name in ISSUING)


def main() -> None:
    """Walk, be killed at every step, go on, and tell."""
    walk()
    connection.close()
    killed = []
    for event in WAY:
        done = subprocess.run([sys.executable, __file__, event], check=False)
        if done.returncode == -signal.SIGKILL:
            killed.append(event)
    issue()
    issued = list(Certificate.objects.order_by("number"))
    events = Event.objects.filter(subject="certificate").order_by("id")
    told = {
        "killed_at": killed,
        "numbers": [c.number for c in issued],
        "states": [c.state for c in issued],
        "events": [event.type for event in events],
        "believed": [register.verify(queries.pdf(c), at=AT).ok for c in issued],
    }
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    work(sys.argv[1]) if sys.argv[1:] else main()
