"""How are applications, collective lists and what keeps them called on a page?"""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kompeten.applications.terms import Verdict
from kompeten.applications.terms.application import RepairState, Scan, State, Step
from kompeten.applications.terms.invitation import InvitationState

STATE = {
    State.DRAFT: _("draft"),
    State.SUBMITTED: _("handed in"),
    State.RETURNED: _("to be mended"),
    State.ACCEPTED: _("accepted"),
    State.REJECTED: _("not accepted"),
    State.WITHDRAWN: _("withdrawn"),
    State.CONCLUDED: _("decided"),
}
STEP = {
    Step.IDENTITY: _("Who you are"),
    Step.SCHEME: _("Scheme and route"),
    Step.PRACTICE: _("Education and practice"),
    Step.DOCUMENTS: _("Documents"),
    Step.REVIEW: _("Check and hand in"),
}
SCAN = {
    Scan.CLEAN: _("scanned, nothing found"),
    Scan.INFECTED: _("in quarantine"),
    Scan.NOT_SCANNED: _("not scanned"),
}
REPAIR_STATE = {
    RepairState.WAITING: _("waits for repair"),
    RepairState.MENDED: _("mended"),
    RepairState.DROPPED: _("left out"),
}

INVITATION_STATE = {
    InvitationState.OPEN: pgettext_lazy("link", "open"),
    InvitationState.USED: pgettext_lazy("link", "used"),
    InvitationState.LOCKED: pgettext_lazy("link", "locked after wrong answers"),
    InvitationState.ENDED: pgettext_lazy("link", "over"),
}
VERDICT = {
    Verdict.GOOD: _("goes on"),
    Verdict.REPAIR: _("waits for repair"),
    Verdict.DUPLICATE: _("already on the list"),
}
# The fields of a line, as whoever mends them by link reads them.
FIELD = {
    "nik": _("NIK"),
    "name": _("Full name"),
    "title_before": _("Title before the name"),
    "title_after": _("Title after the name"),
    "sex": _("Sex"),
    "birth_place": _("Place of birth"),
    "birth_on": _("Date of birth"),
    "region_code": _("Code of the regency or city"),
    "address": _("Address"),
    "phone": _("Phone number"),
    "email": _("E-mail address"),
    "education": _("Last education"),
    "employer": _("Where you work or serve"),
    "position": _("Your post"),
    "program": _("Programme"),
    "started_on": _("Since when"),
    "practice_hours": _("Hours of practice"),
    "profession": _("Profession"),
    "level": pgettext_lazy("scheme", "Level"),
    "route": _("Route"),
}
FIELD_HELP = {
    "nik": _("The 16 digits of the identity card. Type them again from the card."),
    "birth_on": _("Day, month and year, for example 27/01/1992."),
    "region_code": _("The Home Affairs code, for example 32.71."),
    "level": _("Only for social workers and welfare workers."),
}
REASON = {
    "person.duplicate": _(
        "This person is already on the list; another line is kept. Nothing needs to be done."
    ),
    "person.resembles": _(
        "Another line has the same name and birth date under another NIK. Check that these "
        "are two people."
    ),
    "person.twins": _(
        "Another line has the same birth date and the same beginning of the NIK under another name, as "
        "twins do. Check that each NIK stands with its own name."
    ),
    "nik.held": _(
        "This NIK is known to us with another name or birth date. Compare both with the identity card; if "
        "they are right, ask the certification body."
    ),
    "name.swapped": _("NIK and name stood in each other's column. They were exchanged."),
    "birth_place.swapped": _(
        "Place and date of birth stood in each other's column. They were exchanged."
    ),
    "phone.swapped": _("Phone and e-mail stood in each other's column. They were exchanged."),
    "level.swapped": _("Profession and level stood in each other's column. They were exchanged."),
    "profession.swapped": _(
        "Profession and route stood in each other's column. They were exchanged."
    ),
    "route.swapped": _("Level and route stood in each other's column. They were exchanged."),
    "nik.missing": _("The NIK is missing. Fill in the 16 digits of the identity card."),
    "nik.length": _(
        "The NIK does not have exactly 16 digits. Type it again from the identity card."
    ),
    "nik.rounded": _(
        "The spreadsheet rounded the NIK: the 16th digit is lost. Format the column as text, "
        "then type the NIK again as text."
    ),
    "nik.rounded_suspected": _(
        "It is not certain that the NIK was rounded, but a number this large may have changed "
        "its last digit."
    ),
    "nik.shared": _(
        "The same NIK stands with another name. One of the two is wrong; check both identity cards."
    ),
    "nik.number": _(
        "The NIK was typed as a number and is complete. Next time, format the column as text."
    ),
    "nik.serial_zero": _("The NIK ends in 0000, which no NIK does. Check the last four digits."),
    "nik.district_unknown": _(
        "The first four digits of the NIK are no present regency or city. Older codes may "
        "have changed; check the identity card."
    ),
    "nik.birth_date_differs": _(
        "The birth date differs from the one in the NIK. Check which of them the identity "
        "card states."
    ),
    "nik.sex_differs": _("The sex differs from the one in the NIK. Check the identity card."),
    "name.missing": _("The name is missing. Fill in the name as on the identity card."),
    "name.formula": _("A formula stands where the name should be. Type the name as text."),
    "name.too_long": _(
        "The name is longer than 120 letters. Shorten it to the name on the identity card."
    ),
    "title_before.letters": _(
        "The title before the name holds a sign that cannot be printed. Write it in Latin letters."
    ),
    "title_after.letters": _(
        "The title after the name holds a sign that cannot be printed. Write it in Latin letters."
    ),
    "birth_place.letters": _(
        "The place of birth holds a sign that cannot be printed. Write it in Latin letters, as on"
        " the identity card."
    ),
    "address.letters": _(
        "The address holds a sign that cannot be printed. Write it in Latin letters."
    ),
    "education.letters": _(
        "The education holds a sign that cannot be printed. Write it in Latin letters."
    ),
    "employer.letters": _(
        "The name of the employer holds a sign that cannot be printed. Write it in Latin letters."
    ),
    "position.letters": _(
        "The position holds a sign that cannot be printed. Write it in Latin letters."
    ),
    "birth_date.missing": _("The birth date is missing. Fill it in as day, month and year."),
    "birth_date.impossible": _(
        "The birth date is no day in a living person's calendar. Write day, month and year, "
        "for example 27/01/1992."
    ),
    "birth_date.too_young": _(
        "By this birth date the person is too young to have an identity card. Check the year."
    ),
    "birth_date.short_year": _(
        "The birth year has two digits only. Check that the century was read rightly."
    ),
    "region.unknown": _(
        "The regency or city code is missing or unknown. Use the Home Affairs code, for "
        "example 32.71."
    ),
    "region.ambiguous": _(
        "This name belongs to a regency and to a city. Write Kabupaten or Kota before it, or the code."
    ),
    "region.differs": _(
        "Code and name of the regency or city do not belong together. Correct the one that is wrong."
    ),
    "scheme.unknown": _(
        "No certification scheme fits this profession and level. Social workers and welfare "
        "workers need a level; educators and volunteers have none."
    ),
    "route.missing": _(
        "The route is missing. Choose direct certification, direct assessment, training or "
        "education."
    ),
    "route.unknown": _(
        "The route is not one that exists. Choose direct certification, direct assessment, "
        "training or education."
    ),
    "route.not_offered": _(
        "This scheme does not offer this route. Choose another route or scheme."
    ),
    "phone.unclear": _("The phone number could not be read and was left empty. Ask for it again."),
    "email.unclear": _(
        "The e-mail address could not be read and was left empty. Ask for it again: without it the "
        "person gets no news."
    ),
    "started_on.unclear": _(
        "The day on which the work began could not be read, or cannot be. It was left empty."
    ),
    "started_on.year_only": _(
        "Only the year in which the work began is given; 1 January is assumed."
    ),
    "practice_hours.unclear": _(
        "The hours of practice could not be read as a number. They were left empty; state them in "
        "the application."
    ),
    "program.unknown": _("The programme is not on the list of known programmes."),
    "text.cut": _("A text was longer than what is kept and has been shortened."),
    "file.empty": _("The file is empty. Save the list again and send it once more."),
    "file.too_large": _(
        "The file is too large. Remove pictures and unneeded sheets, or split the list."
    ),
    "file.encrypted": _(
        "The file is protected by a password. Save it without a password and send it again."
    ),
    "file.old_format": _(
        "The file has a format that is not read here (.xlsb). Open it and save it as an Excel "
        "workbook (.xlsx)."
    ),
    "file.not_a_spreadsheet": _(
        "This is no list, whatever its name says: no table was found in it. Send an Excel workbook "
        "(.xlsx or .xls), .ods or .csv, or paste the rows."
    ),
    "file.truncated": _(
        "The end of the file is missing, as after a broken transfer. Send it again."
    ),
    "file.broken": _(
        "The file is damaged. Open it, save it as a new workbook (.xlsx) and send that."
    ),
    "file.zip_bomb": _(
        "The file would unpack to far more than a list needs, so it was not opened."
    ),
    "file.sprawling": _(
        "A cell far away from the list makes the sheet too large. Delete the empty rows and "
        "columns beyond the list, save and send it again."
    ),
    "file.no_header": _(
        "No row with column names was found. The list needs at least the columns NIK, name "
        "and birth date."
    ),
    "file.no_people": _(
        "There is a row of column names, and nobody below it. Fill in the list and send it again."
    ),
    "documents.missing": _(
        "Required documents are still missing. Attach them, then hand in again."
    ),
    "spell.overlaps": _(
        "This time overlaps with another one. Shared days count once, with the greater load."
    ),
    "spell.load_missing": _("Hours a week are missing, so that no hours can be counted."),
    "spell.load_heavy": _(
        "More than 58 hours a week are more than work may be. A verifier will ask about it."
    ),
    "spell.too_young": _("This began before the age of 15. Check the date."),
    "letter.missing": _("No letter is named for this time yet."),
    "letter.early": _("The letter is older than the time that it is to show."),
    "letter.to_come": _("The date of the letter lies ahead. Check it."),
    "letter.unsigned": _("It is not said who signed the letter."),
    "statement.not_agreed": _("Confirm that what you state is true before handing in."),
    "nik.known_otherwise": _(
        "This NIK is known under another name or birth date. Check the 16 digits on your card. If they "
        "are right, tell the office that put you on its list."
    ),
    "invitation.nobody": _("Nothing waits on this line, so there is nobody to write to."),
    "invitation.known": _(
        "This person was known here before the list, and goes on with their own account."
    ),
    "nudge.too_soon": _("A message was made ready not long ago. Give the person a few days."),
    "application.exists": _("This person already has an open application for this scheme."),
    "application.elsewhere": _(
        "This person has applied for this scheme already, alone or through another office. Nothing is "
        "opened twice."
    ),
    "competence.held": _(
        "This person has been found competent under this scheme, and that still counts. Nothing "
        "needs to be done."
    ),
    "document.empty": _("The file is empty. Choose it again, or take the photo again."),
    "document.too_large": _("The file is too large. Take the photo again with a lower quality."),
    "document.too_small": _(
        "The picture is too small to be read. Take the photo again from nearer, or send the original "
        "and not a preview."
    ),
    "document.wrong_type": _(
        "The content of this file is not of a kind that is taken here. Send a PDF, JPG or PNG as "
        "the requirement says."
    ),
    "preview.gone": _("The file is no longer in the store. Tell whoever runs this system."),
    "preview.damaged": _(
        "The file cannot be drawn. Save it and look at it with care, or ask for it again."
    ),
    "preview.locked": _("The file is protected by a password. Ask for it again without one."),
    "preview.too_large": _("The picture is too large to be drawn. Ask for it again."),
    "preview.too_heavy": _(
        "The file takes far more work than a document needs, so it was not drawn. Ask for it again."
    ),
    "preview.wrong_type": _("The file is not what it was taken for. Ask for it again."),
    "preview.busy": _(
        "Many files are being drawn at this moment. Load this page again in a minute."
    ),
    "document.locked": _(
        "The file is protected by a password, so nobody here could read it. Save it without a "
        "password, or print it into a new PDF, and send that."
    ),
    "document.too_many_pages": _(
        "The file has more than 100 pages. Send only the pages that the requirement asks for."
    ),
    "document.too_heavy": _(
        "The file could not be opened: it takes far more work than a document needs. Take photos of "
        "the pages, or print it into a new PDF, and send that."
    ),
    "document.busy": _(
        "Many files are arriving at this moment. Please send yours again in a minute; nothing else is "
        "lost."
    ),
    "document.infected": _(
        "A scanner found malicious software in this file, so it was put aside and is not used. This is "
        "mostly not your fault: phones and shared computers pass it on. Take a photo of the paper "
        "itself and send that, or use another device."
    ),
    "document.too_many_on_the_way": _(
        "Many files of yours are still on their way. Wait until they have arrived, then send this one."
    ),
    "document.damaged": _("The file is damaged or cut off. Send it again."),
}
EVENT = {
    "application.opened": _("The application was begun."),
    "application.revised": _("A step of the form was saved."),
    "application.renumbered": _("The NIK was corrected."),
    "application.attached": _("Documents were put in."),
    "application.quarantined": _("A file with malicious software was put aside."),
    "application.submitted": _("The application was handed in."),
    "application.returned": _("The application was returned for correction."),
    "application.accepted": _("The application was accepted."),
    "application.rejected": _("The application was not accepted."),
    "application.withdrawn": _("The application was withdrawn."),
    "application.concluded": _("The application was closed with a decision."),
    "application.lapsed": _("The draft was let go: nobody had touched it for long."),
    "application.disposed": _("What it held was deleted: its time was over."),
    "collective.opened": _("The list was received."),
    "repair.opened": _("A line waits for repair."),
    "repair.mended": _("A line was mended."),
    "repair.renewed": _("A line waits on in a later sheet."),
    "repair.dropped": _("A line was left out."),
    "repair.lapsed": _("A line was let go: nobody had mended it."),
    "invitation.opened": _("A link was opened for a person on the list."),
    "invitation.nudged": _("A message to the person was made ready."),
    "invitation.objected": _("The person said that something is wrong."),
    "invitation.used": _("The person has confirmed, and has an account."),
    "invitation.locked": _("The link was locked after too many wrong answers."),
    "invitation.ended": _("The link leads nowhere any more."),
}
KEPT = {
    "law": _("consent and the body's duty (UU 27/2022, art. 20(2)(a) and (c))"),
    "application": _("Applications"),
    "application.purpose": _("to see whether you meet the requirements, and that you asked"),
    "application.until": _("a draft: %(days)s days after it was last touched"),
    "application.then": _("the draft is withdrawn and emptied; that it was begun stays"),
    "documents": _("Documents, and statements on education and practice"),
    "documents.purpose": _("to check what you say against your documents"),
    "documents.until": _(
        "%(days)s days after the application was refused or withdrawn; after a decision, %(record_days)s "
        "days from the last day of the certificate"
    ),
    "documents.then": _("deleted; which documents there were stays"),
    "lines": _("Lines of lists that nobody has mended"),
    "lines.purpose": _("to let the office or the person mend them"),
    "lines.until": _(
        "%(days)s days after the list came; a line that was mended or left out: at once"
    ),
    "lines.then": _("what was read is deleted"),
}
