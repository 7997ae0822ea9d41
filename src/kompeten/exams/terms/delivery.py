"""Which risk remains of each way to hold a written exam, after all that this house does about it?

A judgement, stated so that those who decide can weigh a result. No way on a candidate's own device
is locked down: locks drop honest people (Safe Exam Browser, ExamSoft 2020) and stop few others.
"""

from collections.abc import Mapping
from enum import StrEnum


class Delivery(StrEnum):
    """Where people sit, and who sees them."""

    SITE_NODE = "site_node"
    SITE_LINE = "site_line"
    WATCHED_HOME = "watched_home"
    HOME = "home"


class Risk(StrEnum):
    """What could make a result say less than it seems to."""

    PERSON = "person"
    HELP = "help"
    LEAK = "leak"
    FAILURE = "failure"


class Remains(StrEnum):
    """How much of a risk is left."""

    LOW = "low"
    SOME = "some"
    HIGH = "high"


_LOW, _SOME, _HIGH = Remains.LOW, Remains.SOME, Remains.HIGH

# Failure is low everywhere: answers are kept on the device before the screen confirms them.
REMAINING: Mapping[Delivery, Mapping[Risk, Remains]] = {
    Delivery.SITE_NODE: {
        Risk.PERSON: _LOW, Risk.HELP: _LOW, Risk.LEAK: _SOME, Risk.FAILURE: _LOW,
    },
    Delivery.SITE_LINE: {
        Risk.PERSON: _LOW, Risk.HELP: _LOW, Risk.LEAK: _SOME, Risk.FAILURE: _LOW,
    },
    Delivery.WATCHED_HOME: {
        Risk.PERSON: _SOME, Risk.HELP: _SOME, Risk.LEAK: _HIGH, Risk.FAILURE: _LOW,
    },
    Delivery.HOME: {
        Risk.PERSON: _HIGH, Risk.HELP: _HIGH, Risk.LEAK: _HIGH, Risk.FAILURE: _LOW,
    },
}  # fmt: skip


def decisive(delivery: Delivery) -> bool:
    """Say whether an exam held so may decide by itself: no high risk of person or help remains.

    >>> [way.value for way in Delivery if decisive(way)]
    ['site_node', 'site_line', 'watched_home']
    """
    left = REMAINING[delivery]
    return Remains.HIGH not in (left[Risk.PERSON], left[Risk.HELP])
