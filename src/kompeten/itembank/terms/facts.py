"""What do the events of items and forms tell?"""

from dataclasses import dataclass

from kompeten.schemes.terms import Blueprint


@dataclass(frozen=True, slots=True)
class Writing:
    """`item.opened`: which version of which item was written, and the digest of its text without key."""

    code: str
    version: int
    digest: str


@dataclass(frozen=True, slots=True)
class Review:
    """`item.approved`: the accounts of writer and reviewer, who must be two."""

    writer: int
    reviewer: int | None


@dataclass(frozen=True, slots=True)
class Return:
    """`item.returned`: what the reviewer asks to be changed."""

    note: str


@dataclass(frozen=True, slots=True)
class Retirement:
    """`item.retired`: why; `superseded` says that a newer version took its place."""

    reason: str


@dataclass(frozen=True, slots=True)
class Assembly:
    """`form.opened`: seed, blueprint, how many cases and items, and the digest of the form."""

    seed: int
    blueprint: Blueprint
    cases: int
    items: int
    digest: str
