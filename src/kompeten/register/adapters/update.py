"""Is what was appended to a signed PDF a time stamp and nothing else? Read, built again, compared.

Anybody may have a time-stamp authority stamp anything, so a stamp alone excuses no change. Allowed are
the stamp with its field, the catalog with that field in it, and evidence (certificates, revocation
lists) in streams of new numbers. No object that a page is made of can be replaced in this way.

Source: "Shadow Attacks: Hiding and Replacing Content in Signed PDFs" (Mainka, Mladenov, Rohlmann 2021).
"""

import hashlib
import re
from typing import NamedTuple

from asn1crypto import crl, x509

from kompeten.register.terms import Part, Refused

_OBJECT = re.compile(rb"(\d{1,7}) 0 obj\n")
_LENGTH = re.compile(rb"<</Length (\d{1,6})>>\nstream\n")
_TRAILER = re.compile(
    rb"<</Size (\d{1,7})/Root (\d{1,7}) 0 R(/Info \d{1,7} 0 R)/ID\[(\(\S+?\))[^\]]*\](?:/Prev (\d{1,10}))?>>\s"
)
_SECTION = re.compile(rb"(\d{1,7}) (\d{1,7})\s*\n")
_STORE = re.compile(rb"<</Type/DSS/Certs\[([0-9R ]*)\]/CRLs\[([0-9R ]*)\]>>")
_STAMP = re.compile(
    rb"<</Type/DocTimeStamp/Filter/Adobe\.PPKLite/SubFilter/ETSI\.RFC3161"
    rb"/ByteRange\[[0-9 ]+\] */Contents<[0-9a-f]*>>>"
)
_FIELD = (
    b"<</Type/Annot/Subtype/Widget/FT/Sig/T(Stempel waktu %d)/TU(Stempel waktu)"
    b"/Rect[0 0 0 0]/F 132/V %d 0 R>>"
)
_STARTXREF = re.compile(rb"startxref\s+(\d{1,10})\s+%%EOF\s*\Z")


class _Before(NamedTuple):
    """What of the signed file an update refers to."""

    size: int
    root: int
    info: bytes
    first_id: bytes
    xref_at: int
    catalog: bytes


def examine(before: bytes, appended: bytes) -> None:
    """Look at what was appended to the signed bytes `before`.

    :raises Refused: it is more than a time stamp
    """
    try:
        fits = _built(before, appended) == appended
    except (ValueError, TypeError, LookupError, AttributeError) as error:
        raise _refused(appended) from error
    if not fits:
        raise _refused(appended)


def _built(before: bytes, appended: bytes) -> bytes:
    """Return the update as we would have written it around the same stamp and evidence.

    :raises ValueError: it holds something else
    """
    file = _opened(before)
    places, table_at = _places(appended)
    objects = {number: _body(appended, at, number) for number, at in places.items()}
    field, value = file.size, file.size + 1
    catalog = _with_field(file.catalog, field)
    nth = catalog.partition(b"/Fields[")[2].partition(b"]")[0].count(b" R") - 1
    if objects.pop(file.root) != catalog:
        raise ValueError("another catalog")
    if objects.pop(field) != _FIELD % (nth, value):
        raise ValueError("another field")
    if not _STAMP.fullmatch(objects.pop(value)):
        raise ValueError("no stamp")
    store = re.search(rb"/DSS (\d+) 0 R", file.catalog)
    if objects and store is not None:
        _examine_store(before, int(store[1]), objects)
    if any(number < file.size for number in objects) or not all(
        map(_is_evidence, objects.values())
    ):
        raise ValueError("something else")
    return appended[:table_at] + _table(before, file, places, table_at)


def _opened(before: bytes) -> _Before:
    xref_at = _xref_at(before)
    at = before.rindex(b"trailer\n") + len(b"trailer\n")
    trailer = _TRAILER.match(before, at)
    if trailer is None:
        raise ValueError("no trailer")
    size, root = int(trailer[1]), int(trailer[2])
    return _Before(size, root, trailer[3], trailer[4], xref_at, _latest(before, root))


def _xref_at(before: bytes) -> int:
    end = _STARTXREF.search(before, max(0, len(before) - 64))
    if end is None:
        raise ValueError("no end")
    return int(end[1])


def _latest(before: bytes, number: int) -> bytes:
    """Return the body of an object by the tables, the latest first.

    Never by its looks: a certificate that came as evidence may hold what looks like an object.
    """
    xref_at = _xref_at(before)
    while True:
        if not before.startswith(b"xref\n", xref_at):
            raise ValueError("no table")
        at = xref_at + len(b"xref\n")
        while section := _SECTION.match(before, at):
            first, count = int(section[1]), int(section[2])
            if first <= number < first + count:
                row = section.end() + 20 * (number - first)
                return _body(before, int(before[row : row + 10]), number)
            at = section.end() + 20 * count
        trailer = _TRAILER.match(before, at + len(b"trailer\n"))
        if trailer is None or trailer[5] is None or int(trailer[5]) >= xref_at:
            raise ValueError("in no table")
        xref_at = int(trailer[5])


def _body(where: bytes, at: int, number: int) -> bytes:
    """Return the body of the object that begins at a place; streams are skipped by their length."""
    head = b"%d 0 obj\n" % number
    if not where.startswith(head, at):
        raise ValueError("no object")
    start = at + len(head)
    length = _LENGTH.match(where, start)
    search_from = length.end() + int(length[1]) if length else start
    return where[start : where.index(b"\nendobj\n", search_from)]


def _places(appended: bytes) -> tuple[dict[int, int], int]:
    """Return where each object of the update begins, by number, and where its table does.

    The objects stand one behind the other from the first byte on, each of them once.
    """
    found: dict[int, int] = {}
    at = 0
    while head := _OBJECT.match(appended, at):
        number = int(head[1])
        if number in found:
            raise ValueError("doubled")
        found[number] = at
        at = head.end() + len(_body(appended, at, number)) + len(b"\nendobj\n")
    return found, at


def _with_field(catalog: bytes, field: int) -> bytes:
    head, mark, rest = catalog.partition(b"/AcroForm<</Fields[")
    listed, _, rest = rest.partition(b"]")
    return b"".join((head, mark, listed, b" %d 0 R]" % field, rest))


def _examine_store(before: bytes, store: int, objects: dict[int, bytes]) -> None:
    """Take the evidence's list out of `objects`, once it lists what it listed and the new streams."""
    old, new = (_STORE.fullmatch(body) for body in (_latest(before, store), objects.pop(store)))
    if old is None or new is None:
        raise ValueError("no store")
    added = []
    for was, now in zip(old.groups(), new.groups(), strict=True):
        if not now.startswith(was):
            raise ValueError("evidence taken away")
        added += [int(number) for number in re.findall(rb"(\d+) 0 R", now[len(was) :])]
    if sorted(added) != sorted(objects):
        raise ValueError("evidence that is not listed")


def _is_evidence(body: bytes) -> bool:
    """Say whether a stream holds one certificate or one revocation list, and not a byte more."""
    length = _LENGTH.match(body)
    if length is None:
        return False
    der = body[length.end() : length.end() + int(length[1])]
    if body[length.end() + len(der) :] != b"\nendstream":
        return False
    return any(_is_whole(kind, der) for kind in (x509.Certificate, crl.CertificateList))


def _is_whole(kind: type, der: bytes) -> bool:
    try:
        read = kind.load(der, strict=True)  # type: ignore[attr-defined]
        return bool(read.native) and bool(read.dump(force=True) == der)
    except (ValueError, TypeError, LookupError, AttributeError):
        return False


def _table(before: bytes, file: _Before, places: dict[int, int], table_at: int) -> bytes:
    """Return the table and the trailer that belong to an update with these objects."""
    rows = b"".join(
        b"%d 1\n%010d 00000 n \n" % (number, len(before) + places[number])
        for number in sorted(places)
    )
    own_id = hashlib.sha256(before).hexdigest()[:32].encode()
    size = max(file.size, max(places) + 1)
    return (
        b"xref\n%strailer\n<</Size %d/Root %d 0 R%s" % (rows, size, file.root, file.info)
        + b"/ID[%s<%s>]/Prev %d>>\n" % (file.first_id, own_id, file.xref_at)
        + b"startxref\n%d\n%%%%EOF\n" % (len(before) + table_at)
    )


def _refused(appended: bytes) -> Refused:
    return Refused(Part.SIGNATURE, "file.appended", f"{len(appended)} bytes")
