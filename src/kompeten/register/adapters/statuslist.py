"""What does a status list say of one certificate? The list is believed first, and then its entry looked up.

That a list verifies is not that an entry is clear. So: signature, issuer (the one of the certificate),
address and purpose, time, range, and only then the bit.

Source: W3C Bitstring Status List v1.0, section 3.2 (validate algorithm).
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from kompeten.certificates.terms import StatusPurpose
from kompeten.foundation.vc import status, times
from kompeten.register.adapters import credential as credentials
from kompeten.register.terms import Finding, Part, Refused, Trust, When

_SET = {
    StatusPurpose.REVOCATION: "status.list_withdrawn",
    StatusPurpose.SUSPENSION: "status.list_suspended",
}


def finding(
    entries: Iterable[Mapping[str, Any]],
    lists: Iterable[bytes],
    *,
    issuer: str,
    trust: Trust,
    at: datetime,
) -> Finding:
    """Return what `lists` say of the places `entries` of one certificate of `issuer`.

    It holds if every place was looked up and is clear; its detail is when that was known, the oldest
    of the lists. Where the list of a place is missing it neither holds nor fails, and the detail
    names that list. A list that was given and cannot be believed fails: somebody may have changed it.
    """
    try:
        given = _by_address(lists, trust)
    except Refused as broken:
        return Finding(Part.STATUS, "status.list_broken", holds=False, detail=str(broken))
    found = [_of_entry(entry, given, issuer=issuer, trust=trust, at=at) for entry in entries]
    for holds in (False, None):
        for one in found:
            if one.holds is holds:
                return one
    if not found:
        return Finding(Part.STATUS, "status.not_checked", holds=None)
    return Finding(
        Part.STATUS, "status.list_clear", holds=True, detail=min(one.detail for one in found)
    )


def _by_address(lists: Iterable[bytes], trust: Trust) -> dict[str, bytes]:
    """Return the lists by the address that each gives as its own.

    :raises Refused: one is not as it was issued, or of nobody who is believed
    """
    found = {}
    for document in lists:
        secured = credentials.parsed(document)
        credentials.proofs_hold(secured, trust=trust)
        if not isinstance(secured.get("id"), str):
            raise Refused(Part.STATUS, "status.list_broken")
        found[secured["id"]] = document
    return found


def _of_entry(
    entry: Mapping[str, Any],
    lists: Mapping[str, bytes],
    *,
    issuer: str,
    trust: Trust,
    at: datetime,
) -> Finding:
    address = str(entry.get("statusListCredential"))
    document = lists.get(address)
    if document is None:
        return Finding(Part.STATUS, "status.list_missing", holds=None, detail=address)
    try:
        purpose = StatusPurpose(entry["statusPurpose"])
        bits, known_at, is_fresh = _believed(document, entry, issuer=issuer, trust=trust, at=at)
        is_set = status.is_set(bits, status.read_index(entry.get("statusListIndex")))
    except (Refused, ValueError, LookupError, TypeError, AttributeError):
        return Finding(Part.STATUS, "status.list_broken", holds=False, detail=address)
    # What was withdrawn stays withdrawn, however old the list; everything else may have changed.
    if is_set and (is_fresh or purpose is StatusPurpose.REVOCATION):
        return Finding(Part.STATUS, _SET[purpose], holds=False, detail=known_at)
    if not is_fresh:
        return Finding(Part.STATUS, "status.list_old", holds=None, detail=known_at)
    return Finding(Part.STATUS, "status.list_clear", holds=True, detail=known_at)


def _believed(
    document: bytes, entry: Mapping[str, Any], *, issuer: str, trust: Trust, at: datetime
) -> tuple[bytes, str, bool]:
    """Return the bits of a list, when they were known, and whether they may still be relied on.

    :raises Refused: nobody who is believed signed it
    :raises ValueError: it is of another issuer or purpose, not yet valid, or no list
    """
    secured = credentials.parsed(document)
    _, signed_by = credentials.proofs_hold(secured, trust=trust)
    credentials.in_time(secured, trust=trust, when=When(at))
    subject = secured["credentialSubject"]
    purposes = subject["statusPurpose"]
    if (
        signed_by.detail != issuer
        or "BitstringStatusListCredential" not in secured["type"]
        or subject["type"] != "BitstringStatusList"
        or entry["statusPurpose"] not in (purposes if isinstance(purposes, list) else [purposes])
        or entry.get("statusSize", 1) != 1
    ):
        raise ValueError("the list does not speak of this entry")
    begins, ends = times.read(secured["validFrom"]), times.read(secured["validUntil"])
    if at < begins:
        raise ValueError("the list is from the future")
    return status.decode(subject["encodedList"]), str(secured["validFrom"]), at <= ends
