"""The lives of sittings and entries, each in one table."""

from kompeten.exams.rules.scripts import hand_in_reasons
from kompeten.exams.rules.steps import (
    adjust_reasons,
    begin_reasons,
    check_in_reasons,
    close_reasons,
    dispose_reasons,
    doubt_reasons,
    extend_reasons,
    recover_reasons,
    renew_reasons,
    reseat_reasons,
    settle_reasons,
    show_reasons,
    start_reasons,
    withdraw_reasons,
)
from kompeten.exams.terms import (
    PLANNERS,
    TAKERS,
    WATCH,
    Adjustment,
    Beginning,
    BringingIn,
    CheckIn,
    CheckInWithdrawal,
    Closing,
    CodeRenewal,
    CodeShowing,
    Completion,
    Disposal,
    Doubt,
    EntryState,
    ExtraTime,
    HandIn,
    Incident,
    Noting,
    Planning,
    Recovery,
    RemarkState,
    Reseating,
    Sealing,
    Seating,
    Settlement,
    Settling,
    SittingState,
    Start,
)
from kompeten.exams.terms.scripts import (
    MarkingHandIn,
    MarkingOpening,
    MarkingState,
    ScriptOpening,
    ScriptSettlement,
    ScriptState,
)
from kompeten.kernel.roles import Role
from kompeten.kernel.statechart import Chart, step

CLOSERS = WATCH | {Role.SYSTEM}
HOUSE = frozenset({Role.SYSTEM})
CANDIDATES = frozenset({Role.APPLICANT}) | HOUSE  # what their devices sent is taken in by the house

# fmt: off
SITTING = Chart("sitting", SittingState.PLANNED, (
    step("begin", "sitting.begun", {SittingState.PLANNED}, SittingState.OPEN,
         roles=CLOSERS, facts=Beginning, guard=begin_reasons),
    step("close", "sitting.closed", {SittingState.PLANNED, SittingState.OPEN},
         SittingState.CLOSED, roles=CLOSERS, facts=Closing, guard=close_reasons),
    step("score", "sitting.scored", {SittingState.CLOSED}, SittingState.SCORED,
         roles=HOUSE, facts=Completion),
    step("show_code", "sitting.code_shown", {SittingState.PLANNED, SittingState.OPEN}, None,
         roles=WATCH, facts=CodeShowing, guard=show_reasons),
    step("renew_code", "sitting.code_renewed", {SittingState.PLANNED, SittingState.OPEN}, None,
         roles=PLANNERS, facts=CodeRenewal, guard=renew_reasons),
), opened_by=PLANNERS, opening=Planning)

ENTRY = Chart("entry", EntryState.SEATED, (
    # Late comers and bad lines: some have begun before anybody compared their card.
    step("check_in", "entry.checked_in", {EntryState.SEATED, EntryState.STARTED}, None,
         roles=WATCH, facts=CheckIn, guard=check_in_reasons),
    # The wrong person was tapped. Once it is handed in, who came is history.
    step("withdraw_check_in", "entry.check_in_withdrawn",
         {EntryState.SEATED, EntryState.STARTED}, None,
         roles=WATCH, facts=CheckInWithdrawal, guard=withdraw_reasons),
    # A doubt stops nothing: they sit, and a person settles the remark that is made of it.
    step("doubt", "entry.identity_doubted", set(EntryState) - {EntryState.ABSENT}, None,
         roles=WATCH, facts=Doubt, guard=doubt_reasons),
    step("dispose", "entry.photos_disposed", set(EntryState), None,
         roles=PLANNERS | HOUSE, facts=Disposal, guard=dispose_reasons),
    step("start", "entry.started", {EntryState.SEATED}, EntryState.STARTED,
         roles=CANDIDATES, facts=Start, guard=start_reasons),
    step("hand_in", "entry.handed_in", {EntryState.STARTED}, EntryState.HANDED_IN,
         roles=CANDIDATES, facts=HandIn),
    step("time_out", "entry.timed_out", {EntryState.STARTED}, EntryState.HANDED_IN,
         roles=CLOSERS),
    step("miss", "entry.missed", {EntryState.SEATED}, EntryState.ABSENT, roles=CLOSERS),
    step("score", "entry.scored", {EntryState.HANDED_IN}, EntryState.SCORED,
         roles=HOUSE, facts=Sealing),
    # What devices hand over after the closing: the house takes it in, or a person does.
    step("recover", "entry.recovered", {EntryState.ABSENT, EntryState.INTERRUPTED},
         EntryState.HANDED_IN, roles=CLOSERS, facts=Recovery, guard=recover_reasons),
    step("deliver", "entry.delivered", {EntryState.HANDED_IN}, None,
         roles=HOUSE, facts=Recovery),
    step("settle", "entry.settled", {EntryState.HANDED_IN}, None, roles=WATCH, facts=Settling),
    step("adjust", "entry.adjusted", {EntryState.SEATED}, None,
         roles=PLANNERS, facts=Adjustment, guard=adjust_reasons),
    # A technical failure is never a score: what was interrupted goes back to the seat, or stays.
    step("interrupt", "entry.interrupted",
         {EntryState.SEATED, EntryState.STARTED, EntryState.HANDED_IN, EntryState.ABSENT},
         EntryState.INTERRUPTED, roles=WATCH, facts=Incident),
    step("reseat", "entry.reseated", {EntryState.INTERRUPTED}, EntryState.SEATED,
         roles=WATCH, facts=Reseating, guard=reseat_reasons),
    # When answers count is judged by their own time, so they are taken in whatever has become of it.
    step("bring_in", "entry.brought_in", set(EntryState), None, roles=TAKERS | HOUSE,
         facts=BringingIn),
    step("extend", "entry.extended", {EntryState.SEATED, EntryState.STARTED}, None,
         roles=WATCH, facts=ExtraTime, guard=extend_reasons),
), opened_by=PLANNERS, opening=Seating)

REMARK = Chart("remark", RemarkState.OPEN, (
    step("settle", "remark.settled", {RemarkState.OPEN}, RemarkState.SETTLED,
         roles=WATCH, facts=Settlement, guard=settle_reasons),
), opened_by=WATCH | HOUSE, opening=Noting)

SCRIPT = Chart("script", ScriptState.MARKING, (
    step("settle", "script.settled", {ScriptState.MARKING}, ScriptState.SETTLED,
         roles=HOUSE, facts=ScriptSettlement),
), opened_by=HOUSE, opening=ScriptOpening)

MARKING = Chart("marking", MarkingState.OPEN, (
    step("hand_in", "marking.handed_in", {MarkingState.OPEN}, MarkingState.HANDED_IN,
         roles={Role.ASSESSOR}, facts=MarkingHandIn, guard=hand_in_reasons),
    step("release", "marking.released", {MarkingState.OPEN}, MarkingState.RELEASED,
         roles=PLANNERS),
), opened_by=HOUSE, opening=MarkingOpening)
# fmt: on
