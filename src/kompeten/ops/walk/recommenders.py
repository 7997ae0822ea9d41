"""Who recommends made-up people? Heads of their offices and boards of organizations, by link, as real ones do."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from kompeten.applications import actions, queries
from kompeten.applications.terms.recommending import Capacity, Letter, Signatory
from kompeten.kernel.actors import Actor
from kompeten.ops.walk.stage import Stage
from kompeten.schemes.terms import Recommender

if TYPE_CHECKING:
    from kompeten.applications.models import Application, Referee

EVERY = 5  # so many people stand to one who has a signature in place of a scan
# Who signs, and where; each request goes to the next.
WHO = (
    ("Dra. Sri Hartati, M.Si.", "Ambon"),
    ("H. Mulyono, S.Sos.", "Mataram"),
    ("Drs. Yosep Rumbiak", "Jayapura"),
    ("Hj. Nurhayati, S.H., M.H.", "Makassar"),
    ("I Wayan Sudiarta, S.Sos.", "Denpasar"),
    ("Marthen Kopong, S.IP.", "Kupang"),
    ("Rosmawati Siregar, M.Kesos.", "Medan"),
    ("Agus Priyanto, S.ST.", "Semarang"),
    ("Yuliana Bulan, S.E.", "Pontianak"),
    ("Abdul Malik Tuasikal, S.Ag.", "Ternate"),
    ("Dr. Erna Widiastuti, M.Si.", "Palu"),
)
HEAD = Signatory(
    name="",
    post="Kepala dinas",
    office="Dinas Sosial",
    email="kepala@dinsos.example",
)
BOARD = Signatory(
    name="",
    post="Ketua dewan pengurus",
    office="Ikatan Pekerja Sosial",
    phone="+628129999",
)
BY_KIND = {Recommender.WORKPLACE: HEAD, Recommender.PROFESSION: BOARD}
CAPACITY = {Recommender.WORKPLACE: Capacity.HEAD, Recommender.PROFESSION: Capacity.BOARD}


def recommend(stage: Stage, drafts: "Sequence[Application]", *, by: Actor) -> None:
    """Let every fifth of these people be recommended by a signature, all that `by` files in one link."""
    chosen = [a for a in drafts if a.person_id % EVERY == 0]
    for kind in Recommender:
        asked = [a for a in chosen if kind in queries.kinds_asked(a)]
        if asked:
            sign(stage, ask(stage, asked, kind, by=by))


def ask(
    stage: Stage, drafts: "Sequence[Application]", kind: Recommender, *, by: Actor
) -> "Referee":
    """Ask one signatory about these people, and leave it with them."""
    stage.counts["recommenders"] += 1
    number = stage.counts["recommenders"]  # another office each time: nobody is asked too often
    who, (name, town) = BY_KIND[kind], WHO[number % len(WHO)]
    signatory = replace(
        who,
        name=name,
        office=f"{who.office} {town}",
        email=f"{number}.{who.email}" if who.email else "",
        phone=f"{who.phone}{number:04d}" if who.phone else "",
    )
    return actions.ask(drafts, kind=kind, signatory=signatory, by=by, at=stage.at, rng=stage.aside)


def sign(stage: Stage, referee: "Referee") -> None:
    """Let the signatory write the letter and sign it with the code that reached them."""
    kind, on = Recommender(referee.kind), timezone.localdate(stage.at)
    who = queries.signatory(referee)
    letter = Letter(
        recommends=True,
        about=tuple(r.application.ref for r in queries.asked_of(referee)),
        number=f"800/{referee.pk}/REK",
        dated_on=on,
        name=who.name,
        post=who.post,
        office=who.office,
        capacity=CAPACITY[kind],
        known_since=on.replace(day=1) - timedelta(days=3 * 365),
        words="Yang bersangkutan tekun dan dipercaya oleh keluarga yang didampinginya.",
    )
    actions.write(referee, letter, at=stage.at)
    code = queries.mailed_code(referee) if who.email else queries.told_code(referee.ref)
    actions.sign(referee, code, read=queries.letter_digest(referee), at=stage.at)
