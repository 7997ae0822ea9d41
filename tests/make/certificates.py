"""Whose certificate is it? Contents of known people, and a demonstration authority to sign them."""

import io
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from PIL import Image, ImageDraw

from kompeten.certificates import tasks as issuing
from kompeten.certificates.adapters import authority, seal, trustfile
from kompeten.certificates.adapters.keyfile import FileKeys
from kompeten.certificates.terms import (
    Body,
    Content,
    Decree,
    Issuer,
    Named,
    Scheme,
    Sealed,
    Signatory,
)
from kompeten.register import tasks as logging
from kompeten.register.adapters import trust
from kompeten.register.terms import Trust
from tests.make import races

SIGNED_AT = datetime(2026, 11, 20, 17, 30, tzinfo=UTC)  # 00.30 WIB on the 21st
LATER = datetime(2027, 5, 3, 4, 0, tzinfo=UTC)
BODY = "Lembaga Sertifikasi Profesi Kesejahteraan Sosial"
ISSUER = Issuer("did:web:lsp.example", "https://lsp.example/konteks/sertifikat-v1")
PASSPHRASE = b"only for tests"

# What happens to a certificate that nothing is wrong with.
WAY = tuple(
    f"certificate.{step}"
    for step in ("reserved", "intended", "signed", "checked", "logged", "published")
)
# Who takes it along, in turns.
ISSUING = (
    "certificates.reserve",
    "certificates.intend",
    "certificates.sign",
    "certificates.check",
    "register.log",
    "certificates.publish",
)
STEPS = (issuing.reserve, issuing.intend, issuing.sign, issuing.check, issuing.publish)

_UNITS = (
    ("PS.01", "Membangun relasi pertolongan", "Building a helping relationship"),
    ("PS.02", "Melakukan asesmen kebutuhan dan sumber", "Assessing needs and resources"),
    ("PS.03", "Menyusun rencana intervensi bersama klien", "Planning the intervention"),
    ("PS.04", "Melakukan evaluasi dan terminasi", ""),
)
ANI = Content(
    number="88900 2635 2 0000123 2026",
    ref="K7XQ2M9D4T",
    holder="Ni Luh Ani Kartika Dewi, S.Tr.Sos.",
    profession=Named("social_worker", "Pekerja Sosial", "Social Worker"),
    level=Named("generalist", "Generalis", "Generalist"),
    scheme=Scheme("SKM-PS-GEN", "3", "Pekerja Sosial Generalis", "Generalist Social Worker"),
    programme=Named("pkh", "Program Keluarga Harapan", "Family Hope Programme"),
    units=tuple(Named(*unit) for unit in _UNITS),
    decree=Decree("45/LSP/SK/XI/2026", date(2026, 11, 18)),
    legal_basis=("Undang-Undang Nomor 14 Tahun 2019 tentang Pekerja Sosial",),
    body=Body(BODY, "Certification Body for the Social Welfare Professions"),
    signatory=Signatory("Drs. Wayan Suteja, M.Si.", "Direktur", "Director"),
    place="Jakarta",
    signed_on=date(2026, 11, 21),
    valid_from=date(2026, 11, 21),
    valid_until=date(2031, 11, 20),
    verify_url="https://lsp.example/s/K7XQ2M9D4T",
    is_demonstration=True,
)
EKO = replace(ANI, number="88900 2635 2 0000124 2026", ref="P3RN8V2C6H", holder="Eko Prasetyo")


def content(**changes: Any) -> Content:
    """Return Ani's content, changed."""
    return replace(ANI, **changes)


@cache
def face(tone: int = 0, *, size: tuple[int, int] = (600, 900)) -> bytes:
    """Return a photo as a phone makes it: a JPEG of two to three with a place in its metadata."""
    picture = Image.new("RGB", size, (170, 30 + tone, 35))
    draw, (width, height) = ImageDraw.Draw(picture), size
    draw.ellipse((width * 0.1, height * 0.7, width * 0.9, height * 1.4), fill=(40, 60, 90))
    draw.ellipse((width * 0.3, height * 0.15, width * 0.7, height * 0.6), fill=(205, 155, 122))
    exif = Image.Exif()
    exif[0x010F] = "Telepon Ani"  # the maker
    exif[0x8825] = {1: "S", 2: (6.0, 12.0, 3.0)}  # where it was taken
    written = io.BytesIO()
    picture.save(written, "JPEG", quality=92, exif=exif)
    return written.getvalue()


@cache
def folder(seed: int = 1) -> Path:
    """Return a folder with an authority of its own for each `seed`, made once a process."""
    place = Path(mkdtemp(prefix="kompeten-authority-")) / "keys"
    authority.create(
        place,
        body=BODY,
        issuer=ISSUER,
        passphrase=PASSPHRASE,
        seed=bytes([seed]) * 32,
        at=SIGNED_AT,
        crl_url="https://lsp.example/otoritas/",
    )
    return place


def keys(seed: int = 1) -> FileKeys:
    """Return the keys of that authority."""
    return authority.load(folder(seed), passphrase=PASSPHRASE)


def trusted(seed: int = 1) -> Trust:
    """Return what somebody believes who believes that authority."""
    return trust.load(folder(seed) / trustfile.TRUST_FILE)


def issue_all(at: datetime) -> None:
    """Let certificates go on, through the log, as far as they can."""
    while any([*(step(at=at) for step in STEPS), _logged(at)]):
        continue


def _logged(at: datetime) -> int:
    races.settle()
    return logging.log(at=at)


@cache
def sealed(of: Content = ANI) -> Sealed:
    """Return the finished certificate of a content."""
    return seal.seal(of, keys=keys(), at=SIGNED_AT)
