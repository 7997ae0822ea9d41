"""What does each notice say? Subject and body, plain and kind: what has happened, what to do next, by when."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Text:
    """Subject and body of a notice, with named places for its values."""

    subject: str | Promise
    body: str | Promise


TEXT = {
    "concerned.told": Text(
        _("Data of yours got into the wrong hands"),
        _(
            "We have to tell you that personal data of yours was disclosed to people whom it does not "
            "concern. We noticed it on %(noticed)s and we are sorry.\n\n"
            "Which data: %(disclosed)s\n\n"
            "When and how: %(happened)s\n\n"
            "What we do about it: %(measures)s\n\n"
            "Be careful with calls and messages that name this data. On your page you see what we hold "
            "of you and who looked at it; if you have a question, write to us. We tell you this as UU "
            "27/2022, art. 46 asks."
        ),
    ),
    "digest.opened": Text(
        _("Promises to look at, %(on)s"),
        _(
            "Since the last working day these promises have come close to their day or have passed it:\n\n"
            "%(steps)s\n\n"
            "Please take what is late first. Each case is told once as close and once as late; "
            "your first page shows all that stand so."
        ),
    ),
    "recommendation.given": Text(
        _("A recommendation for you was signed"),
        _(
            "%(signatory)s has signed a recommendation for your application for %(scheme)s.\n\n"
            "It stands with your documents, and you need no scan of it. "
            "Look whether anything else is missing, and hand in when all is there."
        ),
    ),
    "recommendation.declined": Text(
        _("Your request for a recommendation was answered"),
        _(
            "%(signatory)s could not give the recommendation for your application for %(scheme)s.\n\n"
            "This does not end your application. You may ask somebody else who knows your work, or put in "
            "a letter as a photo. Where one of several recommendations is enough, the other kind does, too."
        ),
    ),
    "recommendation.lapsed": Text(
        _("Nobody has answered your request for a recommendation yet"),
        _(
            "The link to %(signatory)s, for your application for %(scheme)s, is over without an answer.\n\n"
            "Perhaps the message was overlooked: call them, then open a new link on your page of documents. "
            "You may also ask somebody else, or put in a letter as a photo."
        ),
    ),
    "application.submitted": Text(
        _("We have received your application %(application)s"),
        _(
            "Your application for %(scheme)s has arrived.\n\n"
            "We review it by %(answer_by)s and write to you as soon as there is an answer. "
            "You need not do anything until then."
        ),
    ),
    "application.quarantined": Text(
        _("Please send one document again"),
        _(
            "A scanner found malicious software in a file of your application for %(scheme)s. We have "
            "put the file aside; nobody opens it.\n\n"
            "This is mostly not your fault: phones and shared computers pass it on. Your page says "
            "which document it is. If your application is still with you, take a photo of the paper "
            "itself, or use another device, and send it again. If you have handed it in already, we "
            "write to you if it is needed again."
        ),
    ),
    "application.returned": Text(
        _("Please mend your application by %(until)s"),
        _(
            "We have reviewed your application for %(scheme)s. It is not complete yet: "
            "%(items)s things can still be mended.\n\n"
            "Open your application to see what to mend and why, then hand it in again "
            "by %(until)s at the latest. What was in order stays as it is."
        ),
    ),
    "application.accepted": Text(
        _("Your application has been accepted"),
        _(
            "You meet the requirements of %(scheme)s: you are a candidate now.\n\n"
            "What comes next stands on your page, step by step. We write to you for each "
            "appointment and each date."
        ),
    ),
    "application.rejected": Text(
        _("Your application could not be accepted"),
        _(
            "We have reviewed your application for %(scheme)s with care. "
            "It could not be accepted for this reason:\n\n"
            "%(grounds)s\n\n"
            "You may apply again, also for another route or scheme, as soon as its "
            "requirements are met. Your page shows what each of them asks for."
        ),
    ),
    "enrolment.opened": Text(
        _("Preparation session on %(starts_at)s"),
        _(
            "A place has been kept for you in the preparation session “%(title)s”.\n\n"
            "Begins: %(starts_at)s\n"
            "Ends: %(ends_at)s\n"
            "Where: %(where)s\n\n"
            "If you cannot come, please give the place back on your page, "
            "so that somebody else can have it."
        ),
    ),
    "enrolment.withdrawn": Text(
        _("The preparation session “%(title)s” will not take place for you"),
        _(
            "Your place in the preparation session “%(title)s” on %(starts_at)s was taken back, "
            "or the session was called off.\n\n"
            "You need not do anything: you wait for another session, and we write to you "
            "as soon as you have a place."
        ),
    ),
    "session.revised": Text(
        _("The preparation session “%(title)s” has changed"),
        _(
            "Please note how the preparation session “%(title)s” takes place now.\n\n"
            "Begins: %(starts_at)s\n"
            "Ends: %(ends_at)s\n"
            "Where: %(where)s\n\n"
            "Your place stays yours. If you cannot come, please give it back on your page."
        ),
    ),
    "dossier.opened": Text(
        _("Your portfolio: please hand it in by %(due_on)s"),
        _(
            "Your portfolio for %(scheme)s is open: a curriculum vitae and a description of "
            "your own practice.\n\n"
            "Write it in your own words and leave out the names of clients. Everything is kept "
            "while you write, so you can do a little each day. Please hand it in by %(due_on)s."
        ),
    ),
    "dossier.returned": Text(
        _("Please revise your portfolio by %(until)s"),
        _(
            "An assessor has read your portfolio and asks you to revise %(items)s parts of it.\n\n"
            "Each part shows what is asked. Please hand the portfolio in again by %(until)s. "
            "Everything else stays as you wrote it."
        ),
    ),
    "dossier.accepted": Text(
        _("Your portfolio has been accepted"),
        _(
            "Your portfolio for %(scheme)s has been read and accepted.\n\n"
            "You need not do anything now. We write to you with the date of your next step."
        ),
    ),
    "entry.opened": Text(
        _("Written test on %(starts_at)s"),
        _(
            "You have a seat in the written test “%(title)s”.\n\n"
            "Opens: %(starts_at)s\n"
            "Closes: %(ends_at)s\n"
            "Time to answer: %(minutes)s minutes\n"
            "Where: %(where)s\n\n"
            "Please open your page a little earlier to see that everything works, "
            "and have your identity card at hand."
        ),
    ),
    "entry.missed": Text(
        _("You did not take the written test"),
        _(
            "You were expected at the written test “%(title)s” and did not begin it.\n\n"
            "This is not held against you. You will be given another date, "
            "and we write to you when it is set."
        ),
    ),
    "entry.interrupted": Text(
        _("Your written test was interrupted"),
        _(
            "The written test “%(title)s” was interrupted by a technical failure.\n\n"
            "This is not held against you, and your answers are kept. "
            "We write to you about how it goes on."
        ),
    ),
    "entry.reseated": Text(
        _("Your written test goes on"),
        _(
            "You can go on with the written test “%(title)s”. Your answers are still there.\n\n"
            "Closes: %(ends_at)s\n"
            "Where: %(where)s"
        ),
    ),
    "slot.opened": Text(
        _("Your appointment on %(starts_at)s"),
        _(
            "%(component)s, %(scheme)s\n\n"
            "Begins: %(starts_at)s\n"
            "Where: %(where)s\n\n"
            "Please be there 15 minutes earlier and bring your identity card. "
            "Two assessors will talk with you or watch you at work."
        ),
    ),
    "slot.missed": Text(
        _("You did not come to your appointment"),
        _(
            "%(component)s, %(scheme)s\n\n"
            "You were expected on %(starts_at)s. This is not held against you: "
            "you will be given another date, and we write to you when it is set."
        ),
    ),
    "slot.interrupted": Text(
        _("Your appointment was interrupted"),
        _(
            "%(component)s, %(scheme)s\n\n"
            "The appointment on %(starts_at)s could not be finished. This is not held against "
            "you: you will be given another date, and we write to you when it is set."
        ),
    ),
    "slot.cancelled": Text(
        _("Your appointment on %(starts_at)s was called off"),
        _(
            "%(component)s, %(scheme)s\n\n"
            "The appointment on %(starts_at)s will not take place. You need not do anything: "
            "you will be given another date, and we write to you when it is set."
        ),
    ),
    "decision.granted": Text(
        _("You have been found competent"),
        _(
            "Congratulations. The committee has decided: you are competent (K) under "
            "%(scheme)s.\n\n"
            "You need not do anything. Your certificate is issued once the director has signed "
            "the decree, and we write to you then."
        ),
    ),
    "decision.deferred": Text(
        _("The committee's decision: not yet competent"),
        _(
            "The committee has decided: not yet competent (BK) under %(scheme)s.\n\n"
            "Not met yet:\n%(components)s\n\n"
            "You may try again: your page shows how far you have come in each part. If you think "
            "that the decision is mistaken, you may write to us within %(appeal_days)s working "
            "days and appeal."
        ),
    ),
    "certificate.published": Text(
        _("Your certificate %(number)s is ready"),
        _(
            "Your certificate for %(scheme)s has been issued under the number %(number)s. "
            "It is valid until %(until)s.\n\n"
            "You can download it on your page. Anybody can check it by its number or QR code."
        ),
    ),
    "certificate.suspended": Text(
        _("Your certificate %(number)s is suspended until %(ends)s"),
        _(
            "Your certificate for %(scheme)s under the number %(number)s does not hold for now: "
            "%(cause)s.\n\n%(note)s\n\n"
            "It holds again by itself after %(ends)s, or earlier when this is settled. Until then "
            "please do not use it. If you think that this is mistaken, write to us within "
            "%(appeal_days)s working days."
        ),
    ),
    "certificate.lifted": Text(
        _("Your certificate %(number)s holds again"),
        _(
            "The suspension of your certificate for %(scheme)s is over. It holds again until "
            "%(until)s, and everybody who looks it up sees so."
        ),
    ),
    "certificate.withdrawn": Text(
        _("Your certificate %(number)s was withdrawn"),
        _(
            "Your certificate for %(scheme)s under the number %(number)s was withdrawn: "
            "%(cause)s.\n\n%(note)s\n\n"
            "Please use it no longer, and send the printed sheet back to us. If you think that this "
            "is mistaken, you may write to us within %(appeal_days)s working days and appeal; "
            "others than those who decided look at it."
        ),
    ),
    "certificate.replaced": Text(
        _("Your certificate %(number)s has been replaced"),
        _(
            "Something on your certificate for %(scheme)s was put right. Please use the new one "
            "from now on: it bears the number %(by)s and ends on the same day, %(until)s. "
            "It costs you nothing."
        ),
    ),
}
