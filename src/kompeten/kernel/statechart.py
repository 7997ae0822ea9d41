"""How may a record move? A lifecycle is one table; this module reads it, checks it and draws it."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from kompeten.kernel.roles import Role

Guard = Callable[..., tuple[str, ...]]


class ChartInvalid(Exception):
    """A lifecycle table contradicts itself; raised at import, never at run time."""


@dataclass(frozen=True, slots=True)
class Step:
    """One arrow: `verb` moves a record from any state in `source` to `target` and leaves `event`.

    `target` None means the record stays where it is. `facts` is the dataclass that documents the
    event's payload. `guard` gets the facts and returns reason codes; an empty tuple says yes.
    `with_help` lets somebody take it at another's device and with their help; else nobody may.
    """

    verb: str
    event: str
    source: frozenset[str]
    target: str | None
    roles: frozenset[Role]
    facts: type | None = None
    guard: Guard | None = None
    with_help: bool = False


def step(
    verb: str,
    event: str,
    source: Collection[StrEnum],
    target: StrEnum | None,
    *,
    roles: Collection[Role],
    facts: type | None = None,
    guard: Guard | None = None,
    with_help: bool = False,
) -> Step:
    """Return one arrow of a chart."""
    held = frozenset(state.value for state in source)
    goal = None if target is None else target.value
    return Step(verb, event, held, goal, frozenset(roles), facts, guard, with_help)


@dataclass(frozen=True, slots=True)
class Chart:
    """The life of one kind of record: it is opened in `initial` and moves by `steps`.

    `opened_by` are the roles that may bring a record into being; its first event is
    `<name>.<opens_as>` and its facts are documented by `opening`. `opens_with_help` is `with_help`
    of that first event.

    :raises ChartInvalid: doubled verb or event, foreign event name, unknown or unreachable state
    """

    name: str
    initial: StrEnum
    steps: tuple[Step, ...]
    opened_by: frozenset[Role] = frozenset()
    opening: type | None = None
    opens_as: str = "opened"
    opens_with_help: bool = False
    _by_verb: Mapping[str, Step] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_verb", {s.verb: s for s in self.steps})
        problems = [*self._name_problems(), *self._state_problems()]
        if problems:
            raise ChartInvalid(f"{self.name}: " + "; ".join(problems))

    @property
    def states(self) -> tuple[str, ...]:
        """Return every state, in the order the enum declares them."""
        return tuple(member.value for member in type(self.initial))

    @property
    def opened(self) -> str:
        """Return the name of the first event of each record."""
        return f"{self.name}.{self.opens_as}"

    @property
    def events(self) -> tuple[str, ...]:
        """Return the names of all events, the opening first."""
        return (self.opened, *(s.event for s in self.steps))

    def of(self, verb: str) -> Step:
        """Return the arrow called `verb`.

        :raises KeyError: the chart has no such verb
        """
        return self._by_verb[verb]

    def open_steps(self, state: str, roles: frozenset[Role]) -> tuple[Step, ...]:
        """Return the arrows that leave `state` and that one of `roles` may take."""
        return tuple(s for s in self.steps if state in s.source and not s.roles.isdisjoint(roles))

    def is_final(self, state: str) -> bool:
        """Say whether no arrow leads out of `state` to another state."""
        return not any(state in s.source and s.target not in (None, state) for s in self.steps)

    def mermaid(self) -> str:
        """Return the chart as Mermaid source, for the docs."""
        lines = ["stateDiagram-v2", f"    [*] --> {self.initial.value}"]
        for s in self.steps:
            for source in sorted(s.source):
                lines.append(f"    {source} --> {s.target or source}: {s.verb}")
        ends = (state for state in self.states if self.is_final(state))
        lines.extend(f"    {state} --> [*]" for state in ends)
        return "\n".join(lines)

    def _name_problems(self) -> list[str]:
        found = []
        if len(self._by_verb) != len(self.steps):
            found.append("a verb stands twice")
        if len(set(self.events)) != len(self.events):
            found.append("an event stands twice")
        foreign = [e for e in self.events if not e.startswith(f"{self.name}.")]
        return found + [f"event {e} belongs to another record" for e in foreign]

    def _state_problems(self) -> list[str]:
        known = set(self.states)
        named = {s for arrow in self.steps for s in (*arrow.source, arrow.target) if s is not None}
        found = [f"state {s} is not declared" for s in sorted(named - known)]
        reached, grew = {self.initial.value}, True
        while grew:
            more = {s.target for s in self.steps if s.target and reached & s.source} - reached
            reached, grew = reached | more, bool(more)
        return found + [f"state {s} cannot be reached" for s in sorted(known - reached)]
