"""Why does an application, a document or a link not do, and what is done about it?"""

from django.utils.translation import gettext_lazy as _

REASON = {
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
    "help.known": _(
        "This person was known here before the list. They use their own account, or are helped by the "
        "certification body."
    ),
    "help.locked": _(
        "There were too many wrong answers, so nobody can begin before tomorrow. The person's own "
        "account and link still work."
    ),
    "help.tries": _(
        "There were too many wrong answers at your account, so you can help again tomorrow. The person's "
        "own account and link still work."
    ),
    "help.taken": _("Somebody else is helping this person at this moment."),
    "help.mail": _("The e-mail address does not change while somebody helps."),
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
    "document.too_many_parts": _(
        "The file came in too many small pieces, so nothing of it was kept. Please send it again, by another "
        "browser if this comes again."
    ),
    "document.too_often": _(
        "You have put in very many documents within this hour. What is here stays; please go on a little "
        "later, and put in this one then."
    ),
    "document.damaged": _("The file is damaged or cut off. Send it again."),
}
