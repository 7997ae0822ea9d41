"""Which faces has the house, where does each begin, and what does it lead to?"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from django.http import HttpRequest

from kompeten.web.ui.shapes import NavItem

NavBuilder = Callable[[HttpRequest], Sequence[NavItem]]


@dataclass(frozen=True, slots=True)
class Face:
    """One audience: its addresses begin with `prefix`, its sessions live as long as it says.

    `welcomes` names the faces whose sessions may enter; an empty set lets everybody in.
    """

    name: str
    prefix: str
    welcomes: frozenset[str] = frozenset()
    idle: timedelta | None = None
    life: timedelta = timedelta(days=14)


CANDIDATE = Face("candidate", "/saya/", frozenset({"candidate"}))
OFFICE = Face(
    "office",
    "/kantor/",
    frozenset({"office"}),
    idle=timedelta(minutes=30),
    life=timedelta(hours=10),
)
EXAMROOM = Face("examroom", "/ujian/", frozenset({"candidate", "office", "examroom"}))
ACCOUNT = Face("account", "/akun/")
PUBLIC = Face("public", "/")
FACES = (CANDIDATE, OFFICE, EXAMROOM, ACCOUNT, PUBLIC)
# What of the exam room holds nothing of a person: nobody logs in at the bell, or to practise.
FOR_ALL = re.compile(r"/ujian/(latihan/|pekerja\.js|paket/|brankas/|[^/]+/lembar/)")

_NAVS: dict[str, NavBuilder] = {}


def of(path: str) -> Face:
    """Return the face that an address belongs to."""
    if FOR_ALL.match(path):
        return PUBLIC
    return next(face for face in FACES if path.startswith(face.prefix))


def offer_nav(face: Face, builder: NavBuilder) -> None:
    """Let `builder` say where `face` leads; a face calls this when Django starts."""
    _NAVS[face.name] = builder


def nav(request: HttpRequest) -> tuple[NavItem, ...]:
    """Return the navigation of the face at hand, with the present place marked: longest prefix wins."""
    builder = _NAVS.get(of(request.path).name)
    items = tuple(builder(request)) if builder else ()
    if any(item.current for item in items):
        return items
    here = max((i.href for i in items if request.path.startswith(i.href)), key=len, default=None)
    return tuple(replace(item, current=item.href == here) for item in items)
