"""How is the plain page served that the intake is measured against? As the house's pages are.

Run as `python -m kompeten.ops.bench.baseline PORT`, in a scratch house only: it makes a table.
"""

import json
import os
import sys

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

PATH = "/jawaban"
TARGET = "kompeten.ops.bench.plain:application"


def request(attempt: str, item: int) -> bytes:
    """Return the request that saves one answer."""
    body = json.dumps({"attempt": attempt, "item": item, "choice": "b"}).encode("ascii")
    head = f"POST {PATH} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode("ascii") + body


def main(port: int) -> None:
    """Make the table, then serve."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kompeten.config.settings")
    from django.conf import settings  # noqa: PLC0415 (the environment comes first)
    from django.db import connection  # noqa: PLC0415

    from kompeten.ops.bench.plain import Answer  # noqa: PLC0415 (it sets the framework up)

    settings.STATIC_ROOT.mkdir(exist_ok=True)  # a scratch house has collected nothing
    with connection.schema_editor() as editor:
        if Answer._meta.db_table not in connection.introspection.table_names():
            editor.create_model(Answer)
    connection.close()
    Granian(
        TARGET,
        address="127.0.0.1",
        port=port,
        interface=Interfaces.WSGI,
        workers=settings.OPTIONS.web_workers,
        blocking_threads=settings.OPTIONS.web_threads,
        websockets=False,
        log_level=LogLevels.error,
    ).serve()


if __name__ == "__main__":
    main(int(sys.argv[1]))
