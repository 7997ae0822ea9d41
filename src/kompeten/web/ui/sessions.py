"""Whose session is this, how old is it, and which face may it enter?

A session belongs to the face it first enters and to no other: an applicant's long session on a
shared phone never opens the office, and an office session never shows a private file.
"""

from datetime import UTC, datetime, timedelta
from enum import StrEnum

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest

from kompeten.web.ui.faces import CANDIDATE, EXAMROOM, OFFICE, Face

FACE, SINCE, SEEN, FACTOR = "face", "face_since", "face_seen", "factor_proven"
# The hour of the last request is written at most once a minute: a write for each page would make
# readers wait for writers.
GRAIN = timedelta(minutes=1)
POSSESSIONS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


class Entry(StrEnum):
    """What keeps a session from entering a face, if anything."""

    OPEN = "open"
    OTHER_FACE = "other_face"
    IDLE = "idle"
    OLD = "old"


def is_bound(session: SessionBase) -> bool:
    """Say whether the session belongs to a face already."""
    return FACE in session


def enter(session: SessionBase, face: Face, *, at: datetime) -> Entry:
    """Bind a fresh session to `face`, note that it was used at `at`, or say what stands against it."""
    if not is_bound(session):
        _bind(session, face, at=at)
    if session[FACE] not in face.welcomes:
        return Entry.OTHER_FACE
    if at - _time(session, SINCE) >= face.life:
        return Entry.OLD
    if face.idle is not None and at - _time(session, SEEN) >= face.idle:
        return Entry.IDLE
    if at - _time(session, SEEN) >= GRAIN:
        session[SEEN] = at.timestamp()
    return Entry.OPEN


def _bind(session: SessionBase, face: Face, *, at: datetime) -> None:
    # Whoever logs in to sit an exam is a candidate, before it and after it.
    session[FACE] = CANDIDATE.name if face == EXAMROOM else face.name
    session[SINCE] = session[SEEN] = at.timestamp()
    # The office forgets when the browser closes; a candidate's phone remembers.
    session.set_expiry(0 if face == OFFICE else int(face.life.total_seconds()))


def _time(session: SessionBase, key: str) -> datetime:
    return datetime.fromtimestamp(session[key], tz=UTC)


def asks_second_factor() -> bool:
    """Say whether staff need a second factor here: by option, and never in the demonstration."""
    return bool(settings.OPTIONS.second_factor and not settings.OPTIONS.demo)


def has_second_factor(request: HttpRequest) -> bool:
    """Say whether the person has set up an app or a passkey. One query."""
    return bool(is_mfa_enabled(request.user, types=POSSESSIONS))


def proved_second_factor(request: HttpRequest) -> bool:
    """Say whether this session has shown a second factor, at the log-in or by setting one up."""
    records = get_authentication_records(request, request.user)
    return bool(request.session.get(FACTOR)) or any(r.get("method") == "mfa" for r in records)


def note_factor(*, request: HttpRequest, authenticator: Authenticator, **_: object) -> None:
    """Remember that the second factor was set up, and so shown, in this session."""
    if authenticator.type in POSSESSIONS:
        request.session[FACTOR] = True
