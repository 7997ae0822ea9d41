"""How is a verdict told to people? Every code of the verifier as one sentence."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kompeten.register.terms import Kind, Part, Status
from kompeten.register.terms.erasing import Erasing
from kompeten.register.terms.log import Answer

STATUS = {
    Status.VALID: _("valid"),
    Status.NOT_YET: _("not yet valid"),
    Status.EXPIRED: _("expired"),
    Status.SUSPENDED: pgettext_lazy("certificate", "suspended"),
    Status.WITHDRAWN: pgettext_lazy("certificate", "withdrawn"),
    Status.REPLACED: pgettext_lazy("certificate", "replaced"),
}
KIND = {
    Kind.PDF: _("Certificate as PDF"),
    Kind.CREDENTIAL: _("Digital credential"),
    Kind.JWT: _("Digital credential as a token (JWT)"),
    Kind.QR: _("QR code"),
    Kind.BUNDLE: _("Bundle of sheet, credential and proof"),
    Kind.UNKNOWN: _("Unknown file"),
}
PART = {
    Part.SIGNATURE: _("Signature"),
    Part.TIME: _("Time of signing"),
    Part.ISSUER: _("Issuer"),
    Part.AGREEMENT: _("Agreement of sheet and credential"),
    Part.VALIDITY: _("Validity"),
    Part.COUNTERSIGNATURE: _("National signature"),
    Part.STATUS: _("Status"),
    Part.LOG: _("Entry in the public log"),
    Part.WITNESSES: _("Witnesses of the log"),
}
WITNESS = {
    Answer.COSIGNED: _("has witnessed"),
    Answer.UNREACHABLE: _("out of reach"),
    Answer.REFUSED: _("refused"),
    Answer.AHEAD: _("saw a larger log"),
    Answer.FORKED: _("saw another log"),
}
ERASURE_STATE = {
    Erasing.PROPOSED: pgettext_lazy("erasure", "waits for somebody else"),
    Erasing.DONE: pgettext_lazy("erasure", "carried out"),
    Erasing.DROPPED: pgettext_lazy("erasure", "not carried out"),
}
REASON = {
    "erasure.same_person": _("Somebody else than who proposed the erasure has to carry it out."),
    "erasure.no_ground": _("Write which request it rests on."),
    "erasure.nothing": _("No entry of this certificate can be opened; there is nothing to erase."),
    "erasure.under_way": _("An erasure of this certificate waits already."),
}
EVENT = {
    "erasure.proposed": _("Somebody proposed to delete what opens the entries of the log."),
    "erasure.ordered": _("What opens the entries of the log was deleted."),
    "erasure.dropped": _("The entries of the log stay as they are."),
}
FINDING = {
    "signature.holds": _("The file is unchanged since it was signed."),
    "signature.missing": _("The file bears no signature."),
    "signature.several": _("The file bears more signatures than we issue it with."),
    "signature.not_whole": _("The signature does not cover the whole file."),
    "signature.content_changed": _("The file was changed after it was signed."),
    "signature.broken": _("The signature does not belong to this content."),
    "signature.other_signer": _("The signature names another signer than the one who signed."),
    "signature.unreadable": _("The signature cannot be read; the file was damaged or changed."),
    "signature.unknown_algorithm": _("The signature is of a kind that we do not issue."),
    "signature.unknown_version": _("The QR code is of a newer kind; take a newer verifier."),
    "signature.not_reached": _("The signature was not examined, because an earlier step failed."),
    "file.appended": _("Something was added to the file after it was signed."),
    "file.no_bundle": _("This file lacks a part of a bundle, or a part cannot be read."),
    "file.rewritten": _(
        "The file was saved again by another program; use the file as it was issued."
    ),
    "file.too_large": _("The file is too large to be a certificate."),
    "file.unknown": _("This is neither a PDF, nor a credential, nor the text of a QR code."),
    "time.stamped": _("A time-stamp authority saw the file at this time."),
    "time.own_statement": _("The time of signing is the body's own word, without a time stamp."),
    "time.stamp_broken": _(
        "A time stamp on the file cannot be read; the file was damaged or changed."
    ),
    "time.stamp_other": _("A time stamp on the file belongs to another file."),
    "time.stamp_order": _("The time stamps on the file are not in the order of time."),
    "time.stamp_stranger": _("A time stamp is of an authority that this verifier does not know."),
    "issuer.compromised": _(
        "The key was in wrong hands by then, and nothing proves that the file is older."
    ),
    "issuer.not_in_use": _("The key was not in use at the time that the file states."),
    "issuer.revoked": _("The issuer's certificate was revoked."),
    "issuer.trusted": _("The issuer is known and trusted."),
    "issuer.unknown": _("The issuer is not known to this verifier."),
    "issuer.other_key": _("The key belongs to another issuer than the one named."),
    "issuer.unfit": _("The issuer's certificate is not meant for signing documents."),
    "issuer.not_in_force": _("The issuer's certificate is not in force at this time."),
    "issuer.strange_certificate": _(
        "The signature carries a certificate that does not belong to it."
    ),
    "issuer.not_reached": _("The issuer was not examined, because the signature does not hold."),
    "agreement.holds": _("Sheet and credential state the same."),
    "agreement.differs": _("Sheet and credential do not state the same."),
    "agreement.other_photo": _("The photo on the sheet is not the one that the credential states."),
    "agreement.other_credential": _("The credential beside the sheet is not the one within it."),
    "agreement.no_credential": _("The sheet carries no credential, or more than one."),
    "agreement.credential_broken": _("The credential within the sheet does not hold."),
    "agreement.no_certificate": _("The credential does not describe a certificate of ours."),
    "agreement.not_reached": _("Sheet and credential were not compared."),
    "attachment.unreadable": _("What is attached to the sheet cannot be read."),
    "attachment.too_large": _("What is attached to the sheet is too large."),
    "validity.current": _("The period of validity is running."),
    "validity.not_yet": _("The period of validity has not begun."),
    "validity.expired": _("The period of validity is over."),
    "validity.not_reached": _("The period of validity was not examined."),
    "log.holds": _("The certificate stands in the public log, which nobody can rewrite."),
    "log.entered": _("The register issued this very file, and its issuance stands in the log."),
    "log.other_file": _("The register issued another file under this number."),
    "log.no_such_number": _("The register never gave this number: do not rely on it."),
    "log.other_certificate": _("The proof is that of another certificate."),
    "log.not_checked": _("The log was not asked; name its key or a policy."),
    "log.forked": _("The proof comes from another history of the log than the head that you know."),
    "log.head_unreadable": _("The head of the log that you brought along does not hold."),
    "log.unreadable": _("The proof of the log cannot be read; it was damaged or changed."),
    "log.broken": _("The signature below the head of the log does not hold."),
    "log.unknown": _("The proof comes from a log that is not known to this verifier."),
    "log.not_included": _("The proof does not show that this certificate stands in the log."),
    "witnesses.hold": _("Witnesses have seen the log as it is here."),
    "witnesses.none": _("No witness has signed this head of the log."),
    "witnesses.too_few": _("Too few witnesses have signed this head of the log."),
    "witnesses.not_reached": _("Witnesses were not examined, because the proof does not hold."),
    "status.clear": _("Neither suspended nor withdrawn, as the register knows now."),
    "status.suspended": _("The certification body has suspended it: it does not hold now."),
    "status.withdrawn": _("The certification body has withdrawn it: it holds no more."),
    "status.replaced": _("Something on it was put right: another certificate took its place."),
    "status.list_clear": _("It was neither suspended nor withdrawn when the list was made."),
    "status.list_suspended": _("It is suspended."),
    "status.list_withdrawn": _("It was withdrawn, or another certificate took its place."),
    "status.list_missing": _("One of the two status lists is missing; it was not asked for."),
    "status.list_broken": _("The list of statuses that was given cannot be believed."),
    "status.list_old": _("The list of statuses that was given is too old to rely on."),
    "countersignature.holds": _("The national e-sign service has signed the whole file."),
    "countersignature.broken": _(
        "The national signature cannot be read; the file was damaged or changed."
    ),
    "countersignature.other_file": _("The national signature belongs to another file."),
    "countersignature.stranger": _("Somebody signed the file whom this verifier does not know."),
    "status.not_checked": _("Suspension or withdrawal was not asked for; only the register knows."),
}
NOT_CHECKED = {
    "status.register": _(
        "Whether the certificate was suspended or withdrawn: look it up in the register."
    ),
    "paper.same_facts": _("Whether the paper in your hand shows these facts: compare them by eye."),
    "paper.page_text": _("Whether the printed text equals the signed facts: compare them by eye."),
    "holder.same_person": _(
        "Whether the person before you is the holder: ask for an identity card."
    ),
    "time.own_statement": _("The time of signing is the body's own word, without a time stamp."),
    "time.not_stated": _("When the token was signed: it bears no time."),
    "issuer.revocation": _("Whether the issuer's certificate was revoked."),
    "qr.name_cut": _("The end of a long name, which the QR code leaves out."),
    "qr.other_facts": _("Units, decree and other facts that a QR code has no room for."),
}
