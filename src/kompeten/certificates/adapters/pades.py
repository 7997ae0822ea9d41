"""How does a typeset PDF become a signed one, and how does it last? By appended updates, PAdES.

The signed update holds, besides the signature, certificates and revocation lists of its chain in a
document security store: the level B-LT where a time is proven. A time stamp over everything, appended
at once or years later, proves it (B-T) and keeps it (B-LTA); each stamp adds what has become known of
the chain since, and leaves every byte before it as it was. pyHanko and pdfsig judge in the tests.

Source: ISO 32000-1, 12.8; ETSI EN 319 142-1, 5.4 and 6.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import NamedTuple

from kompeten.certificates.adapters import cms, revision
from kompeten.certificates.adapters.revision import Appended, Opened, UnknownPdf, text
from kompeten.certificates.ports import Signer, Timestamper

# Room for the message: 1.3 kB with one certificate, the rest for longer chains and keys.
RESERVED_BYTES = 3072

# Room for a time stamp; most have 2 to 6 kB with their certificates.
STAMP_BYTES = (6144, 24576)

_RANGE = b"[" + b"*" * 38 + b"]"
_STAMP_FIELD = (
    b"<</Type/Annot/Subtype/Widget/FT/Sig/T(Stempel waktu %d)/TU(Stempel waktu)"
    b"/Rect[0 0 0 0]/F 132/V %d 0 R>>"
)
_FIELDS = b"/AcroForm<</Fields["
_STORE = b"/DSS "


class Words(NamedTuple):
    """What the signature says of itself to a PDF reader."""

    name: str
    reason: str
    place: str


class Evidence(NamedTuple):
    """What proves that a chain was in force: certificates and revocation lists, each in DER."""

    certificates: tuple[bytes, ...] = ()
    crls: tuple[bytes, ...] = ()


NO_EVIDENCE = Evidence()


class NoRoom(Exception):
    """A signature or a time stamp is longer than the room that was kept for it."""


def sign(
    pdf: bytes, *, signer: Signer, words: Words, at: datetime, evidence: Evidence = NO_EVIDENCE
) -> bytes:
    """Return `pdf` with an invisible signature over every byte of it.

    The signature field has no area and so stays out of the page and of its reading order (PDF/UA).

    :raises UnknownPdf: the file is not of our typesetter, or is signed already
    """
    file = revision.opened(pdf)
    made = revision.appended(file, _signed_objects(file, words, at, evidence))
    value = file.size + 1
    return _filled(made, value, lambda sha256: cms.sign(sha256, signer=signer))


def stamp(pdf: bytes, *, timestamper: Timestamper, evidence: Evidence = NO_EVIDENCE) -> bytes:
    """Return a signed `pdf` with one more update: newer evidence, and a time stamp over everything.

    :raises UnknownPdf: the file is not one that `sign` has made
    :raises OSError: the time-stamp authority cannot be reached
    """
    file = revision.opened(pdf)
    for room in STAMP_BYTES:
        objects, value = _stamped_objects(file, evidence, room)
        try:
            return _filled(revision.appended(file, objects), value, timestamper.stamp)
        except NoRoom:
            continue
    raise NoRoom(f"a time stamp of more than {STAMP_BYTES[-1]} bytes")


def _signed_objects(
    file: Opened, words: Words, at: datetime, evidence: Evidence
) -> dict[int, bytes]:
    """Return the objects of the signed update: field, value, page and catalog, and the evidence."""
    catalog = revision.body(file, file.root)
    if b"/AcroForm" in catalog:
        raise UnknownPdf("it has a form already")
    pages = revision.body(file, revision.number(rb"/Pages (\d+) 0 R", catalog))
    first_page = revision.number(rb"/Kids\s*\[(\d+) 0 R", pages)
    field, value = file.size, file.size + 1
    entries = _FIELDS + b"%d 0 R]/SigFlags 3>>" % field
    entries += b"/Extensions<</ESIC<</BaseVersion/1.7/ExtensionLevel 1>>>>"
    store: dict[int, bytes] = {}
    if evidence.certificates or evidence.crls:
        entries += _STORE + b"%d 0 R" % (value + 1)
        store = _store(value + 1, value + 2, b"", b"", evidence)
    return {
        file.root: revision.extended(catalog, entries),
        first_page: _annotated(revision.body(file, first_page), field),
        field: (
            f"<</Type/Annot/Subtype/Widget/FT/Sig/T(Tanda tangan)/TU{text('Tanda tangan elektronik')}"
            f"/Rect[0 0 0 0]/F 132/P {first_page} 0 R/V {value} 0 R>>"
        ).encode(),
        value: _signature(words, at),
        **store,
    }


def _stamped_objects(file: Opened, evidence: Evidence, room: int) -> tuple[dict[int, bytes], int]:
    """Return the objects of a stamp's update, and the number of the one that holds the stamp.

    Its field has no place on a page: an annotation more would have to be explained to each reader.
    """
    catalog = revision.body(file, file.root)
    if catalog.count(_FIELDS) != 1:
        raise UnknownPdf("it is not signed by us")
    field, value = file.size, file.size + 1
    head, _, rest = catalog.partition(_FIELDS)
    listed, _, rest = rest.partition(b"]")
    nth = listed.count(b" R")
    catalog = b"".join((head, _FIELDS, listed, b" %d 0 R]" % field, rest))
    objects = {
        file.root: catalog,
        field: _STAMP_FIELD % (nth, value),
        value: (
            b"<</Type/DocTimeStamp/Filter/Adobe.PPKLite/SubFilter/ETSI.RFC3161"
            + b"/ByteRange" + _RANGE + b"/Contents<" + b"0" * (2 * room) + b">>>"
        ),
    }  # fmt: skip
    if _STORE in catalog:
        store = revision.number(rb"/DSS (\d+) 0 R", catalog)
        objects |= _grown(file, store, value + 1, evidence)
    return objects, value


def _grown(file: Opened, store: int, free: int, evidence: Evidence) -> dict[int, bytes]:
    """Return the store with the evidence that it does not hold yet; nothing where it holds all."""
    known = revision.body(file, store)
    new = Evidence(
        *(tuple(one for one in part if _stream(one) not in file.content) for part in evidence)
    )
    if not any(new):
        return {}
    listed = [known.partition(key)[2].partition(b"]")[0] for key in (b"/Certs[", b"/CRLs[")]
    return _store(store, free, listed[0], listed[1], new)


def _store(
    store: int, free: int, certificates: bytes, crls: bytes, evidence: Evidence
) -> dict[int, bytes]:
    """Return a document security store under `store`, its new streams from the number `free` on."""
    streams = dict(enumerate((*evidence.certificates, *evidence.crls), start=free))
    split = free + len(evidence.certificates)
    listed = [
        b" ".join(filter(None, (before, *(b"%d 0 R" % n for n in numbers))))
        for before, numbers in (
            (certificates, range(free, split)),
            (crls, range(split, free + len(streams))),
        )
    ]
    head = b"<</Type/DSS/Certs[%s]/CRLs[%s]>>" % (listed[0], listed[1])
    return {store: head, **{number: _stream(der) for number, der in streams.items()}}


def _stream(der: bytes) -> bytes:
    return b"<</Length %d>>\nstream\n%s\nendstream" % (len(der), der)


def _filled(made: Appended, value: int, ask: Callable[[bytes], bytes]) -> bytes:
    """Return the file with the answer of `ask` to its digest written into the gap of object `value`."""
    pdf, start = made.content, made.places[value]
    gap = pdf.index(b"/Contents<", start) + len(b"/Contents")
    after = pdf.index(b">", gap) + 1
    ranges = f"[0 {gap} {after} {len(pdf) - after}]".ljust(len(_RANGE)).encode()
    at_range = pdf.index(_RANGE, start)
    pdf = pdf[:at_range] + ranges + pdf[at_range + len(ranges) :]
    sha256 = made.sha256(pdf, gap)
    sha256.update(pdf[after:])
    message = ask(sha256.digest())
    room = after - gap - 2
    if 2 * len(message) > room:
        raise NoRoom(f"a signature of {len(message)} bytes finds no room")
    written = message.hex().encode().ljust(room, b"0")
    return b"".join((pdf[:gap], b"<", written, b">", pdf[after:]))


def _signature(words: Words, at: datetime) -> bytes:
    return (
        b"<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached"
        + f"/Name{text(words.name)}/Reason{text(words.reason)}/Location{text(words.place)}".encode()
        + at.astimezone(UTC).strftime("/M(D:%Y%m%d%H%M%SZ)").encode()
        + b"/ByteRange" + _RANGE
        + b"/Contents<" + b"0" * (2 * RESERVED_BYTES) + b">>>"
    )  # fmt: skip


def _annotated(page: bytes, field: int) -> bytes:
    reference = b"%d 0 R" % field
    if b"/Annots[" in page:
        return page.replace(b"/Annots[", b"/Annots[" + reference + b" ", 1)
    return revision.extended(page, b"/Annots[" + reference + b"]")
