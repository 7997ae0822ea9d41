"""How does a person get back what is held of them? One archive: a file that machines read, and their own files.

Source: UU 27/2022, art. 7 (a copy) and 13(1) (in a form that is commonly used and that systems read).
"""

import json
import zipfile
from datetime import datetime
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from django.core.serializers.json import DjangoJSONEncoder

from kompeten.foundation import files, keeping
from kompeten.foundation.keeping import RecordKind

FORMAT = "kompeten.person/1"
IN_MEMORY_BYTES = 2_000_000


def archive(person_id: int, *, body: str, at: datetime) -> IO[bytes]:
    """Return an open ZIP, at its beginning: `data.json` and the person's files under the names it gives.

    One file at a time is in memory, the archive itself is on disk once it is large; so a person with
    many documents is answered at once as well. A file that is no longer in the store, or not as it
    was, is named under `missing` rather than left out silently.
    """
    kinds = keeping.kinds()
    held: IO[bytes] = SpooledTemporaryFile(max_size=IN_MEMORY_BYTES)  # noqa: SIM115 (the caller closes it)
    missing: list[str] = []
    # What people hand in is compressed already.
    with zipfile.ZipFile(held, "w", zipfile.ZIP_STORED) as packed:
        for kind in kinds:
            for file in kind.files(person_id):
                try:
                    packed.writestr(file.name, files.read(file.sha256))
                except (FileNotFoundError, files.FileDamaged):
                    missing.append(file.name)
        told = {
            "format": FORMAT,
            "made": at,
            "body": body,
            "kinds": [_told(kind, person_id) for kind in kinds],
            "missing": missing,
        }
        text = json.dumps(told, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1)
        packed.writestr("data.json", text, zipfile.ZIP_DEFLATED)
    held.seek(0)
    return held


def _told(kind: RecordKind, person_id: int) -> dict[str, Any]:
    return {
        "kind": kind.name,
        "what": str(kind.label),
        "purpose": str(kind.purpose),
        "ground": str(kind.law),
        "kept": kind.time(),
        "records": kind.records(person_id),
    }
