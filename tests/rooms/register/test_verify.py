"""Is what we issued believed, and nothing else? Every way to cheat, by the part that gives it away."""

import base64
import io
import json
import random
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from kompeten.certificates.adapters import badge, credential, pades, pdf, token
from kompeten.certificates.ports import Signer
from kompeten.foundation import typeset
from kompeten.foundation.vc import integrity
from kompeten.foundation.vc.integrity import Suite
from kompeten.kernel import baking, canonical
from kompeten.register.adapters import trust
from kompeten.register.adapters.verify import sniff, verify
from kompeten.register.terms import CredentialKey, Kind, Part, Trust, Verdict
from tests.make.certificates import ANI, EKO, ISSUER, LATER, SIGNED_AT, keys, sealed, trusted

FORMS = {
    Kind.PDF: sealed().pdf,
    Kind.CREDENTIAL: sealed().credential,
    Kind.QR: sealed().qr.encode(),
}


def judged(data: bytes, *, at: datetime = LATER, by: Trust | None = None) -> Verdict:
    """Return the verdict of somebody who trusts our authority."""
    return verify(data, trust=by or trusted(), at=at)


def fault(verdict: Verdict) -> str:
    """Return the code of the first part that does not hold."""
    return next(finding.code for finding in verdict.findings if finding.holds is False)


def found(verdict: Verdict, part: Part) -> str:
    """Return the code of one part."""
    return next(finding.code for finding in verdict.findings if finding.part is part)


def changed(data: bytes, at: int, *, bit: int = 0) -> bytes:
    """Return `data` with one bit turned over."""
    return b"".join((data[:at], bytes([data[at] ^ 1 << bit]), data[at + 1 :]))


# -- What we issue ------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", FORMS)
def test_what_we_issue_is_believed(kind: Kind) -> None:
    verdict = judged(FORMS[kind])

    assert (verdict.ok, verdict.kind) == (True, kind)
    assert "status.register" in verdict.not_checked


@pytest.mark.parametrize("kind", ["png", "svg"])
def test_a_badge_is_judged_by_the_credential_that_it_carries(kind: typeset.Picture) -> None:
    made = badge.render(ANI, credential=sealed().credential, kind=kind, at=SIGNED_AT)
    forged = (
        made.replace(b"Kartika", b"Kartini")
        if kind == "svg"
        else baking.bake_png(
            unbaked(made), sealed().credential.decode().replace("Kartika", "Kartini")
        )
    )

    verdict, other = judged(made), judged(forged)

    assert (verdict.ok, verdict.kind) == (True, Kind.CREDENTIAL)
    assert verdict.facts == tuple(ANI.facts().items())
    assert "paper.page_text" in verdict.not_checked
    assert (other.ok, fault(other).partition(".")[0]) == (False, "signature")
    assert judged(unbaked(made) if kind == "png" else b"<svg></svg>").kind is Kind.UNKNOWN


def unbaked(png: bytes) -> bytes:
    """Return the PNG without its text."""
    picture = io.BytesIO()
    Image.open(io.BytesIO(png)).save(picture, "PNG", pnginfo=PngInfo())
    return picture.getvalue()


@pytest.mark.parametrize("kind", [Kind.PDF, Kind.CREDENTIAL])
def test_all_signed_facts_are_shown(kind: Kind) -> None:
    assert judged(FORMS[kind]).facts == tuple(ANI.facts().items())


def test_a_code_shows_the_facts_it_has_room_for() -> None:
    shown = dict(judged(FORMS[Kind.QR]).facts)

    assert shown["number"] == ANI.number
    assert shown["holder"] == ANI.holder
    assert shown["valid_until"] == "2031-11-20"
    assert "units" not in shown


@pytest.mark.parametrize("kind", FORMS)
@pytest.mark.parametrize(
    ("at", "code"),
    [
        (datetime(2026, 11, 20, 16, 59, 59, tzinfo=UTC), "validity.not_yet"),  # 23.59.59 WIB
        (datetime(2031, 11, 20, 16, 59, 59, tzinfo=UTC), "validity.current"),
        (datetime(2031, 11, 20, 17, 0, 0, tzinfo=UTC), "validity.expired"),  # midnight WIB
    ],
)
def test_days_end_at_midnight_in_jakarta(kind: Kind, at: datetime, code: str) -> None:
    early = at < SIGNED_AT  # The signing certificate itself is younger than that.

    verdict = judged(FORMS[kind], at=at)

    assert found(verdict, Part.VALIDITY) == code
    assert verdict.ok == (code == "validity.current" and not early)


# -- One changed byte ---------------------------------------------------------------------------


def test_any_changed_byte_of_the_sheet_is_refused() -> None:
    chance = random.Random(20261121)
    whole = FORMS[Kind.PDF]

    for _ in range(250):
        at, bit = chance.randrange(len(whole)), chance.randrange(8)
        assert not judged(changed(whole, at, bit=bit)).ok, (at, bit)


def test_any_changed_byte_where_the_signature_stands_is_refused() -> None:
    # The gap holds the message, which the signature itself cannot cover: every bit is tried in
    # steps that meet each field of it, its padding, its letters' case, and what surrounds it.
    whole = FORMS[Kind.PDF]
    gap = whole.index(b"/ByteRange")
    places = [*range(gap, gap + 120), *range(gap + 120, gap + 2600, 3), gap + 5000, gap + 6000]

    for at in places:
        for bit in (0, 1, 5, 6):
            assert not judged(changed(whole, at, bit=bit)).ok, (at, bit)


@pytest.mark.parametrize("kind", [Kind.CREDENTIAL, Kind.QR])
def test_any_changed_byte_of_credential_and_code_is_refused(kind: Kind) -> None:
    whole = FORMS[kind]

    for at in range(0, len(whole), 1 if kind is Kind.QR else 17):
        for bit in range(8):
            assert not judged(changed(whole, at, bit=bit)).ok, (at, bit)


@pytest.mark.parametrize("kind", FORMS)
def test_any_missing_byte_is_refused(kind: Kind) -> None:
    whole = FORMS[kind]
    step = max(1, len(whole) // 60)

    for at in range(0, len(whole), step):
        assert not judged(whole[:at] + whole[at + 1 :]).ok, at
        assert not judged(whole[:at]).ok, at


@pytest.mark.parametrize("kind", FORMS)
@pytest.mark.parametrize("more", [b"\n", b" ", b"\0", b"%%EOF\n", b"A"])
def test_any_added_byte_is_refused(kind: Kind, more: bytes) -> None:
    assert not judged(FORMS[kind] + more).ok
    assert not judged(more + FORMS[kind]).ok


def test_a_file_saved_again_by_another_program_is_named_as_such() -> None:
    pretty = json.dumps(json.loads(FORMS[Kind.CREDENTIAL]), indent=1).encode()

    assert fault(judged(pretty)) == "file.rewritten"


# -- Changes that leave the signature alone -----------------------------------------------------


def test_an_update_after_the_signature_is_refused() -> None:
    writer = IncrementalPdfFileWriter(io.BytesIO(FORMS[Kind.PDF]))
    writer.root["/PageMode"] = generic.NameObject("/UseAttachments")
    writer.update_root()
    out = io.BytesIO()
    writer.write(out)

    assert out.getvalue().startswith(FORMS[Kind.PDF])
    assert fault(judged(out.getvalue())) == "file.appended"


def test_a_range_that_leaves_something_out_is_refused() -> None:
    whole = FORMS[Kind.PDF]
    start = whole.index(b"/ByteRange[0 ") + len(b"/ByteRange[0 ")
    before = whole[start : whole.index(b" ", start)]
    shorter = str(int(before) - 1).encode()

    assert fault(judged(whole.replace(b"[0 " + before, b"[0 " + shorter))) == "signature.not_whole"


def test_two_signatures_are_refused() -> None:
    whole = FORMS[Kind.PDF]
    double = whole + b"\n<</ByteRange[0 1 2 3]>>"
    again = whole.replace(b"/Type/Sig/", b"/ByteRange /", 1)

    assert fault(judged(double)) == "signature.not_whole"
    assert fault(judged(again)) == "signature.several"


def test_a_sheet_without_a_signature_is_refused() -> None:
    key = keys().credential_signer
    plain = pdf.render(
        ANI,
        credential_json=FORMS[Kind.CREDENTIAL],
        qr_text=sealed().qr,
        key_id=key.key_id,
        at=SIGNED_AT,
    )

    assert fault(judged(plain)) == "signature.missing"


# -- Forgers with keys --------------------------------------------------------------------------


@pytest.mark.parametrize("kind", FORMS)
def test_a_stranger_with_good_tools_is_not_believed(kind: Kind) -> None:
    verdict = judged(FORMS[kind], by=trusted(2))

    assert (verdict.ok, fault(verdict), verdict.facts) == (False, "issuer.unknown", ())


def put_together(sheet_of: object, inside: bytes, *, by: Signer | None = None) -> bytes:
    """Return Ani's or Eko's sheet, signed with our key, around another attachment."""
    key = keys().credential_signer
    unsigned = pdf.render(
        sheet_of,  # type: ignore[arg-type]
        credential_json=inside,
        qr_text=sealed().qr,
        key_id=key.key_id,
        at=SIGNED_AT,
    )
    words = pades.Words("x", "y", "z")
    return pades.sign(unsigned, signer=by or keys().signer, words=words, at=SIGNED_AT)


def test_a_sheet_around_somebody_elses_credential_is_refused() -> None:
    assert fault(judged(put_together(EKO, FORMS[Kind.CREDENTIAL]))) == "agreement.differs"


@pytest.mark.parametrize(
    "inside", [b"{}", b"x", changed(FORMS[Kind.CREDENTIAL], 900), FORMS[Kind.CREDENTIAL] + b" "]
)
def test_a_sheet_around_a_broken_credential_is_refused(inside: bytes) -> None:
    with_spoiled = put_together(ANI, inside.replace(b"\xff", b"?"))

    assert fault(judged(with_spoiled)) == "agreement.credential_broken"


def test_a_signer_of_ours_who_is_not_of_the_issuer_named_is_refused() -> None:
    method, key = next(iter(trusted().keys.items()))
    other = Trust(trusted().roots, {method: CredentialKey("did:web:other.example", key.public_key)})

    assert fault(judged(FORMS[Kind.CREDENTIAL], by=other)) == "issuer.other_key"


def holding(**more: str) -> dict[str, str]:
    """Return a related resource that holds Ani's content, changed."""
    raw = canonical.dumps({**canonical.plain(ANI), **more})
    return {"id": credential.CONTENT + base64.b64encode(raw).decode()}


def resigned(edit: Callable[[dict[str, object]], object], *, suite: Suite = Suite.JCS) -> bytes:
    """Return Ani's credential, edited and signed again with our key."""
    document = credential.unsigned(ANI, issuer=ISSUER)
    edit(document)
    return canonical.dumps({**document, "proof": [proof_of(document, suite)]})


def proof_of(document: dict[str, object], suite: Suite) -> dict[str, object]:
    """Return a proof of a document with our key."""
    key = keys().credential_signer
    return integrity.proof(
        document,
        suite=suite,
        sign=key.sign,
        verification_method=key.verification_method,
        created=SIGNED_AT,
    )


@pytest.mark.parametrize("suite", Suite)
def test_each_of_the_two_proofs_holds_alone(suite: Suite) -> None:
    assert judged(resigned(lambda d: None, suite=suite)).ok


@pytest.mark.parametrize("spoiled", [0, 1])
def test_where_both_proofs_stand_both_must_hold(spoiled: int) -> None:
    document = json.loads(FORMS[Kind.CREDENTIAL])
    document["proof"][spoiled]["created"] = "2026-11-20T17:30:01Z"

    verdict = judged(canonical.dumps(document))

    suite = document["proof"][spoiled]["cryptosuite"]
    assert (fault(verdict), verdict.findings[0].detail) == ("signature.broken", suite)


@pytest.mark.parametrize(
    ("proofs", "code"),
    [
        ([], "signature.missing"),
        ([1], "signature.missing"),
        ([0, 0, 1], "signature.missing"),
        ([0, 0], "signature.several"),
    ],
)
def test_more_or_stranger_proofs_than_we_issue_are_refused(proofs: list[int], code: str) -> None:
    document = json.loads(FORMS[Kind.CREDENTIAL])
    document["proof"] = [document["proof"][n] for n in proofs] if proofs != [1] else ["proof"]

    assert fault(judged(canonical.dumps(document))) == code


def test_a_credential_of_before_the_two_proofs_is_still_believed() -> None:
    document: dict[str, object] = {
        "@context": ["https://www.w3.org/ns/credentials/v2", ISSUER.context_url],
        "id": ANI.verify_url,
        "type": ["VerifiableCredential", "CompetenceCertificate"],
        "issuer": {"id": ISSUER.id, "name": ANI.body.name},
        "validFrom": "2026-11-21T00:00:00+07:00",
        "validUntil": "2031-11-20T23:59:59+07:00",
        "credentialSubject": {
            "type": "CertifiedPerson",
            "name": ANI.holder,
            "certificate": canonical.plain(ANI),
        },
    }

    assert judged(canonical.dumps({**document, "proof": [proof_of(document, Suite.JCS)]})).ok


@pytest.mark.parametrize(
    ("edit", "code"),
    [
        (lambda d: d.update(validUntil="2099-01-01T00:00:00+07:00"), "agreement.differs"),
        (lambda d: d["credentialSubject"].update(name="Eko"), "agreement.differs"),
        (lambda d: d.update(id="https://lsp.example/s/OTHER"), "agreement.differs"),
        (lambda d: d.pop("relatedResource"), "agreement.no_certificate"),
        (lambda d: d.update(relatedResource=[]), "agreement.no_certificate"),
        (lambda d: d.update(relatedResource=[{}]), "agreement.no_certificate"),
        (lambda d: d.update(relatedResource=d["relatedResource"] * 2), "agreement.no_certificate"),
        (lambda d: d.update(relatedResource=[holding(nik="1")]), "agreement.no_certificate"),
        (lambda d: d.update(relatedResource=[holding(holder="Eko")]), "agreement.differs"),
        (
            lambda d: d.update(relatedResource=[{"id": "urn:a" + holding()["id"]}]),
            "agreement.no_certificate",
        ),
        (lambda d: d.update(credentialSubject=[]), "agreement.differs"),
        (lambda d: d["credentialSubject"].update(licenseNumber="1"), "agreement.differs"),
        (
            lambda d: d.update(credentialStatus={"statusListIndex": "7"}),
            "agreement.differs",
        ),
    ],
)
def test_a_credential_that_contradicts_itself_is_refused(
    edit: Callable[[dict[str, object]], object], code: str
) -> None:
    assert fault(judged(resigned(edit))) == code


def test_a_signing_certificate_out_of_force_is_refused() -> None:
    late = SIGNED_AT + timedelta(days=13 * 365)

    assert found(judged(FORMS[Kind.PDF], at=late), Part.ISSUER) == "issuer.not_in_force"


def test_an_authority_that_signs_itself_is_refused() -> None:
    # The root may issue certificates, not certificates of competence.
    as_root = replace(keys().signer, chain=keys().chain[::-1])

    assert (
        fault(judged(put_together(ANI, FORMS[Kind.CREDENTIAL], by=as_root))) == "signature.broken"
    )


def test_a_code_copied_from_another_certificate_shows_the_other_facts() -> None:
    eko = token.issue(EKO, signer=keys().credential_signer)

    assert dict(judged(eko.encode()).facts)["holder"] == "Eko Prasetyo"


def test_a_code_with_another_address_is_refused() -> None:
    moved = sealed().qr.replace("lsp.example", "lsp.example.evil")

    assert fault(judged(moved.encode())) == "signature.broken"


# -- Anything at all ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file.unknown"),
        (b"PK\x03\x04", "file.no_bundle"),
        (b"https://lsp.example/s/K7XQ2M9D4T", "file.unknown"),
        (b"%PDF-1.7\n", "signature.missing"),
        (b"{", "signature.unreadable"),
        (b"{}", "signature.missing"),
        (b'{"a":NaN}', "signature.unreadable"),
        (b'{"a":"\\ud800"}', "signature.unreadable"),
        (b'{"a":' * 5000, "signature.unreadable"),
        (b'{"proof":[]}', "signature.missing"),
        (b'{"proof":[{}]}', "signature.unknown_algorithm"),
        (b"{" + b" " * 200_001, "file.too_large"),
        (b"%PDF-1.7\n" + b" " * 20_000_000, "file.too_large"),
        (b"https://lsp.example/#" + b"A" * 3000, "file.too_large"),
    ],
)
def test_strange_files_are_told_what_they_are(data: bytes, code: str) -> None:
    assert fault(judged(data)) == code


@given(st.sampled_from([b"%PDF-", b"{", b"https://a#", b""]), st.binary(max_size=200))
def test_anything_gets_a_verdict(start: bytes, rest: bytes) -> None:
    verdict = judged(start + rest)

    assert (verdict.ok, verdict.facts) == (False, ())


@given(st.binary(min_size=1, max_size=300))
def test_any_message_in_the_gap_gets_a_verdict(message: bytes) -> None:
    whole = FORMS[Kind.PDF]
    start = whole.index(b"/Contents<") + len(b"/Contents<")
    hexed = message.hex().encode()
    forged = whole[:start] + hexed + whole[start + len(hexed) :]

    assert forged == whole or not judged(forged).ok


def test_files_are_told_apart_by_their_first_bytes() -> None:
    assert {kind: sniff(data) for kind, data in FORMS.items()} == {kind: kind for kind in FORMS}


# -- Whom to believe ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "bad",
    [b"", b"{}", b"[]", b'{"roots":["x"],"issuers":[]}', b'{"roots":[],"issuers":[{"id":"a"}]}'],
)
def test_a_file_that_names_nobody_is_refused(bad: bytes) -> None:
    with pytest.raises(trust.TrustUnreadable):
        trust.read(bad)


def test_a_key_of_another_kind_is_refused() -> None:
    key = {"id": "did:web:a#k", "publicKeyMultibase": "z" + "1" * 34}
    listed = {"roots": [], "issuers": [{"id": "did:web:a", "keys": [key]}]}

    with pytest.raises(trust.TrustUnreadable, match="no Ed25519 key"):
        trust.read(json.dumps(listed).encode())
