"""How are the steps and facts of a certificate called on a page?"""

from django.utils.translation import gettext_lazy as _

from kompeten.certificates.terms import Fact, State

STATE = {
    State.RESERVED: _("number reserved"),
    State.INTENDED: _("content recorded"),
    State.SIGNED: _("signed"),
    State.CHECKED: _("checked"),
    State.PUBLISHED: _("published"),
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
}
EVENT = {
    "certificate.reserved": _("A number was reserved."),
    "certificate.intended": _("What is to be signed was recorded."),
    "certificate.signed": _("Paper and credential were signed."),
    "certificate.checked": _("Our own signatures were checked."),
    "certificate.published": _("The certificate was published."),
}
