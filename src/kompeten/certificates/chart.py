"""The life of a certificate in one table: reserve, intend, sign, check, publish; or held and void.

Each step is written down before the next begins, so that a crash between any two is taken up
again where it was and never takes a second number. Source: the issuance cycle of web certificate
authorities (record what is intended, sign it, check the own signature, then publish).

One that cannot go on is set aside, so that nobody waits for it. If its content was not recorded yet
it goes on under its number; if it was, what is recorded stays as it is: the number is void, and the
next one is taken for a new content.
"""

from dataclasses import dataclass

from kompeten.certificates.rules import unexplained
from kompeten.certificates.terms import State
from kompeten.kernel.roles import Role
from kompeten.kernel.statechart import Chart, step


@dataclass(frozen=True, slots=True)
class Reserving:
    """`certificate.reserved`: the number taken, and the decision it is issued from."""

    number: str
    decision: str


@dataclass(frozen=True, slots=True)
class Intending:
    """`certificate.intended`: digest of the content that is going to be signed."""

    digest: str


@dataclass(frozen=True, slots=True)
class SigningDone:
    """`certificate.signed`: digests of what the keys have signed."""

    pdf: str
    credential: str


@dataclass(frozen=True, slots=True)
class Holding:
    """`certificate.held`: why it cannot go on, as codes."""

    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GoingOn:
    """`certificate.released`, `certificate.voided`: what was put right, in the words of who did it."""

    ground: str


ON_THE_WAY = frozenset({State.RESERVED, State.INTENDED, State.SIGNED, State.CHECKED})
RELEASERS = frozenset({Role.REGISTRAR, Role.DIRECTOR})

# fmt: off
CERTIFICATE = Chart("certificate", State.RESERVED, (
    step("intend", "certificate.intended", {State.RESERVED}, State.INTENDED,
         roles={Role.SYSTEM}, facts=Intending),
    step("sign", "certificate.signed", {State.INTENDED}, State.SIGNED,
         roles={Role.SYSTEM}, facts=SigningDone),
    step("check", "certificate.checked", {State.SIGNED}, State.CHECKED, roles={Role.SYSTEM}),
    step("publish", "certificate.published", {State.CHECKED}, State.PUBLISHED,
         roles={Role.SYSTEM}),
    step("hold", "certificate.held", ON_THE_WAY, State.HELD, roles={Role.SYSTEM}, facts=Holding),
    step("release", "certificate.released", {State.HELD}, State.RESERVED,
         roles=RELEASERS, facts=GoingOn, guard=unexplained),
    step("void", "certificate.voided", {State.HELD}, State.VOID,
         roles=RELEASERS, facts=GoingOn, guard=unexplained),
), opened_by=frozenset({Role.SYSTEM}), opening=Reserving, opens_as="reserved")
# fmt: on
