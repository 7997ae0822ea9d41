"""How are the steps and facts of a certificate called on a page?"""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kompeten.certificates.terms import (
    BlankState,
    Fact,
    RecallState,
    SealedKind,
    ShareState,
    State,
    SuspensionCause,
    WithdrawalCause,
)

STATE = {
    State.RESERVED: _("number reserved"),
    State.INTENDED: _("content recorded"),
    State.SIGNED: _("signed"),
    State.CHECKED: _("checked"),
    State.LOGGED: _("in the public log"),
    State.PUBLISHED: _("published"),
    State.SUSPENDED: pgettext_lazy("certificate", "suspended"),
    State.WITHDRAWN: pgettext_lazy("certificate", "withdrawn"),
    State.REPLACED: pgettext_lazy("certificate", "replaced"),
    State.HELD: pgettext_lazy("certificate", "held"),
    State.VOID: pgettext_lazy("certificate", "void"),
}
RECALL_STATE = {
    RecallState.PROPOSED: _("waits for the director"),
    RecallState.APPROVED: _("being carried out"),
    RecallState.DONE: pgettext_lazy("recall", "done"),
    RecallState.DROPPED: pgettext_lazy("recall", "dropped"),
}
BLANK_STATE = {
    BlankState.STOCK: _("in stock"),
    BlankState.ISSUED: pgettext_lazy("blank", "issued"),
    BlankState.VOID: pgettext_lazy("blank", "void"),
}
SEALED = {SealedKind.DECREE: _("Decree"), SealedKind.MINUTES: pgettext_lazy("meeting", "Minutes")}
SHARE_STATE = {
    ShareState.OPEN: pgettext_lazy("link", "open"),
    ShareState.ENDED: pgettext_lazy("link", "ended"),
}
FACT = {
    Fact.NUMBER: _("Number"),
    Fact.HOLDER: _("Holder"),
    Fact.PROFESSION: _("Profession"),
    Fact.LEVEL: _("Level"),
    Fact.SCHEME: _("Scheme"),
    Fact.PROGRAMME: _("Programme"),
    Fact.UNITS: _("Units of competence"),
    Fact.DECREE: _("Decree"),
    Fact.BODY: _("Certification body"),
    Fact.SIGNATORY: _("Signed by"),
    Fact.SIGNED_ON: _("Signed at"),
    Fact.VALID_FROM: _("Valid from"),
    Fact.VALID_UNTIL: _("Valid until"),
    Fact.REF: _("Reference"),
    Fact.REPLACES: _("In place of"),
    Fact.DEMONSTRATION: _("Demonstration"),
}
SUSPENSION = {
    SuspensionCause.INQUIRY: _("a complaint or breach of conduct is being examined"),
    SuspensionCause.SURVEILLANCE: _("what surveillance asks was not handed in"),
    SuspensionCause.MISUSE: _("the certificate was misused"),
    SuspensionCause.REQUEST: _("the holder asked for it"),
}
WITHDRAWAL = {
    WithdrawalCause.ISSUED_IN_ERROR: _("it was issued in error"),
    WithdrawalCause.FORGED_EVIDENCE: _("documents of the application were forged"),
    WithdrawalCause.CONDUCT: _("the code of conduct was broken"),
    WithdrawalCause.MISUSE: _("the certificate was misused"),
    WithdrawalCause.NO_LONGER_MET: _("the scheme's requirements are no longer met"),
    WithdrawalCause.REQUEST: _("the holder asked for it"),
    WithdrawalCause.DECEASED: _("the holder has died"),
}
REASON = {
    "content.missing": _("The certificate would lack this: %(what)s."),
    "content.dates_order": _(
        "The certificate would end before it begins, or begin before its signature."
    ),
    "content.decree_later": _("The decree is dated after the signature of the certificate."),
    "content.address_insecure": _("The address in the QR code must begin with https."),
    "content.address_shape": _("The address in the QR code is too long or holds a # sign."),
    "content.personal_number": _(
        "A text on the certificate looks like a NIK; it must not be printed."
    ),
    "content.unprintable": _("A text on the certificate holds a sign that cannot be printed."),
    "content.unprintable:holder": _(
        "The holder's name holds a sign that cannot be printed. Write it in Latin letters, as on the"
        " identity card."
    ),
    "content.unprintable:signatory": _(
        "The name of the director who signed the decree holds a sign that cannot be printed."
    ),
    "content.unprintable:units": _(
        "A unit of competence in the scheme holds a sign that cannot be printed."
    ),
    "content.long_word": _(
        "A word on the certificate is too long for the sheet: %(what)s. It is not in the holder's name."
    ),
    "content.long_word:number": _(
        "The number of the certificate has a part too long for the sheet: %(what)s. It comes from the"
        " scheme that the person applied under, not from the holder."
    ),
    "content.long_word:holder": _(
        "The holder's name has a word too long for the sheet. Write it with blanks, as on the identity card."
    ),
    "content.long_word:signatory": _(
        "The name of the director who signed the decree has a word too long for the sheet: %(what)s."
        " Nothing is wrong with the holder. An administrator puts it right under People, Roles."
    ),
    "content.long_word:decree": _(
        "The number of the decree has a part too long for the sheet: %(what)s. Nothing is wrong with"
        " the holder."
    ),
    "content.long_word:profession": _(
        "The profession has a word too long for the sheet: %(what)s. Nothing is wrong with the holder."
    ),
    "content.long_word:level": _(
        "The level has a word too long for the sheet: %(what)s. Nothing is wrong with the holder."
    ),
    "content.long_word:scheme": _(
        "The title, code or version of the scheme has a word too long for the sheet: %(what)s. It stands"
        " in the scheme that the person applied under, not with the holder."
    ),
    "content.long_word:programme": _(
        "The programme has a word too long for the sheet: %(what)s. Nothing is wrong with the holder."
    ),
    "content.long_word:units": _(
        "A unit of competence has a word, or a code, too long for the sheet: %(what)s. It stands in the"
        " scheme that the person applied under, not with the holder."
    ),
    "content.long_word:legal_basis": _(
        "A legal basis has a word too long for the sheet: %(what)s. It stands in the scheme that the"
        " person applied under, not with the holder."
    ),
    "content.too_long": _("The facts of the certificate do not fit into its QR code."),
    "content.unreadable": _("What was recorded to be signed cannot be read any more."),
    "content.photo": _(
        "The portrait that was recorded is missing from the store or was changed in it."
    ),
    "sheet.refused": _("The sheet could not be set. The worker's log says more."),
    "seal.broken": _("The certificate could not be made (%(what)s). The worker's log says more."),
    "output.stored": _("A file of the certificate is missing from the store or was changed in it."),
    "output.pdf": _("The signature of the finished PDF does not hold (%(what)s)."),
    "output.sheet": _("The finished sheet does not state what was recorded (%(what)s)."),
    "output.credential": _("The finished credential does not hold (%(what)s)."),
    "output.qr": _("The finished QR code does not hold (%(what)s)."),
    "esign.unreachable": _(
        "The national e-sign service does not answer. It is asked again each minute."
    ),
    "esign.nobody": _("Nobody was named who signs at the national service: `kompeten keys esign`."),
    "esign.sealed": _("Who signs at the national service cannot be opened; name them again."),
    "esign.passphrase": _("The national service does not take the signatory's passphrase."),
    "esign.not_registered": _("The national service does not know the signatory's NIK."),
    "esign.expired": _("The signatory's certificate at the national service has expired."),
    "esign.client": _("The national service does not take our user and password."),
    "esign.refused": _("The national service refused to sign."),
    "esign.other_file": _("The national service gave back another file than the one it was sent."),
    "esign.unreadable": _("What the national service gave back cannot be read."),
    "esign.stranger": _(
        "The national service signed with a certificate that is not the signatory's."
    ),
    "certificate.no_ground": _("Write what was put right."),
    "suspension.no_note": _("Write on what the suspension rests."),
    "suspension.ends_early": _("A suspension ends after it begins; an extension ends later."),
    "suspension.too_long": _("A suspension lasts two years at the longest."),
    "withdrawal.no_note": _("Write on what the withdrawal rests."),
    "recall.same_person": _("Somebody else than who proposed the recall has to approve it."),
    "recall.nothing": _("No certificate in force meets this; there is nothing to recall."),
    "recall.everything": _("Say which certificates: a recall of all of them is not made this way."),
    "recall.changed": _(
        "Other certificates meet this now than those that you were shown. Look at them again."
    ),
    "share.not_own": _("Only the holder gives links to a certificate away."),
    "share.no_label": _("Write for whom the link is, so that you know it again."),
    "share.ends_early": _("The last day of a link lies ahead."),
    "share.too_many": _("Twenty links are open already. End one that is no longer used."),
    "anew.no_ground": _("Write why another certificate is issued in its place."),
    "anew.expired": _("The time of this certificate is over; none is issued in its place."),
    "anew.under_way": _("Another certificate takes the place of this one already."),
    "anew.same": _("Nothing on the certificate would be different. Put the name right first."),
    "blank.no_reason": _("Write what happened to the sheet."),
    "blank.range_order": _("The last number comes before the first."),
    "blank.range_long": _("So many sheets are taken in at once at most: %(what)s."),
    "blank.range_digits": _("The numbers have more digits than are printed on the sheets."),
    "blank.known": _("Sheet %(what)s is in the books already; no number is taken in twice."),
    "blank.stock_short": _("So many sheets are not in stock; there are %(what)s."),
    "blank.certificate_not_out": _("Certificate %(what)s is not in force; nothing is printed."),
    "blank.certificate_has_one": _(
        "Certificate %(what)s is on a sheet already. Void that one first, if it was spoiled."
    ),
}
EVENT = {
    "certificate.reserved": _("A number was reserved."),
    "certificate.intended": _("What is to be signed was recorded."),
    "certificate.signed": _("Paper and credential were signed."),
    "certificate.checked": _("Our own signatures were checked."),
    "certificate.logged": _("Its issuance was entered in the public log."),
    "certificate.published": _("The certificate was published."),
    "certificate.stamped": _("A time-stamp authority has seen the sheet."),
    "certificate.countersigned": _("The national signature stands on the sheet."),
    "certificate.countersignature_awaited": _("The national signature has to wait."),
    "certificate.suspended": _("The certificate was suspended."),
    "certificate.suspension_extended": _("The suspension was extended."),
    "certificate.lifted": _("The suspension was lifted."),
    "certificate.withdrawn": _("The certificate was withdrawn."),
    "certificate.replaced": _("Another certificate took its place."),
    "recall.proposed": _("A recall was proposed."),
    "recall.approved": _(
        "The recall was approved; its certificates are withdrawn one after the other."
    ),
    "recall.dropped": _("The recall was dropped."),
    "recall.finished": _("Every certificate of the recall is out of force."),
    "share.opened": _("The holder gave a link to the certificate away."),
    "share.ended": _("The holder ended a link to the certificate."),
    "certificate.held": _("The certificate was set aside: something has to be put right."),
    "certificate.released": _("It was put right and goes on under its number."),
    "certificate.stopped": _("The number is void: what it was to replace was withdrawn meanwhile."),
    "certificate.voided": _("The number is void; another certificate is issued in its place."),
    "blank.received": _("The sheet came into stock."),
    "blank.issued": _("A certificate was printed on the sheet."),
    "blank.voided": _("The sheet is void."),
    "paper.sealed": _("The paper got the body's electronic signature."),
}
KEPT = {
    "certificates": _("Certificates"),
    "purpose": _("to let anybody see whether a certificate is valid"),
    "law": _("a task in the public interest (UU 27/2022, art. 20(2)(e))"),
    "until": _("for good: a register from which something is missing proves nothing"),
    "then": _("stays"),
}
