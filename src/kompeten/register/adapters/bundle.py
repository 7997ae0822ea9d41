"""What does a holder carry so that anybody can check it for ever? Sheet, credential, proof, opening: one file.

A ZIP file with four members under fixed names; the same parts give the same bytes.
"""

import io
import zipfile
import zlib
from typing import NamedTuple

from kompeten.kernel.tlog.notes import NoteMalformed
from kompeten.kernel.tlog.proofs import LogProof
from kompeten.register.rules import log as rules
from kompeten.register.terms.log import BundleUnreadable, Opening

SHEET, CREDENTIAL = "sertifikat.pdf", "kredensial.json"
PROOF, OPENING = "log.tlog-proof", "pembuka.json"
MAX_PART_BYTES = 20_000_000
# A file in a ZIP has a date; this is the first one that the format can write.
_NO_DATE = (1980, 1, 1, 0, 0, 0)


class Bundle(NamedTuple):
    """The parts of a bundle; nothing is verified yet."""

    sheet: bytes
    credential: bytes
    proof: str
    opening: Opening


def pack(bundle: Bundle) -> bytes:
    """Return the file."""
    parts = {
        SHEET: bundle.sheet,
        CREDENTIAL: bundle.credential,
        PROOF: bundle.proof.encode(),
        OPENING: rules.opening_bytes(bundle.opening),
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            member = zipfile.ZipInfo(name, _NO_DATE)
            member.external_attr = 0o644 << 16
            file.writestr(member, content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def unpack(content: bytes) -> Bundle:
    """Return the parts of a file. :raises BundleUnreadable: it lacks one, or one is not readable"""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            if sorted(file.namelist()) != sorted((SHEET, CREDENTIAL, PROOF, OPENING)):
                raise BundleUnreadable("it holds something else than the four parts, each once")
            sheet, credential, proof, opening = (
                _part(file, name) for name in (SHEET, CREDENTIAL, PROOF, OPENING)
            )
        LogProof.parse(proof.decode())
        return Bundle(sheet, credential, proof.decode(), rules.read_opening(opening))
    except (
        zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, KeyError, EOFError,
        ValueError, RuntimeError, NoteMalformed, zlib.error,
    ) as error:  # fmt: skip
        raise BundleUnreadable(f"this is no bundle of a certificate: {error}") from error


def _part(file: zipfile.ZipFile, name: str) -> bytes:
    if file.getinfo(name).file_size > MAX_PART_BYTES:
        raise BundleUnreadable(f"{name} is too large")
    with file.open(name) as part:
        found = part.read(MAX_PART_BYTES + 1)
    if len(found) > MAX_PART_BYTES:
        raise BundleUnreadable(f"{name} is too large")
    return found
