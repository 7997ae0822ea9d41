"""The life of a certificate in one table: reserve, intend, sign, check, publish; or held and void.

Each step is written down before the next begins, so that a crash between any two is taken up
again where it was and never takes a second number. Source: the issuance cycle of web certificate
authorities (record what is intended, sign it, check the own signature, enter it in the public log,
then publish).

One that cannot go on is set aside, so that nobody waits for it. If its content was not recorded yet
it goes on under its number; if it was, what is recorded stays as it is: the number is void, and the
next one is taken for a new content.

Once published it may be suspended and lifted, withdrawn, or replaced by a certificate that puts
something right. What is withdrawn or replaced never comes back: a reinstatement is a certificate of
its own that names the old one. That one has expired is no step: its last day says so.
Source: ISO/IEC 17024, 9.4 and 9.5.
"""

from dataclasses import dataclass, field
from datetime import datetime

from kompeten.certificates.rules.steps import two_pairs_of_eyes, unexplained, unreasoned
from kompeten.certificates.terms import (
    HOLDERS,
    IN_FORCE,
    KEEPERS,
    OUT,
    STOCK_KEEPERS,
    WITHDRAWERS,
    BlankIssuing,
    BlankReceiving,
    BlankState,
    BlankVoiding,
    PaperSealing,
    PaperState,
    RecallState,
    ShareState,
    State,
    SuspensionCause,
    WithdrawalCause,
)
from kompeten.kernel.canonical import LATER
from kompeten.kernel.roles import Role
from kompeten.kernel.statechart import Chart, step


@dataclass(frozen=True, slots=True)
class Reserving:
    """`certificate.reserved`: the number taken, the decision it is issued from, whose place it takes."""

    number: str
    decision: str
    replaces: str = field(default="", metadata=LATER)


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


@dataclass(frozen=True, slots=True)
class Logging:
    """`certificate.logged`: where in the public log its issuance stands, counted from 0."""

    leaf: int


@dataclass(frozen=True, slots=True)
class Suspending:
    """`certificate.suspended`, `certificate.suspension_extended`: why, and until when at the latest."""

    cause: SuspensionCause
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Withdrawing:
    """`certificate.withdrawn`: why, and by which recall if it was one of many."""

    cause: WithdrawalCause
    recall: str = field(default="", metadata=LATER)


@dataclass(frozen=True, slots=True)
class Recalling:
    """`recall.proposed`: why, and how many certificates it names."""

    cause: WithdrawalCause
    count: int


@dataclass(frozen=True, slots=True)
class RecallJudging:
    """`recall.approved`, `recall.dropped`: the accounts of who judges and who proposed."""

    proposed_by: int
    judged_by: int


@dataclass(frozen=True, slots=True)
class RecallEnding:
    """`recall.finished`: how many were withdrawn, and how many were out of force before it came to them."""

    withdrawn: int
    out_before: int


@dataclass(frozen=True, slots=True)
class Replacing:
    """`certificate.replaced`: the number of the certificate that took its place."""

    by: str


@dataclass(frozen=True, slots=True)
class Sharing:
    """`share.opened`: to which certificate, and until when at the latest; None: until the holder ends it."""

    number: str
    ends_at: datetime | None


@dataclass(frozen=True, slots=True)
class Stamping:
    """`certificate.stamped`: the digest of the sheet with the time stamp, and the instant that it names."""

    pdf: str
    stamped_at: datetime


@dataclass(frozen=True, slots=True)
class Countersigning:
    """`certificate.countersigned`: the digest of the sheet with the national signature on it."""

    pdf: str


@dataclass(frozen=True, slots=True)
class Awaiting:
    """`certificate.countersignature_awaited`: why the national signature has not come yet, as a code.

    `is_refusal` says that the service answered, and said no: somebody has to do something.
    """

    reason: str
    is_refusal: bool


ON_THE_WAY = frozenset({State.RESERVED, State.INTENDED, State.SIGNED, State.CHECKED})

# fmt: off
CERTIFICATE = Chart("certificate", State.RESERVED, (
    step("intend", "certificate.intended", {State.RESERVED}, State.INTENDED,
         roles={Role.SYSTEM}, facts=Intending),
    step("sign", "certificate.signed", {State.INTENDED}, State.SIGNED,
         roles={Role.SYSTEM}, facts=SigningDone),
    step("check", "certificate.checked", {State.SIGNED}, State.CHECKED, roles={Role.SYSTEM}),
    step("log", "certificate.logged", {State.CHECKED}, State.LOGGED,
         roles={Role.SYSTEM}, facts=Logging),
    step("publish", "certificate.published", {State.LOGGED}, State.PUBLISHED,
         roles={Role.SYSTEM}),
    step("stop", "certificate.stopped", ON_THE_WAY | {State.LOGGED, State.HELD}, State.VOID,
         roles={Role.SYSTEM}),
    step("suspend", "certificate.suspended", {State.PUBLISHED}, State.SUSPENDED,
         roles=KEEPERS | {Role.SYSTEM}, facts=Suspending),
    step("extend", "certificate.suspension_extended", {State.SUSPENDED}, None,
         roles=KEEPERS, facts=Suspending),
    step("lift", "certificate.lifted", {State.SUSPENDED}, State.PUBLISHED,
         roles=KEEPERS | {Role.SYSTEM}),
    step("withdraw", "certificate.withdrawn", IN_FORCE, State.WITHDRAWN,
         roles=WITHDRAWERS | {Role.SYSTEM}, facts=Withdrawing),
    step("replace", "certificate.replaced", IN_FORCE, State.REPLACED,
         roles={Role.SYSTEM}, facts=Replacing),
    step("stamp", "certificate.stamped", OUT, None, roles={Role.SYSTEM}, facts=Stamping),
    step("countersign", "certificate.countersigned", OUT, None,
         roles={Role.SYSTEM}, facts=Countersigning),
    step("await", "certificate.countersignature_awaited", OUT, None,
         roles={Role.SYSTEM}, facts=Awaiting),
    step("hold", "certificate.held", ON_THE_WAY, State.HELD, roles={Role.SYSTEM}, facts=Holding),
    step("release", "certificate.released", {State.HELD}, State.RESERVED,
         roles=KEEPERS, facts=GoingOn, guard=unexplained),
    step("void", "certificate.voided", {State.HELD}, State.VOID,
         roles=KEEPERS, facts=GoingOn, guard=unexplained),
), opened_by=frozenset({Role.SYSTEM}) | KEEPERS, opening=Reserving, opens_as="reserved")

RECALL = Chart("recall", RecallState.PROPOSED, (
    step("approve", "recall.approved", {RecallState.PROPOSED}, RecallState.APPROVED,
         roles=WITHDRAWERS, facts=RecallJudging, guard=two_pairs_of_eyes),
    step("drop", "recall.dropped", {RecallState.PROPOSED}, RecallState.DROPPED,
         roles=KEEPERS, facts=RecallJudging),
    step("finish", "recall.finished", {RecallState.APPROVED}, RecallState.DONE,
         roles={Role.SYSTEM}, facts=RecallEnding),
), opened_by=KEEPERS, opening=Recalling, opens_as="proposed")

# A numbered sheet is used once: no arrow leads back into stock.
BLANK = Chart("blank", BlankState.STOCK, (
    step("issue", "blank.issued", {BlankState.STOCK}, BlankState.ISSUED,
         roles=STOCK_KEEPERS, facts=BlankIssuing),
    step("void", "blank.voided", {BlankState.STOCK, BlankState.ISSUED}, BlankState.VOID,
         roles=STOCK_KEEPERS, facts=BlankVoiding, guard=unreasoned),
), opened_by=STOCK_KEEPERS, opening=BlankReceiving, opens_as="received")

PAPER = Chart("paper", PaperState.SEALED, (),
              opened_by=frozenset({Role.SYSTEM}), opening=PaperSealing, opens_as="sealed")

SHARE = Chart("share", ShareState.OPEN, (
    step("end", "share.ended", {ShareState.OPEN}, ShareState.ENDED, roles=HOLDERS),
), opened_by=HOLDERS, opening=Sharing)
# fmt: on
