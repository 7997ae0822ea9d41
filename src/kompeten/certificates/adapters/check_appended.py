"""Is what was appended to a sheet since it was signed what we asked for? Time stamps, the national signature."""

import hashlib
from collections.abc import Sequence
from datetime import datetime

from asn1crypto import cms

from kompeten.certificates.adapters.check import RANGE, made_by


def stamp(before: bytes, after: bytes) -> tuple[datetime | None, tuple[str, ...]]:
    """Return the instant of the time stamp behind `before`, and what is wrong with it, as codes."""
    ranges = RANGE.findall(after)
    try:
        start, gap, end, rest = map(int, ranges[-1])
        token = cms.ContentInfo.load(bytes.fromhex(after[gap + 1 : end - 1].decode()))
        info = token["content"]["encap_content_info"]["content"].parsed
        imprint = info["message_imprint"]["hashed_message"].native
        instant: datetime = info["gen_time"].native
    except (ValueError, LookupError, TypeError, AttributeError):
        return None, ("stamp.unreadable",)
    codes = {
        "stamp.sheet": not after.startswith(before) or gap < len(before),
        "stamp.range": (start, end + rest) != (0, len(after)),
        "stamp.digest": imprint != hashlib.sha256(after[:gap] + after[end:]).digest(),
        "stamp.several": len(ranges) != len(RANGE.findall(before)) + 1,
    }
    return instant, tuple(code for code, is_wrong in codes.items() if is_wrong)


def reach(pdf: bytes) -> int:
    """Return how far the signature that stands last in a file reaches; the whole file if there is none."""
    ends = [int(found[2]) + int(found[3]) for found in RANGE.findall(pdf)]
    return max(ends, default=len(pdf))


def countersignature(before: bytes, after: bytes, certificates: Sequence[bytes]) -> str:
    """Return what is wrong with the signature that others appended to `before`, as a code; "" if nothing.

    `certificates` (DER) are those of the signatories whose national signature counts.
    """
    ranges = RANGE.findall(after)
    try:
        start, gap, end, rest = map(int, ranges[-1])
        sound = (
            after.startswith(before)
            and len(ranges) == len(RANGE.findall(before)) + 1
            and (start, end + rest) == (0, len(after))
            and gap >= len(before)
        )
        if not sound:
            return "esign.other_file"
        expected = hashlib.sha256(after[:gap] + after[end:]).digest()
        return _countersigner_flaw(
            bytes.fromhex(after[gap + 1 : end - 1].decode()), expected, certificates
        )
    except (ValueError, LookupError, TypeError, AttributeError):
        return "esign.unreadable"


def _countersigner_flaw(message: bytes, expected: bytes, certificates: Sequence[bytes]) -> str:
    signed = cms.ContentInfo.load(message)["content"]
    (signer,) = signed["signer_infos"]
    to_verify = b"\x31" + signer["signed_attrs"].dump()[1:]
    attributes = {a["type"].native: a["values"][0] for a in signer["signed_attrs"]}
    if attributes["message_digest"].native != expected:
        return "esign.other_file"
    inside = {choice.chosen.dump() for choice in signed["certificates"]}
    for certificate in certificates:
        if certificate in inside and made_by(certificate, signer["signature"].native, to_verify):
            return ""
    return "esign.stranger"
