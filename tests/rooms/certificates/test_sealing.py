"""Does the body's signature on decree and minutes hold before foreign readers, over the very paper?"""

import io
import re
import subprocess
from pathlib import Path

import pytest
from asn1crypto import x509
from django.db import DatabaseError, transaction
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from kompeten.certificates import queries, tasks
from kompeten.certificates.actions.sealing import PaperNotSealed
from kompeten.certificates.adapters import check
from kompeten.certificates.models import SealedPaper
from kompeten.certificates.terms import SealedKind
from kompeten.decisions import queries as decisions
from kompeten.decisions.models import Decree
from kompeten.foundation import ledger
from tests.make.decisions import DECIDED_AT, certified, decided

pytestmark = pytest.mark.django_db
AT = DECIDED_AT


def sealed() -> Decree:
    """Return a decree whose papers bear the body's signature."""
    decree = certified().meeting.decree
    assert tasks.seal_papers(at=AT) == 1
    return decree


@pytest.mark.parametrize("kind", list(SealedKind))
def test_pyhanko_finds_the_signature_over_the_whole_paper(kind: SealedKind) -> None:
    decree = sealed()
    pdf = queries.sealed_paper(decree, kind) or b""
    root = x509.Certificate.load(queries.keys().signer.chain[-1])

    reader = PdfFileReader(io.BytesIO(pdf), strict=True)
    (signature,) = reader.embedded_signatures
    status = validate_pdf_signature(
        signature, ValidationContext(trust_roots=[root], moment=AT, allow_fetching=False)
    )

    assert (status.intact, status.valid, status.trusted) == (True, True, True)
    assert status.coverage.name == "ENTIRE_FILE"


@pytest.mark.pdfsig
def test_pdfsig_finds_it_too(tmp_path: Path) -> None:
    file = tmp_path / "sk.pdf"
    file.write_bytes(queries.sealed_paper(sealed(), SealedKind.DECREE) or b"")

    said = subprocess.run(
        ["pdfsig", "-nocert", str(file)], capture_output=True, text=True, check=False
    ).stdout

    assert "Signature Validation: Signature is Valid." in said
    assert "Total document signed" in said


def test_the_paper_within_is_the_one_the_director_signed() -> None:
    decree = sealed()

    pdf = queries.sealed_paper(decree, SealedKind.DECREE) or b""

    assert pdf.startswith((decisions.paper(decree) or b"?").rstrip())
    (paper,) = SealedPaper.objects.filter(kind=SealedKind.DECREE)
    assert paper.source_sha256 == decree.sha256
    facts = ledger.history("paper", paper.pk)[0].facts
    assert facts["source"] == f"sha256:{decree.sha256}"


def test_any_changed_byte_is_found_by_our_own_reader() -> None:
    decree = sealed()
    pdf = queries.sealed_paper(decree, SealedKind.DECREE) or b""
    source = decisions.paper(decree) or b""
    first = queries.keys().signer.chain[0]

    def flaws(content: bytes, of: bytes = source) -> tuple[str, ...]:
        return check.paper_flaws(content, source=of, certificate=first, at=AT)

    assert flaws(pdf) == ()
    signed = pdf.rindex(b"/Contents<")  # within the message only what it signs counts
    for at in range(100, signed, signed // 40):
        assert flaws(pdf[:at] + bytes([pdf[at] ^ 1]) + pdf[at + 1 :]), at
    assert flaws(pdf, b"%PDF-another") == ("pdf.source",)


def test_before_the_seal_the_paper_as_signed_by_hand_is_handed_out() -> None:
    decree = decided().meeting.decree

    assert queries.sealed_paper(decree, SealedKind.DECREE) == decisions.paper(decree)
    assert queries.sealed_paper(decree, SealedKind.MINUTES) == decisions.minutes_paper(decree)
    assert not queries.is_sealed(decree)


def test_sealed_once_nothing_waits_and_a_second_ring_changes_nothing() -> None:
    decree = sealed()

    assert (tasks.seal_papers(at=AT), SealedPaper.objects.count()) == (0, 2)
    assert queries.is_sealed(decree)
    with pytest.raises(DatabaseError), transaction.atomic():
        SealedPaper.objects.update(sha256="0" * 64)


def test_keys_that_were_not_in_force_seal_nothing() -> None:
    certified()

    with pytest.raises(PaperNotSealed, match=re.escape("pdf.certificate")):
        tasks.seal_papers(at=AT.replace(year=1999))

    assert not SealedPaper.objects.exists()
