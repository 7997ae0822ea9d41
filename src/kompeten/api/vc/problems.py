"""By which names does the VC-API say what is wrong? Those of the standard that the matter belongs to.

Source: W3C Verifiable Credentials Data Model v2.0, section 7.2; Data Integrity 1.0, section 4.7;
Bitstring Status List v1.0, section 3.2.
"""

from enum import StrEnum

_MODEL = "https://www.w3.org/TR/vc-data-model#"
_SECURITY = "https://w3id.org/security#"
_LISTS = "https://www.w3.org/ns/credentials/status-list#"


class Problem(StrEnum):
    """What is wrong: the `type` of a problem by RFC 9457."""

    PARSING = _MODEL + "PARSING_ERROR"
    MALFORMED = _MODEL + "MALFORMED_VALUE_ERROR"
    RANGE = _MODEL + "RANGE_ERROR"
    CRYPTOGRAPHIC = _MODEL + "CRYPTOGRAPHIC_SECURITY_ERROR"
    PROOF = _SECURITY + "PROOF_VERIFICATION_ERROR"
    DOMAIN = _SECURITY + "INVALID_DOMAIN_ERROR"
    CHALLENGE = _SECURITY + "INVALID_CHALLENGE_ERROR"
    STATUS = _LISTS + "STATUS_VERIFICATION_ERROR"
    STATUS_RANGE = _LISTS + "RANGE_ERROR"

    @property
    def word(self) -> str:
        """The same, without the standard it is of."""
        return self.partition("#")[2]
