"""Do foreign readers accept our signature? pyHanko as the reference, Debian's pdfsig as the public."""

import io
import subprocess
from pathlib import Path

import pytest
from asn1crypto import x509
from asn1crypto.keys import PrivateKeyInfo
from cryptography.hazmat.primitives import serialization
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields, signers
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

from kompeten.certificates.adapters import pades, pdf
from kompeten.register.adapters.verify import verify
from tests.make.certificates import ANI, LATER, PASSPHRASE, SIGNED_AT, keys, sealed, trusted

WORDS = pades.Words("Drs. Wayan Suteja, M.Si.", "Sertifikat Kompetensi", "Jakarta")


def sheet() -> bytes:
    """Return Ani's sheet before it is signed."""
    return pdf.render(
        ANI,
        credential_json=sealed().credential,
        qr_text=sealed().qr,
        key_id=keys().credential_signer.key_id,
        at=SIGNED_AT,
    )


def by_pyhanko(unsigned: bytes) -> bytes:
    """Return the sheet signed by pyHanko with the same keys, at the same level."""
    chain = [x509.Certificate.load(der) for der in keys().chain]
    key = serialization.load_pem_private_key(keys().signing_pem, PASSPHRASE)
    plain = key.private_bytes(
        serialization.Encoding.DER,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    store = SimpleCertificateStore.from_certs(chain[:1])
    signer = signers.SimpleSigner(
        signing_cert=chain[0],
        signing_key=PrivateKeyInfo.load(plain),
        cert_registry=store,
    )
    meta = signers.PdfSignatureMetadata(
        field_name="Tanda tangan", subfilter=fields.SigSeedSubFilter.PADES, md_algorithm="sha256"
    )
    out = signers.PdfSigner(meta, signer).sign_pdf(IncrementalPdfFileWriter(io.BytesIO(unsigned)))
    return out.getvalue()


def test_pyhanko_finds_the_signature_whole_and_trusted() -> None:
    reader = PdfFileReader(io.BytesIO(sealed().pdf), strict=True)
    root = x509.Certificate.load(keys().chain[-1])
    context = ValidationContext(trust_roots=[root], moment=LATER, allow_fetching=False)

    (signature,) = reader.embedded_signatures
    status = validate_pdf_signature(signature, context)

    assert status.bottom_line
    assert status.coverage.name == "ENTIRE_FILE"
    assert signature.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"
    assert status.signer_reported_dt == SIGNED_AT


def test_the_signature_is_baseline_b_b() -> None:
    (signature,) = PdfFileReader(io.BytesIO(sealed().pdf)).embedded_signatures

    attributes = [attribute["type"].native for attribute in signature.signer_info["signed_attrs"]]

    assert attributes == ["content_type", "message_digest", "signing_certificate_v2"]
    assert signature.signer_info["unsigned_attrs"].native is None


def test_the_field_has_no_area_and_the_pages_keep_their_links() -> None:
    reader = PdfFileReader(io.BytesIO(sealed().pdf), strict=True)

    page = reader.root["/Pages"]["/Kids"][0]
    kinds = {str(note.get_object()["/Subtype"]): note.get_object() for note in page["/Annots"]}

    assert sorted(kinds) == ["/Link", "/Widget"]
    assert list(kinds["/Widget"]["/Rect"]) == [0, 0, 0, 0]
    assert kinds["/Widget"]["/TU"] == "Tanda tangan elektronik"


def test_signing_changes_no_byte_of_the_sheet() -> None:
    assert sealed().pdf.startswith(sheet())


def test_the_same_sheet_signed_again_is_the_same_file() -> None:
    one = pades.sign(sheet(), signer=keys().signer, words=WORDS, at=SIGNED_AT)

    assert one == pades.sign(sheet(), signer=keys().signer, words=WORDS, at=SIGNED_AT)


def test_another_program_may_sign_our_sheet_and_our_reader_judges_it_alike() -> None:
    verdict = verify(by_pyhanko(sheet()), trust=trusted(), at=LATER)

    assert verdict.findings[0].code == "signature.holds"
    assert verdict.ok


@pytest.mark.parametrize(
    "strange",
    [b"", b"%PDF-1.7\n", b"%PDF-1.7\ntrailer <</Size 1/Root 1 0 R>>\nstartxref\n9\n%%EOF"],
)
def test_a_file_that_is_not_ours_is_not_signed(strange: bytes) -> None:
    with pytest.raises(pades.UnknownPdf):
        pades.sign(strange, signer=keys().signer, words=WORDS, at=SIGNED_AT)


def test_a_signed_file_is_not_signed_a_second_time() -> None:
    with pytest.raises(pades.UnknownPdf):
        pades.sign(sealed().pdf, signer=keys().signer, words=WORDS, at=SIGNED_AT)


@pytest.mark.pdfsig
def test_pdfsig_says_the_signature_is_valid(tmp_path: Path) -> None:
    file = tmp_path / "sertifikat.pdf"
    file.write_bytes(sealed().pdf)

    said = subprocess.run(["pdfsig", str(file)], capture_output=True, text=True, check=False).stdout

    assert "Signature is Valid." in said
    assert "Total document signed" in said
    assert "ETSI.CAdES.detached" in said


@pytest.mark.pdfsig
def test_pdfsig_sees_a_changed_byte(tmp_path: Path) -> None:
    changed = bytearray(sealed().pdf)
    changed[len(changed) // 3] ^= 1
    file = tmp_path / "sertifikat.pdf"
    file.write_bytes(changed)

    said = subprocess.run(
        ["pdfsig", "-nocert", str(file)], capture_output=True, text=True, check=False
    ).stdout

    assert "Digest Mismatch" in said


@pytest.mark.pdfsig
def test_what_is_printed_is_what_was_meant(tmp_path: Path) -> None:
    file = tmp_path / "sertifikat.pdf"
    file.write_bytes(sealed().pdf)

    text = subprocess.run(
        ["pdftotext", "-layout", str(file), "-"], capture_output=True, text=True, check=True
    ).stdout

    printed = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
    assert printed == Path(__file__).with_name("sheet.txt").read_text().splitlines()
