"""What becomes of certificates once they are out? Each turn that one can take is taken once or twice."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

from kompeten.certificates import actions, queries
from kompeten.certificates.terms import BODY_ZONE, RecallWish, SuspensionCause, WithdrawalCause
from kompeten.foundation import ledger
from kompeten.kernel.actors import Actor
from kompeten.kernel.roles import Role
from kompeten.notices import actions as notices
from kompeten.ops.walk.stage import Stage
from kompeten.people import actions as people
from kompeten.register.actions import erasing

if TYPE_CHECKING:
    from kompeten.certificates.models import Certificate, Recall

GATHERED = 11  # minutes after which a mail to an office has waited long enough for more
MINUTES = "Berita acara 12/LSP/2026"


def befall(stage: Stage, *, sponsor: Actor, holder: int) -> None:
    """Let the year after a wave pass: what was given away, doubted, put right and taken back.

    `holder` is the person who shows their certificate to others, and is spared.
    """
    with _apart(stage):
        _befall(stage, sponsor=sponsor, holder=holder)


def leave_open(stage: Stage, *, holder: int) -> None:
    """Leave what waits for somebody, and a suspension that still runs."""
    with _apart(stage):
        _leave_open(stage, holder=holder)


def _befall(stage: Stage, *, sponsor: Actor, holder: int) -> None:
    mine = _spared(holder)
    stage.later(days=10)
    with stage.room("notices"):
        office = min(sponsor.organization_ids)
        notices.watch_by_mail(office, by=sponsor, at=stage.at, rng=stage.rng)
    _give_links(stage, holder)
    with stage.room("certificates"):
        _suspend(stage, doubted := next(mine), SuspensionCause.INQUIRY, days=30)
    stage.later(days=6)
    with stage.room("certificates"):
        actions.lift(doubted, by=stage.cast.one(Role.REGISTRAR), at=stage.at)
        _withdraw(stage, next(mine), WithdrawalCause.REQUEST, "Surat pemegang 4/2026")
        _withdraw(stage, mistaken := next(mine), WithdrawalCause.NO_LONGER_MET, MINUTES)
    _put_right(stage, next(mine))
    _told(stage)
    with stage.room("certificates"):
        ground = "Banding dikabulkan, putusan 2/2026"
        director = stage.cast.one(Role.DIRECTOR)
        actions.reinstate(mistaken, ground=ground, by=director, at=stage.at, rng=stage.rng)
    _recall(stage, [next(mine) for _ in range(3)], approved=True)
    _told(stage)


def _leave_open(stage: Stage, *, holder: int) -> None:
    mine = _spared(holder)
    with stage.room("certificates"):
        _suspend(stage, next(mine), SuspensionCause.SURVEILLANCE, days=40)
    _recall(stage, [next(mine) for _ in range(2)], approved=False)
    with stage.room("register"):
        ground = "Permohonan 9/2026"
        registrar = stage.cast.one(Role.REGISTRAR)
        erasing.propose(next(mine), ground=ground, by=registrar, at=stage.at)
    stage.drain()


@contextmanager
def _apart(stage: Stage) -> Iterator[None]:
    """Leave the draws of the rest of the story as they are, whatever is drawn in the block."""
    before = stage.rng.getstate()
    yield
    stage.rng.setstate(before)


def _spared(holder: int) -> "Iterator[Certificate]":
    """Give certificates in force that took nobody's place, the newest first, but for one person's."""
    rows = queries.in_force().filter(replaces="").exclude(person_id=holder)
    rows = rows.select_related("person")
    return iter(list(rows.order_by("-id")[:20]))


def _give_links(stage: Stage, holder: int) -> None:
    """Let the holder give two links away, and end one of them."""
    held = queries.published().get(person_id=holder)
    by = stage.candidates([holder])[holder]
    with stage.room("certificates"):
        links = [
            actions.share(held, label=label, ends_at=None, by=by, at=stage.at, rng=stage.rng)
            for label in ("Dinas Sosial Kota Ambon", "Yayasan Kasih Anak")
        ]
        for _ in range(3):
            actions.note_look(links[0], at=stage.later(hours=5))
        actions.end_share(links[1], by=by, at=stage.later(hours=5))


def _suspend(stage: Stage, one: "Certificate", cause: SuspensionCause, *, days: int) -> None:
    last = stage.at.astimezone(BODY_ZONE).date() + timedelta(days=days)
    ends_at = stage.at.astimezone(BODY_ZONE).replace(
        year=last.year, month=last.month, day=last.day, hour=0, minute=0, second=0, microsecond=0
    )
    registrar = stage.cast.one(Role.REGISTRAR)
    actions.suspend(one, cause=cause, note=MINUTES, ends_at=ends_at, by=registrar, at=stage.at)


def _withdraw(stage: Stage, one: "Certificate", cause: WithdrawalCause, note: str) -> None:
    director = stage.cast.one(Role.DIRECTOR)
    actions.withdraw([one], cause=cause, note=note, by=director, at=stage.at)


def _put_right(stage: Stage, one: "Certificate") -> None:
    """Add to a name what the identity card has, and issue the certificate anew."""
    registrar, ground = stage.cast.one(Role.REGISTRAR), "Nama menurut KTP, permohonan 6/2026"
    with stage.room("certificates"):
        people.correct_name(
            one.person,
            name=f"{one.person.name} Nusantara",
            title_before=one.person.title_before,
            title_after=one.person.title_after,
            ground=ground,
            by=registrar,
            at=stage.at,
        )
        actions.correct(one, ground=ground, by=registrar, at=stage.at, rng=stage.rng)


def _recall(stage: Stage, some: "list[Certificate]", *, approved: bool) -> "Recall":
    """Propose to take some back; with `approved` the director agrees, and it is done."""
    with stage.room("certificates"):
        recall = actions.propose(
            RecallWish(numbers=tuple(one.number for one in some)),
            shown=queries.digest_of([one.pk for one in some]),
            cause=WithdrawalCause.ISSUED_IN_ERROR,
            note="Kisi-kisi yang salah dipakai, " + MINUTES,
            by=stage.cast.one(Role.REGISTRAR),
            at=stage.at,
            rng=stage.rng,
        )
        if approved:
            director = stage.cast.one(Role.DIRECTOR)
            actions.approve(recall, by=director, at=stage.later(hours=2))
    return recall


def _told(stage: Stage) -> None:
    """Let everything that follows happen, and the office hear of it."""
    stage.drain()
    stage.later(minutes=GATHERED)
    with stage.room("notices", whole=False):
        ledger.drain("notices.call", at=stage.at)
    stage.drain()
