"""The exam room's words for people."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kompeten.exams.terms import (
    IN_DOUBT,
    AdjustmentGround,
    EntryState,
    IdentityCheck,
    NoPhoto,
    RemarkState,
    SittingState,
    Stage,
)
from kompeten.exams.terms.joined import Flag
from kompeten.exams.terms.scripts import MarkingState, ScriptState
from kompeten.exams.terms.vault import Via

SITTING_STATE = {
    SittingState.PLANNED: pgettext_lazy("sitting", "planned"),
    SittingState.OPEN: pgettext_lazy("sitting", "open"),
    SittingState.CLOSED: pgettext_lazy("sitting", "closed"),
    SittingState.SCORED: pgettext_lazy("sitting", "scored"),
}

ENTRY_STATE = {
    EntryState.SEATED: pgettext_lazy("entry", "seated"),
    EntryState.STARTED: pgettext_lazy("entry", "working"),
    EntryState.HANDED_IN: pgettext_lazy("entry", "handed in"),
    EntryState.SCORED: pgettext_lazy("entry", "scored"),
    EntryState.ABSENT: pgettext_lazy("entry", "absent"),
    EntryState.INTERRUPTED: pgettext_lazy("entry", "interrupted by a technical failure"),
}

STAGE = {
    Stage.WAITING: _("The exam has not begun yet"),
    Stage.READY: _("You can begin now"),
    Stage.RUNNING: _("The exam is running"),
    Stage.OVER: _("The time is over"),
    Stage.MISSED: _("The exam is over"),
}

GROUND = {
    AdjustmentGround.REQUESTED: _("Asked for and agreed"),
    AdjustmentGround.DOCUMENTED: _("A letter was shown"),
    AdjustmentGround.SITE: _("The place asks for it"),
}

IDENTITY = {
    IdentityCheck.CARD: _("Identity card compared"),
    IdentityCheck.PHOTO: _("Photo compared with that of the application"),
    IdentityCheck.KNOWN: _("Known in person"),
    IdentityCheck.VIDEO: _("Compared by video"),
    IdentityCheck.LETTER: _("A letter instead of the card"),
    IdentityCheck.BY_HAND: _("Accepted by hand"),
}

NO_PHOTO = {
    NoPhoto.NO_CAMERA: _("no camera that works"),
    NoPhoto.UNWILLING: _("the candidate would rather not"),
    NoPhoto.QUEUE: _("many at the door"),
}

REMARK_STATE = {
    RemarkState.OPEN: pgettext_lazy("remark", "to be looked at"),
    RemarkState.SETTLED: pgettext_lazy("remark", "looked at"),
}

SCRIPT_STATE = {
    ScriptState.MARKING: pgettext_lazy("script", "being marked"),
    ScriptState.SETTLED: pgettext_lazy("script", "marked"),
}

MARKING_STATE = {
    MarkingState.OPEN: pgettext_lazy("marking", "to be marked"),
    MarkingState.HANDED_IN: pgettext_lazy("marking", "points handed in"),
    MarkingState.RELEASED: pgettext_lazy("marking", "given to somebody else"),
}

# What a remark is about.
REMARK = {
    "exam.late_arrival": _("Answers came in that do not count by themselves. Please look at them."),
    "exam.late_hand_in": _(
        "Answers came in after the candidate got another seat. Please decide which exam counts."
    ),
    "exam.late_essay": _(
        "The text of an essay came in after another one was laid before assessors. Please look at it."
    ),
    "exam.essays_owed": _(
        "A device has essays that have not come in. They are waited for: bring them by its file or moving"
        " code, or say that no more is waited for."
    ),
    "exam.unread": _(
        "Something came in that this house cannot read. It is kept; please tell support."
    ),
    "exam.unopened": _(
        "Answers came in, but the beginning of the record is missing. Please look before it counts as"
        " absent."
    ),
    "exam.unknown_attempt": _("Answers came in for an exam that this house does not know."),
    IN_DOUBT: _("It is in doubt who sits here. The exam goes on; please settle it."),
    "exam.unknown_item": _("A device sent answers that the form does not have."),
}

# What the board shows of a device; the words of a fact, not of a fault.
TROUBLE = {
    "clock": _("Clock changed"),
    "still": _("Device stood still"),
    "store": _("Trouble storing"),
    "conflict": _("Two devices differ"),
    "late": _("Answers after the end"),
    "gap": _("A part is missing"),
}

FLAG = {
    Flag.NO_ANCHOR: _("No contact while working: times are by the device's clock."),
    Flag.NODE_CLOCK: _("Times are by the clock of the laptop in the room."),
    Flag.CLOCK: _("The device's clock was changed."),
    Flag.SUSPENDED: _("The device stood still for a while."),
    Flag.STORE: _("The device had trouble storing."),
    Flag.STATED: _("Only the final answers came, by code."),
    Flag.GAP: _("A part of the record is missing."),
}

VIA = {
    Via.LINE: pgettext_lazy("came in", "by line"),
    Via.NODE: pgettext_lazy("came in", "by the laptop in the room"),
    Via.FILE: pgettext_lazy("came in", "as a file"),
    Via.QR: pgettext_lazy("came in", "by QR code"),
    Via.CODE: pgettext_lazy("came in", "as a typed code"),
}

EVENT = {
    "sitting.opened": _("Sitting planned"),
    "sitting.begun": _("Sitting opened"),
    "sitting.closed": _("Sitting closed"),
    "sitting.scored": _("Sitting scored"),
    "sitting.code_shown": _("Code of the package shown"),
    "sitting.code_renewed": _("Code of the package renewed"),
    "entry.opened": _("Seat assigned"),
    "entry.checked_in": _("Came, and identity compared"),
    "entry.check_in_withdrawn": _("Check-in taken back"),
    "entry.identity_doubted": _("Identity in doubt"),
    "entry.photos_disposed": _("Photos of the check-in deleted"),
    "entry.started": _("Exam started"),
    "entry.handed_in": _("Answers handed in"),
    "entry.timed_out": _("Answers taken over when the time was over"),
    "entry.missed": _("Did not come"),
    "entry.scored": _("Exam scored"),
    "entry.interrupted": _("Exam interrupted by a technical failure"),
    "entry.reseated": _("Seat given back after a failure"),
    "entry.brought_in": _("Answers brought in by hand"),
    "entry.extended": _("Extra time given"),
    "entry.recovered": _("Answers recovered after the sitting"),
    "entry.delivered": _("Hand-in received after the sitting"),
    "entry.settled": _("Scored without waiting longer"),
    "entry.adjusted": _("Extra time and breaks agreed"),
    "remark.opened": _("Something to look at"),
    "remark.settled": _("Looked at"),
    "script.opened": _("Essay laid before assessors"),
    "script.settled": _("Essay marked"),
    "marking.opened": _("An assessor was asked to mark"),
    "marking.handed_in": _("An assessor handed in points"),
    "marking.released": _("An essay was taken from its assessor"),
}

# What Indonesians say on a bad line so that no letter is taken for another; the same in any language.
SPELLING = {
    "0": "nol", "1": "satu", "2": "dua", "3": "tiga", "4": "empat", "5": "lima", "6": "enam",
    "7": "tujuh", "8": "delapan", "9": "sembilan", "A": "Ambon", "B": "Bandung", "C": "Cepu",
    "D": "Demak", "E": "Ende", "F": "Flores", "G": "Garut", "H": "Halong", "J": "Jepara",
    "K": "Kendal", "M": "Medan", "N": "Namlea", "P": "Pati", "Q": "Quebec", "R": "Rembang",
    "S": "Solo", "T": "Timor", "V": "Viktor", "W": "Wilis", "X": "Ekstra", "Y": "Yogya",
    "Z": "Zainal",
}  # fmt: skip

REASON = {
    "exam.not_yet_open": _("The exam has not begun yet. Come back at the time on your invitation."),
    "exam.started_already": _("The exam has been started already."),
    "exam.time_is_over": _("The time is over. What you had saved is kept and counts."),
    "exam.window_is_over": _("The exam is over. Ask the office about another sitting."),
    "exam.nothing_recovered": _("Nothing of this candidate's has come in that counts."),
    "adjustment.breaks_out_of_range": _("Up to 12 breaks can be agreed."),
    "checkin.done": _("It is noted already that this candidate came."),
    "checkin.no_reason": _("Say in a few words why you accept it by hand."),
    "checkin.known_by_whom": _("Say in a few words who knows this candidate."),
    "checkin.no_photo": _("Take a photo first, or choose another way."),
    "checkin.not_noted": _("It is not noted that this candidate came."),
    "checkin.why_back": _("Say in a few words why the check-in does not stand."),
    "doubt.no_note": _("Say in a few words what does not fit."),
    "doubt.open_already": _("A doubt is noted already. It waits for a person to settle it."),
    "photo.empty": _("The photo is empty. Take it again, or go on without one."),
    "photo.wrong_type": _(
        "This is no JPEG or PNG photo. Take it with the camera button, or go on without one."
    ),
    "photo.too_large": _("The photo has too many dots. Take it again, or go on without one."),
    "photo.damaged": _("The photo did not arrive whole. Take it again, or go on without one."),
    "photo.in_doubt": _(
        "Somebody doubts who this was. Settle that first; the photos stay till then."
    ),
    "photo.none": _("There is no photo of this candidate's check-in."),
    "remark.no_note": _("Say in a few words what you made of it."),
    "entry.not_own": _("This is another candidate's exam."),
    "sitting.window_order": _("A sitting closes after it opens, and not in the past."),
    "sitting.window_too_short": _("The window is shorter than the minutes of the exam."),
    "sitting.zone_unknown": _("This time zone is not known."),
    "sitting.no_scheme": _("Choose at least one scheme."),
    "sitting.minutes_differ": _("These schemes give different minutes. Plan a sitting for each."),
    "sitting.blueprint_differs": _("The form does not have the blueprint of the scheme."),
    "sitting.form_unknown": _("There is no such form."),
    "sitting.site_unknown": _("There is no such site."),
    "sitting.site_too_small": _("The site has fewer seats than that."),
    "sitting.too_early": _("A sitting opens half an hour before its window at the earliest."),
    "sitting.time_left": _("Somebody still has time. Close the sitting when the window is over."),
    "sitting.not_open": _("The sitting is not open yet. Ask the invigilator."),
    "sitting.over": _("This sitting takes no more candidates."),
    "sitting.full": _("The sitting has not enough free seats."),
    "sitting.over_take_makeup": _(
        "The sitting is over. Give the candidate a seat in a makeup sitting."
    ),
    "seat.not_accepted": _("The application has not been accepted, or is decided already."),
    "seat.no_written_exam": _("This route has no written exam."),
    "seat.other_scheme": _("The sitting is for other schemes."),
    "seat.taken": _("The candidate has a seat already."),
    "seat.needs_makeup": _("The candidate missed an exam before. Seat them as a makeup."),
    "seat.no_makeup": _("A makeup seat is for candidates who were absent or interrupted."),
    "seat.same_sitting": _("The candidate has been in this sitting already. Choose another."),
    "code.too_early": _("The code is shown from half an hour before the exam opens."),
    "code.no_reason": _("Say why; it stands in the history of the sitting."),
    "marking.points": _("Give points from 0 to the most that this essay has."),
    "marking.note_short": _("Say in a few words why it is worth these points."),
    "marking.not_waiting": _("This exam does not wait for points now. Please ask the coordinator."),
    "handin.signs": _(
        "There is a sign in it that no code has. Codes have letters, digits and _ $ = * + - . / : only."
    ),
    "handin.version": _("This is no code of an exam. Begin with the first sign on the device."),
    "handin.length": _("The code is not whole. Compare it with the device, group by group."),
    "handin.tag": _(
        "One sign is another than on the device. Compare group by group; O and 0, I and 1 are easily"
        " taken for one another."
    ),
    "handin.file": _(
        "This is no file of an exam, or it is cut off. Give it out from the device again."
    ),
    "handin.frame": _("One of these is no part of a moving code. Scan again."),
    "handin.frames_mixed": _("These are parts of two different codes. Scan one device at a time."),
    "handin.frames_damaged": _("All parts are here, but one was read wrongly. Scan again."),
    "handin.frames_missing": _("Some parts are still missing. Go on scanning."),
    "handin.empty": _("There is not one answer in it yet."),
    "ticket.shape": _("The exam ticket cannot be read. Ask the invigilator."),
    "ticket.forged": _("This exam ticket is not ours. Ask the invigilator."),
    "receipt.shape": _("The receipt cannot be read."),
    "receipt.forged": _("This receipt is not ours, or has been changed."),
    "message.shape": _("The device's message cannot be read. Its answers stay on the device."),
    "message.chain": _("The device's message does not say which record it continues."),
    "message.links": _("The device's record has a line that cannot be read."),
    "message.hash": _("The device's record has been changed or is cut off."),
    "time.minutes_out_of_range": _("Extra time is between 1 and 240 minutes."),
    "time.device_stood_still": _("The device stood still for a while; the time is given back."),
    "time.device_was_dark": _("The device went off and was started again; the time is given back."),
    "time.no_reason": _("Say why extra time is given."),
}
KEPT = {
    "photos": _("Photos from the door of an exam"),
    "photos.purpose": _("to see that it is you who sits the exam"),
    "photos.law": _("consent (UU 27/2022, art. 20(2)(a))"),
    "photos.until": _("%(days)s days after the exam, unless it is being settled who it was"),
    "photos.then": _("deleted; that one was taken stays"),
    "entries": _("Places in written tests"),
    "entries.purpose": _("to seat you, and to prove how the test went"),
    "entries.law": _("the law asks it of the body (UU 27/2022, art. 20(2)(c))"),
    "entries.until": _("as long as the body keeps records of the decision"),
    "entries.then": _("stays"),
}
