"""The life of a certificate in one table: reserve, intend, sign, check, publish.

Each step is written down before the next begins, so that a crash between any two is taken up
again where it was and never takes a second number. Source: the issuance cycle of web certificate
authorities (record what is intended, sign it, check the own signature, then publish).
"""

from dataclasses import dataclass

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


# fmt: off
CERTIFICATE = Chart("certificate", State.RESERVED, (
    step("intend", "certificate.intended", {State.RESERVED}, State.INTENDED,
         roles={Role.SYSTEM}, facts=Intending),
    step("sign", "certificate.signed", {State.INTENDED}, State.SIGNED,
         roles={Role.SYSTEM}, facts=SigningDone),
    step("check", "certificate.checked", {State.SIGNED}, State.CHECKED, roles={Role.SYSTEM}),
    step("publish", "certificate.published", {State.CHECKED}, State.PUBLISHED,
         roles={Role.SYSTEM}),
), opened_by=frozenset({Role.SYSTEM}), opening=Reserving, opens_as="reserved")
# fmt: on
