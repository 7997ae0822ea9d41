"""What does an entry commit to, and in which bytes? Pure; the salt is given.

An entry is one byte of version and SHA-256 over salt and canonical JSON of the statement. The salt
has a fixed length, so no other pair of salt and statement has the same bytes.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import UTC
from hashlib import sha256
from typing import Any

from kompeten.kernel import canonical, digest
from kompeten.register.terms.log import SALT_BYTES, VERSION, LedgerEvent, Opening, Statement


def entry(statement: Statement, *, salt: bytes) -> bytes:
    """Return the 33 bytes that stand in the log for a statement."""
    if len(salt) != SALT_BYTES:
        raise ValueError(f"a salt has {SALT_BYTES} bytes")
    return bytes([VERSION]) + sha256(salt + canonical.dumps(statement)).digest()


def entry_of(opening: Opening) -> bytes:
    """Return the entry that an opening opens. :raises ValueError: it is of another version"""
    if opening.version != VERSION:
        raise ValueError(f"version {opening.version} is not known")
    return entry(opening.statement, salt=bytes.fromhex(opening.salt))


def statements(
    events: Iterable[LedgerEvent], *, history: Iterable[LedgerEvent]
) -> dict[int, Statement]:
    """Return by event key what each of `events` states.

    `history` holds all events of the same certificates, oldest first; what is said of an event is
    what was so when it happened.
    """
    wanted = {event.id for event in events}
    known: dict[int, dict[str, str]] = {}
    made = {}
    for event in history:
        facts = known.setdefault(event.subject_id, {})
        facts.update(_learned(event))
        if event.id in wanted:
            made[event.id] = _statement(event, facts)
    return made


def _learned(event: LedgerEvent) -> dict[str, str]:
    if event.type == "certificate.reserved":
        return {"number": str(event.facts["number"])}
    if event.type == "certificate.intended":
        return {"content": str(event.facts["digest"])}
    if event.type == "certificate.signed":
        return {name: str(event.facts[name]) for name in ("pdf", "credential")}
    return {}


def _statement(event: LedgerEvent, known: Mapping[str, str]) -> Statement:
    return Statement(
        type=event.type,
        number=known.get("number", ""),
        content=known.get("content", ""),
        pdf=known.get("pdf", ""),
        credential=known.get("credential", ""),
        facts=digest.of(event.facts),
        at=event.at.astimezone(UTC).isoformat(timespec="microseconds"),
    )


def opening_bytes(opening: Opening) -> bytes:
    """Return an opening as it lies in a bundle: canonical JSON."""
    return canonical.dumps(opening)


def read_opening(content: bytes) -> Opening:
    """Return an opening from its file. :raises ValueError: it is none, or not as we write it"""
    try:
        stated: dict[str, Any] = json.loads(content)
        statement = Statement(**stated["statement"])
        opening = Opening(stated["salt"], statement, stated["version"])
        salt = bytes.fromhex(opening.salt)
        # Capital letters, too, would be another way to write the same.
        if (
            opening_bytes(opening) != content
            or len(salt) != SALT_BYTES
            or salt.hex() != opening.salt
        ):
            raise ValueError("it was written by another program")
    except (ValueError, LookupError, TypeError, RecursionError) as error:
        raise ValueError(f"this is no opening of an entry: {error}") from error
    return opening
