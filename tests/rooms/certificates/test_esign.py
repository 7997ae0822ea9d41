"""Does the national service's signature come onto the sheet, and is nothing else taken for it?"""

import io
import json
from collections.abc import Callable
from dataclasses import replace

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from kompeten.certificates.adapters import check_appended, esign, pades, wiring
from kompeten.register.adapters.verify import verify
from kompeten.register.terms import Part, Tenure, Trust, Verdict
from tests.make.certificates import EKO, LATER, sealed, trusted
from tests.make.national import NIK, PASSPHRASE, PASSWORD, USER, Service, served
from tests.make.timestamps import Authority

SERVICE = Service()
TIME = Authority()
STAMPED = pades.stamp(sealed().pdf, timestamper=TIME)
SIGNED = SERVICE.sign(STAMPED)
SIGNATORY = esign.Signatory(NIK, PASSPHRASE)
WORDS = {"reason": "Sertifikat Kompetensi", "place": "Jakarta"}


def known(*services: Service) -> list[bytes]:
    """Return the certificates (DER) of these services' signatories."""
    return [
        x509.load_pem_x509_certificate(s.certificate).public_bytes(
            wiring.trustfile.serialization.Encoding.DER
        )
        for s in services
    ]


def believing(tenure: Tenure = Tenure(), *, whom: Service = SERVICE) -> Trust:  # noqa: B008
    """Return what somebody believes who trusts us, the time stamps and the signatory."""
    certificate = x509.load_pem_x509_certificate(whom.certificate)
    print_ = certificate.fingerprint(hashes.SHA256())
    return replace(trusted(), timestamping=(TIME.root,), countersigners={print_: tenure})


def judged(pdf: bytes, *, by: Trust | None = None) -> Verdict:
    """Return the verdict of such a person."""
    return verify(pdf, trust=by or believing(), at=LATER)


def fault(verdict: Verdict) -> str:
    """Return the code of the first part that does not hold."""
    return next(finding.code for finding in verdict.findings if finding.holds is False)


def client(url: str, **changes: object) -> esign.HttpEsign:
    """Return the connector as the options would wire it."""
    return replace(esign.HttpEsign(url, USER, PASSWORD, SIGNATORY), **changes)


# -- On the sheet --------------------------------------------------------------------------------


@pytest.mark.parametrize("before", [sealed().pdf, STAMPED])
def test_the_national_signature_stands_behind_ours(before: bytes) -> None:
    verdict = judged(SERVICE.sign(before))

    part = next(f for f in verdict.findings if f.part is Part.COUNTERSIGNATURE)
    assert verdict.ok
    assert (part.code, "Wayan Suteja" in part.detail) == ("countersignature.holds", True)


def test_others_find_both_signatures_whole() -> None:
    found = PdfFileReader(io.BytesIO(SIGNED), strict=True).embedded_signatures

    assert [s.field_name for s in found] == ["Tanda tangan", "Stempel waktu 1", "BSrE"]
    ours = validate_pdf_signature(found[0], ValidationContext(trust_roots=[], moment=LATER))
    theirs = validate_pdf_signature(found[2], ValidationContext(trust_roots=[], moment=LATER))
    assert (ours.intact, ours.valid, theirs.intact, theirs.valid) == (True,) * 4
    assert (ours.docmdp_ok, theirs.coverage.name) == (True, "ENTIRE_FILE")


def test_any_changed_byte_is_refused_or_says_nothing_new() -> None:
    # Within the service's message there are bytes that its signature leaves out: whoever turns one
    # over changes nothing that is read. Everywhere else a change is refused.
    gap = SIGNED.rindex(b"/Contents <") + len(b"/Contents <")
    end = SIGNED.index(b">", gap)
    whole = judged(SIGNED)

    for at in (*range(len(STAMPED), gap, 17), *range(end, len(SIGNED), 5), *range(0, gap, 4001)):
        flipped = b"".join((SIGNED[:at], bytes([SIGNED[at] ^ 1]), SIGNED[at + 1 :]))
        assert not judged(flipped).ok, at
    for at in range(gap, end, 61):
        flipped = b"".join((SIGNED[:at], bytes([SIGNED[at] ^ 1]), SIGNED[at + 1 :]))
        verdict = judged(flipped)
        assert not verdict.ok or verdict == whole, at


def test_a_strangers_signature_is_refused() -> None:
    assert fault(judged(Service(number=2).sign(STAMPED))) == "countersignature.stranger"
    assert fault(judged(SIGNED, by=trusted())) in {
        "time.stamp_stranger",
        "countersignature.stranger",
    }


def test_a_lost_signatory_counts_no_longer() -> None:
    assert fault(judged(SIGNED, by=believing(Tenure(compromised_at=LATER)))) == (
        "countersignature.stranger"
    )


@pytest.mark.parametrize("more", [b"\n", b"%%EOF\n"])
def test_what_stands_behind_it_is_refused(more: bytes) -> None:
    assert fault(judged(SIGNED + more)) == "file.appended"


def test_nothing_of_ours_comes_after_it() -> None:
    with pytest.raises(pades.revision.UnknownPdf):
        pades.stamp(SIGNED, timestamper=TIME)


@pytest.mark.parametrize(
    ("after", "code"),
    [
        (lambda: SIGNED, ""),
        (lambda: STAMPED, "esign.other_file"),
        (lambda: SERVICE.sign(sealed(EKO).pdf), "esign.other_file"),
        (lambda: SERVICE.sign(SIGNED), "esign.other_file"),
        (lambda: SIGNED + b"\n", "esign.other_file"),
        (lambda: Service(number=2).sign(STAMPED), "esign.stranger"),
        (lambda: SIGNED[:-900].replace(b"<308", b"<00f") + SIGNED[-900:], "esign.other_file"),
    ],
)
def test_only_our_file_with_that_signature_is_taken(after: Callable[[], bytes], code: str) -> None:
    assert check_appended.countersignature(STAMPED, after(), known(SERVICE)) == code


# -- Over the network ----------------------------------------------------------------------------


def test_the_service_is_asked_as_its_interface_says() -> None:
    service = Service()
    with served(service) as url:
        signed = client(url).sign(STAMPED, **WORDS)

    (asked,) = service.asked
    assert judged(signed).ok
    assert sorted(asked) == ["file", "nik", "passphrase", "signatureProperties"]
    assert asked["signatureProperties"] == [
        {"tampilan": "INVISIBLE", "reason": "Sertifikat Kompetensi", "location": "Jakarta"}
    ]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"signatory": esign.Signatory(NIK, "salah")}, "esign.passphrase"),
        ({"signatory": esign.Signatory("3" * 16, PASSPHRASE)}, "esign.not_registered"),
        ({"password": "salah"}, "esign.client"),
    ],
)
def test_a_refusal_is_told_by_its_reason(change: dict[str, object], reason: str) -> None:
    with served(Service()) as url, pytest.raises(esign.EsignRefused) as refusal:
        client(url, **change).sign(STAMPED, **WORDS)

    assert refusal.value.reason == reason


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        ((400, "Sertifikat pengguna telah kedaluwarsa"), "esign.expired"),
        ((400, "Certificate expired"), "esign.expired"),
        ((400, "Berkas tidak dapat diproses"), "esign.refused"),
        ((403, "Forbidden"), "esign.client"),
    ],
)
def test_the_services_words_are_understood(error: tuple[int, str], reason: str) -> None:
    with served(Service(error=error)) as url, pytest.raises(esign.EsignRefused) as refusal:
        client(url).sign(STAMPED, **WORDS)

    assert refusal.value.reason == reason


@pytest.mark.parametrize(
    "service",
    [
        Service(down=True),
        Service(error=(500, "Internal Server Error")),
        Service(answers=b"<html>"),
        Service(answers=b"{}"),
        Service(answers=json.dumps({"file": ["?"]}).encode()),
        Service(answers=json.dumps({"file": []}).encode()),
    ],
)
def test_no_answer_that_makes_sense_is_asked_for_later(service: Service) -> None:
    with served(service) as url, pytest.raises(esign.EsignUnavailable):
        client(url).sign(STAMPED, **WORDS)


def test_a_passphrase_stays_out_of_every_message() -> None:
    with served(Service()) as url:
        wrong = client(url, signatory=esign.Signatory(NIK, "salah sekali"))
        with pytest.raises(esign.EsignRefused) as refusal:
            wrong.sign(STAMPED, **WORDS)

    told = repr(wrong) + repr(refusal.value) + str(refusal.value) + repr(refusal.value.__cause__)
    for secret in ("salah sekali", NIK, PASSWORD):
        assert secret not in told
