"""What may be done with sittings and entries? One verb, one function; answers come in by `intake`."""

from kompeten.exams.actions.arriving import check_in, withdraw_check_in
from kompeten.exams.actions.attempt import hand_in, start
from kompeten.exams.actions.closing import close_sitting, recover, settle
from kompeten.exams.actions.incidents import (
    adjust,
    give_time,
    interrupt,
    interrupt_many,
    reseat,
)
from kompeten.exams.actions.intake import drain, drain_all, record
from kompeten.exams.actions.makeups import makeup
from kompeten.exams.actions.marking import keep_marking, mark, release
from kompeten.exams.actions.photos import dispose_due, dispose_photos
from kompeten.exams.actions.planning import open_sitting, plan
from kompeten.exams.actions.playing import play
from kompeten.exams.actions.remarks import doubt_identity, settle_remark
from kompeten.exams.actions.seating import seat

__all__ = [
    "adjust",
    "check_in",
    "close_sitting",
    "dispose_due",
    "dispose_photos",
    "doubt_identity",
    "drain",
    "drain_all",
    "give_time",
    "hand_in",
    "interrupt",
    "interrupt_many",
    "keep_marking",
    "makeup",
    "mark",
    "open_sitting",
    "plan",
    "play",
    "record",
    "recover",
    "release",
    "reseat",
    "seat",
    "settle",
    "settle_remark",
    "start",
    "withdraw_check_in",
]
