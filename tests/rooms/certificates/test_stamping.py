"""Does a signature last? Evidence within the file, time stamps behind it, and foreign readers' word on both."""

import asyncio
import io
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import ades, policy_decl, validate_pdf_signature
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.context import CertValidationPolicySpec
from pyhanko_certvalidator.ltv.types import ValidationTimingInfo
from pyhanko_certvalidator.policy_decl import REQUIRE_REVINFO, CertRevTrustPolicy
from pyhanko_certvalidator.registry import SimpleTrustManager

from kompeten.certificates.adapters import authority, certify, pades, revision, timestamp
from kompeten.certificates.adapters.pades import Evidence
from kompeten.register.adapters import pdf as reading
from kompeten.register.adapters.verify import verify
from kompeten.register.terms import Part, Trust, Verdict
from tests.make.certificates import LATER, PASSPHRASE, SIGNED_AT, folder, keys, sealed, trusted
from tests.make.timestamps import STAMPED_AT, Authority, served

TIME = Authority()
EVIDENCE = TIME.evidence(SIGNED_AT)
STAMPED = pades.stamp(sealed().pdf, timestamper=TIME, evidence=EVIDENCE)
RENEWED_AT = SIGNED_AT + timedelta(days=4 * 365)


def fresh(at: datetime) -> Evidence:
    """Return what is known of both chains at `at`: revocation lists of the day before."""
    yesterday = at - timedelta(days=1)
    above = authority._authority(folder(), PASSPHRASE)
    ours = certify.revocation_list(above, (), at=yesterday)
    return Evidence((), (ours, *TIME.evidence(yesterday).crls))


TWICE = pades.stamp(STAMPED, timestamper=Authority(now=RENEWED_AT), evidence=fresh(RENEWED_AT))
# The signing certificate ends after twelve years, the first time-stamp authority's after five.
LONG_AFTER = SIGNED_AT + timedelta(days=4 * 365 + 30)


def believing(*authorities: Authority) -> Trust:
    """Return what somebody believes who trusts us and these time-stamp authorities."""
    return replace(trusted(), timestamping=tuple(a.root for a in authorities or (TIME,)))


def judged(pdf: bytes, *, at: datetime = LATER, by: Trust | None = None) -> Verdict:
    """Return the verdict of such a person."""
    return verify(pdf, trust=by or believing(), at=at)


def fault(verdict: Verdict) -> str:
    """Return the code of the first part that does not hold."""
    return next(finding.code for finding in verdict.findings if finding.holds is False)


def by_pyhanko(pdf: bytes, *, at: datetime) -> ades.AdESLTAValidationResult:
    """Return what pyHanko finds of the first signature by ETSI EN 319 102-1, 5.6.3, with no network."""
    roots = [asn1.Certificate.load(der) for der in (keys().chain[-1], TIME.root)]
    policy = CertValidationPolicySpec(
        trust_manager=SimpleTrustManager.build(roots),
        revinfo_policy=CertRevTrustPolicy(REQUIRE_REVINFO),
    )
    never = policy_decl.RevocationInfoGatheringSpec(
        online_fetching_rule=policy_decl.RevinfoOnlineFetchingRule.LOCAL_ONLY
    )
    spec = policy_decl.PdfSignatureValidationSpec(
        policy_decl.SignatureValidationSpec(
            cert_validation_policy=policy, revinfo_gathering_policy=never
        )
    )
    signature = PdfFileReader(io.BytesIO(pdf), strict=True).embedded_signatures[0]
    timing = ValidationTimingInfo(at, at, point_in_time_validation=True)
    return asyncio.run(ades.ades_lta_validation(signature, spec, timing_info=timing))


# -- The evidence within -------------------------------------------------------------------------


def test_the_chain_and_its_revocation_list_lie_in_the_signed_file() -> None:
    store = DocumentSecurityStore.read_dss(PdfFileReader(io.BytesIO(sealed().pdf), strict=True))

    held = [ref.get_object().data for ref in store.certs.values()]
    lists = [ref.get_object().data for ref in store.crls]

    assert sorted(held) == sorted(keys().chain)
    assert lists == list(keys().crls)
    assert certify.is_of(lists[0], keys().chain[-1])


def test_pyhanko_finds_revocation_settled_by_what_the_file_holds_alone() -> None:
    reader = PdfFileReader(io.BytesIO(sealed().pdf), strict=True)
    store = DocumentSecurityStore.read_dss(reader)
    root = asn1.Certificate.load(keys().chain[-1])
    context = store.as_validation_context(
        {
            "trust_roots": [root],
            "moment": SIGNED_AT + timedelta(days=2),
            "allow_fetching": False,
            "revocation_mode": "require",
        }
    )

    assert validate_pdf_signature(reader.embedded_signatures[0], context).bottom_line


def test_without_what_the_file_holds_pyhanko_would_not_know() -> None:
    reader = PdfFileReader(io.BytesIO(sealed().pdf), strict=True)
    context = ValidationContext(
        trust_roots=[asn1.Certificate.load(keys().chain[-1])],
        moment=SIGNED_AT + timedelta(days=2),
        allow_fetching=False,
        revocation_mode="require",
        crls=[TIME.evidence(SIGNED_AT).crls[0]],  # of another authority
    )

    assert not validate_pdf_signature(reader.embedded_signatures[0], context).bottom_line


def test_our_verifier_counts_revocation_as_looked_at() -> None:
    assert "issuer.revocation" not in judged(sealed().pdf).not_checked


# -- The stamp behind ----------------------------------------------------------------------------


def test_a_stamp_leaves_every_byte_before_it_as_it_was() -> None:
    assert STAMPED.startswith(sealed().pdf)
    assert TWICE.startswith(STAMPED)
    assert reading.read(TWICE).signed_sha256 == reading.read(sealed().pdf).signed_sha256


def test_a_stamp_proves_when_the_file_was_there() -> None:
    verdict = judged(STAMPED)

    assert verdict.ok
    assert [(f.part, f.code) for f in verdict.findings][:2] == [
        (Part.SIGNATURE, "signature.holds"),
        (Part.TIME, "time.stamped"),
    ]
    assert verdict.findings[1].detail.startswith(STAMPED_AT.isoformat())
    assert "time.own_statement" not in verdict.not_checked


@pytest.mark.parametrize(
    ("pdf", "at"), [(STAMPED, STAMPED_AT + timedelta(days=1)), (TWICE, RENEWED_AT)]
)
def test_pyhanko_finds_a_signature_for_the_long_term(pdf: bytes, at: datetime) -> None:
    result = by_pyhanko(pdf, at=at)

    # The stamps are its evidence record: valid from the last, which is judged now, to the first.
    assert result.oldest_evidence_record_timestamp == STAMPED_AT
    assert result.api_status.bottom_line
    assert result.api_status.modification_level is ModificationLevel.LTA_UPDATES


def test_a_second_stamp_carries_the_first_past_the_end_of_its_authority() -> None:
    ends = SIGNED_AT + timedelta(days=5 * 365)
    young = Authority(now=RENEWED_AT, number=2)
    renewed = pades.stamp(STAMPED, timestamper=young)
    both = believing(TIME, young)

    after = judged(renewed, at=ends - timedelta(days=31), by=both)
    alone = judged(STAMPED, at=ends + timedelta(days=1))

    assert after.ok
    assert fault(alone) == "time.stamp_stranger"


def test_what_was_proven_in_time_outlives_the_signing_certificate() -> None:
    late = SIGNED_AT + timedelta(days=certify.SIGNING_DAYS + 1)
    fresh = Authority(now=late - timedelta(days=5), number=1)

    found = {f.part: f.code for f in judged(sealed().pdf, at=late).findings}
    assert found[Part.ISSUER] == "issuer.not_in_force"
    assert fresh.root == TIME.root


def test_newer_evidence_is_added_once() -> None:
    again = pades.stamp(STAMPED, timestamper=Authority(now=RENEWED_AT), evidence=EVIDENCE)

    store = DocumentSecurityStore.read_dss(PdfFileReader(io.BytesIO(again), strict=True))

    assert len(store.certs) == len(keys().chain) + 1
    assert len(store.crls) == len(keys().crls) + 1
    assert judged(again, at=LONG_AFTER).ok


def test_an_unknown_time_stamp_authority_is_not_believed() -> None:
    assert fault(judged(STAMPED, by=trusted())) == "time.stamp_stranger"


def test_a_stamp_from_the_future_is_not_believed() -> None:
    assert fault(judged(TWICE)) == "time.stamp_order"


def test_a_stamp_of_another_file_is_not_believed() -> None:
    ours = reading.read(STAMPED).stamps[0].token.hex().encode()
    theirs = TIME.stamp(bytes(32)).hex().encode()

    swapped = STAMPED.replace(ours, theirs.ljust(len(ours), b"0")[: len(ours)])

    assert fault(judged(swapped)) == "time.stamp_other"


def test_the_stamp_has_no_place_on_a_page() -> None:
    reader = PdfFileReader(io.BytesIO(TWICE), strict=True)

    page = reader.root["/Pages"]["/Kids"][0]

    assert [str(f.get_object()["/T"]) for f in reader.root["/AcroForm"]["/Fields"]] == [
        "Tanda tangan",
        "Stempel waktu 1",
        "Stempel waktu 2",
    ]
    assert sum(note.get_object()["/Subtype"] == "/Widget" for note in page["/Annots"]) == 1


def test_a_file_that_nobody_signed_is_not_stamped() -> None:
    with pytest.raises(revision.UnknownPdf):
        pades.stamp(b"%PDF-1.7\n", timestamper=TIME)


# -- One changed byte ----------------------------------------------------------------------------


def flipped(data: bytes, at: int, bit: int) -> bytes:
    """Return `data` with one bit turned over."""
    return b"".join((data[:at], bytes([data[at] ^ 1 << bit]), data[at + 1 :]))


def test_any_changed_byte_of_the_update_is_refused() -> None:
    start, gap = len(sealed().pdf), STAMPED.rindex(b"/Contents<")
    after = STAMPED.index(b">", gap)

    for at in (*range(start, gap + 10, 3), *range(after - 40, len(STAMPED), 3)):
        for bit in (0, 5):
            assert not judged(flipped(STAMPED, at, bit)).ok, (at, bit)


def test_any_changed_byte_of_the_stamp_itself_is_refused() -> None:
    gap = STAMPED.rindex(b"/Contents<") + len(b"/Contents<")
    token = reading.read(STAMPED).stamps[0].token

    for at in range(gap, gap + 2 * len(token) + 8, 5):
        for bit in (0, 1, 2, 5):
            assert not judged(flipped(STAMPED, at, bit)).ok, (at, bit)


def test_any_changed_byte_of_the_evidence_is_refused() -> None:
    start = sealed().pdf.index(b"/Type/DSS")
    end = sealed().pdf.rindex(b"endstream")

    for at in range(start, end, 7):
        assert fault(judged(flipped(sealed().pdf, at, 0))) == "signature.content_changed", at


@pytest.mark.parametrize("more", [b"\n", b"%%EOF\n", b"A"])
def test_what_stands_behind_the_stamp_is_refused(more: bytes) -> None:
    assert fault(judged(STAMPED + more)) == "file.appended"


@pytest.mark.parametrize("cut", [1, 100, 5000, 14000])
def test_a_stamped_file_that_was_cut_is_refused(cut: int) -> None:
    assert not judged(STAMPED[:-cut]).ok


# -- A stranger with a time-stamp authority ------------------------------------------------------


def stamped_over(change: Callable[[dict[int, bytes], revision.Opened], None]) -> bytes:
    """Return our file with an update of somebody else's making, under a good stamp."""
    file = revision.opened(sealed().pdf)
    objects, value = pades._stamped_objects(file, EVIDENCE, pades.STAMP_BYTES[0])
    change(objects, file)
    return pades._filled(revision.appended(file, objects), value, TIME.stamp)


def with_another_page(objects: dict[int, bytes], file: revision.Opened) -> None:
    """Let the catalog lead to other pages."""
    objects[file.root] = objects[file.root].replace(b"/Pages 1 0 R", b"/Pages 9 0 R")


def with_a_replaced_object(objects: dict[int, bytes], file: revision.Opened) -> None:
    """Put another object in the place of one that the page is made of."""
    objects[3] = b"<</Type/Page>>"


def with_a_hidden_object(objects: dict[int, bytes], file: revision.Opened) -> None:
    """Bring something along that nothing points to."""
    objects[file.size + 40] = b"<</Length 3>>\nstream\nabc\nendstream"


def with_less_evidence(objects: dict[int, bytes], file: revision.Opened) -> None:
    """Take the evidence of the chain away."""
    store = next(number for number, body in objects.items() if body.startswith(b"<</Type/DSS"))
    objects[store] = b"<</Type/DSS/Certs[]/CRLs[]>>"


def with_an_action(objects: dict[int, bytes], file: revision.Opened) -> None:
    """Let something happen when the file is opened."""
    objects[file.root] = objects[file.root][:-2] + b"/OpenAction<</S/URI/URI(http://x)>>>>"


@pytest.mark.parametrize(
    "change",
    [
        with_another_page,
        with_a_replaced_object,
        with_a_hidden_object,
        with_less_evidence,
        with_an_action,
    ],
)
def test_a_good_stamp_excuses_no_other_change(
    change: Callable[[dict[int, bytes], revision.Opened], None],
) -> None:
    assert judged(stamped_over(lambda _objects, _file: None)).ok
    assert fault(judged(stamped_over(change))) == "file.appended"


def test_a_certificate_that_looks_like_a_catalog_is_not_taken_for_one() -> None:
    # As evidence a stranger may bring any certificate; this one holds the text of an object.
    file = revision.opened(sealed().pdf)
    root = file.root
    forged = revision.body(file, root).replace(b"/Pages 1 0 R", b"/Pages 9 0 R")
    text = f"\n{root} 0 obj\n{forged.decode()}\nendobj\n"
    key = ec.derive_private_key(77, ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "x")])
    other = x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.3.4"), text.encode())
    certificate = (
        x509.CertificateBuilder()
        .issuer_name(name)
        .subject_name(name)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(SIGNED_AT)
        .not_valid_after(LATER)
        .add_extension(other, critical=False)
        .sign(key, hashes.SHA256())
    )
    der = certificate.public_bytes(serialization.Encoding.DER)
    once = pades.stamp(sealed().pdf, timestamper=TIME, evidence=Evidence((der,), ()))
    file = revision.opened(once)
    objects, value = pades._stamped_objects(file, Evidence(), pades.STAMP_BYTES[0])
    objects[root] = objects[root].replace(b"/Pages 1 0 R", b"/Pages 9 0 R")
    twice = pades._filled(revision.appended(file, objects), value, TIME.stamp)

    assert judged(once).ok
    assert fault(judged(twice)) == "file.appended"


# -- Asking over the network ---------------------------------------------------------------------


def test_an_authority_is_asked_over_http() -> None:
    service = Authority()
    with served(service) as url:
        asked = timestamp.HttpTimestamper(url, (service.root,))

        stamped = pades.stamp(sealed().pdf, timestamper=asked)

    assert judged(stamped).ok
    assert service.asked == 1


def test_an_authority_that_is_away_is_asked_later() -> None:
    service = Authority(down=True)
    with served(service) as url, pytest.raises(timestamp.TimestampUnavailable):
        timestamp.HttpTimestamper(url, (service.root,)).stamp(bytes(32))
    with pytest.raises(timestamp.TimestampUnavailable):
        timestamp.HttpTimestamper(url, (service.root,)).stamp(bytes(32))


@pytest.mark.parametrize(
    "answer", [b"", b"<html>", b"\x30\x03\x02\x01\x00", b"\x30\x05\x30\x03\x02\x01\x02"]
)
def test_an_answer_that_is_no_stamp_is_asked_for_again_later(answer: bytes) -> None:
    with (
        served(Authority(answer=answer)) as url,
        pytest.raises(timestamp.TimestampUnavailable),
    ):
        timestamp.HttpTimestamper(url, (TIME.root,)).stamp(bytes(32))


def test_an_old_answer_played_again_is_refused() -> None:
    service = Authority()
    with served(service) as url:
        asked = timestamp.HttpTimestamper(url, (service.root,))
        asked.stamp(bytes(32))
        question = timestamp._question(bytes(32), nonce=7)
        service.answer = service.reply(question)

        with pytest.raises(timestamp.TimestampRefused, match="another question"):
            asked.stamp(bytes(32))


def test_an_authority_of_strangers_is_refused() -> None:
    with (
        served(Authority()) as url,
        pytest.raises(timestamp.TimestampRefused, match="no trusted root"),
    ):
        timestamp.HttpTimestamper(url, (Authority(number=2).root,)).stamp(bytes(32))
