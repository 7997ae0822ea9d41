"""How are the steps and facts of a certificate called on a page?"""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kompeten.certificates.terms import Fact, State

STATE = {
    State.RESERVED: _("number reserved"),
    State.INTENDED: _("content recorded"),
    State.SIGNED: _("signed"),
    State.CHECKED: _("checked"),
    State.PUBLISHED: _("published"),
    State.HELD: pgettext_lazy("certificate", "held"),
    State.VOID: pgettext_lazy("certificate", "void"),
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
    Fact.DEMONSTRATION: _("Demonstration"),
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
    "content.too_long": _("The facts of the certificate do not fit into its QR code."),
    "content.unreadable": _("What was recorded to be signed cannot be read any more."),
    "sheet.refused": _("The sheet could not be set. The worker's log says more."),
    "seal.broken": _("The certificate could not be made (%(what)s). The worker's log says more."),
    "output.stored": _("A file of the certificate is missing from the store or was changed in it."),
    "output.pdf": _("The signature of the finished PDF does not hold (%(what)s)."),
    "output.sheet": _("The finished sheet does not state what was recorded (%(what)s)."),
    "output.credential": _("The finished credential does not hold (%(what)s)."),
    "output.qr": _("The finished QR code does not hold (%(what)s)."),
    "certificate.no_ground": _("Write what was put right."),
}
EVENT = {
    "certificate.reserved": _("A number was reserved."),
    "certificate.intended": _("What is to be signed was recorded."),
    "certificate.signed": _("Paper and credential were signed."),
    "certificate.checked": _("Our own signatures were checked."),
    "certificate.published": _("The certificate was published."),
    "certificate.held": _("The certificate was set aside: something has to be put right."),
    "certificate.released": _("It was put right and goes on under its number."),
    "certificate.voided": _("The number is void; another certificate is issued in its place."),
}
