"""Which logs and witnesses are known, and how many witnesses are enough? A policy as a text of lines.

    log <key> [<url>]
    witness <name> <key> [<url>]
    group <name> all|any|<k> <name>...
    quorum none|<name>

Source: c2sp.org/tlog-policy.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from kompeten.kernel.tlog.notes import COSIGNATURE, ED25519, NoteMalformed, VerifierKey

NONE = "none"

_FORBIDDEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


class PolicyInvalid(Exception):
    """The text is no policy; the message names the line."""


@dataclass(frozen=True, slots=True)
class Party:
    """A log or a witness: its key, and where it answers ("" if that is not said)."""

    key: VerifierKey
    url: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """So many of these members, each a witness or a group, are enough."""

    needed: int
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Policy:
    """Whom to believe: logs, witnesses by the name that groups use, and the quorum."""

    logs: tuple[Party, ...] = ()
    witnesses: Mapping[str, Party] = field(default_factory=dict)
    groups: Mapping[str, Group] = field(default_factory=dict)
    quorum: str = NONE

    def is_met_by(self, keys: Collection[VerifierKey]) -> bool:
        """Say whether cosignatures by these keys are enough."""
        return self.quorum == NONE or self._holds(self.quorum, keys)

    def met_at(self, cosigned: Mapping[VerifierKey, int]) -> int | None:
        """Return the earliest time by which enough had cosigned, of the time at which each did; None if never.

        Without a quorum it is the time of the first. One witness, or some that are too few, may write
        any time into a cosignature: nothing is older than the quorum says.
        """
        for instant in sorted(set(cosigned.values())):
            if self.is_met_by({key for key, at in cosigned.items() if at <= instant}):
                return instant
        return None

    def _holds(self, name: str, keys: Collection[VerifierKey]) -> bool:
        if name in self.witnesses:
            return self.witnesses[name].key in keys
        group = self.groups[name]
        return sum(self._holds(member, keys) for member in group.members) >= group.needed

    @property
    def text(self) -> str:
        """The policy as it is written down."""
        return "".join(f"{' '.join(words).rstrip()}\n" for words in self._lines())

    def _lines(self) -> Iterator[tuple[str, ...]]:
        yield from (("log", str(log.key), log.url) for log in self.logs)
        for name, party in self.witnesses.items():
            yield "witness", name, str(party.key), party.url
        for name, group in self.groups.items():
            yield "group", name, str(group.needed), *group.members
        yield "quorum", self.quorum


def parse(text: str) -> Policy:
    """Return the policy in a text. :raises PolicyInvalid: a line says something impossible"""
    reading = _Reading()
    for number, line in enumerate(text.split("\n"), start=1):
        words = re.split(r"[ \t]+", line.strip(" \t"))
        if _FORBIDDEN.search(line):
            raise PolicyInvalid(f"line {number}: a control sign")
        if words == [""] or words[0].startswith("#"):
            continue
        try:
            reading.read(words)
        except (PolicyInvalid, NoteMalformed) as error:
            raise PolicyInvalid(f"line {number}: {error}") from error
    if reading.quorum is None:
        raise PolicyInvalid("there is no line that says the quorum")
    return Policy(tuple(reading.logs), reading.witnesses, reading.groups, reading.quorum)


class _Reading:
    """What was read so far."""

    def __init__(self) -> None:
        self.logs: list[Party] = []
        self.witnesses: dict[str, Party] = {}
        self.groups: dict[str, Group] = {}
        self.quorum: str | None = None
        self._taken: set[str] = set()

    def read(self, words: list[str]) -> None:
        match words:
            case ["log", key, *url] if len(url) < 2:
                self.logs.append(self._party(key, ED25519, url, self.logs))
            case ["witness", name, key, *url] if len(url) < 2:
                self._name(name)
                known = list(self.witnesses.values())
                self.witnesses[name] = self._party(key, COSIGNATURE, url, known)
            case ["group", name, needed, *members] if members:
                self._name(name)
                self.groups[name] = self._group(needed, members)
            case ["quorum", name] if self.quorum is None:
                if name != NONE and name not in self.witnesses | self.groups:
                    raise PolicyInvalid(f"{name} was not told before")
                self.quorum = name
            case _:
                raise PolicyInvalid(f"{words[0]!r} with {len(words) - 1} words says nothing here")

    def _name(self, name: str) -> None:
        if name == NONE or name in self.witnesses or name in self.groups:
            raise PolicyInvalid(f"the name {name} is taken")

    def _party(self, text: str, kind: int, url: list[str], known: list[Party]) -> Party:
        key = VerifierKey.parse(text)
        if key.kind != kind:
            raise PolicyInvalid(f"{key.name} has a key of another kind")
        if any(key.public == other.key.public for other in known):
            raise PolicyInvalid(f"the key of {key.name} stands here twice")
        return Party(key, *url)

    def _group(self, needed: str, members: list[str]) -> Group:
        for member in members:
            if member not in self.witnesses | self.groups:
                raise PolicyInvalid(f"{member} was not told before")
            if member in self._taken:
                raise PolicyInvalid(f"{member} is counted twice")
            self._taken.add(member)
        words = {"any": 1, "all": len(members)}
        enough = words.get(needed) or (int(needed) if re.fullmatch(r"\d{1,3}", needed) else 0)
        if not 1 <= enough <= len(members):
            raise PolicyInvalid(f"{needed} of {len(members)} cannot be")
        return Group(enough, tuple(members))
