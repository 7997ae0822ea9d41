"""Do keys change, and get lost, without what they signed being lost too?"""

import json
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from kompeten.certificates.adapters import (
    authority,
    certify,
    pades,
    seal,
    token_key,
    trustfile,
    wiring,
)
from kompeten.certificates.adapters.keyfile import FileKeys, KeysUnreadable
from kompeten.certificates.ports import Algorithm
from kompeten.register.adapters import trust
from kompeten.register.adapters.verify import verify
from kompeten.register.terms import Part, Trust, Verdict
from tests.make.certificates import ANI, BODY, EKO, ISSUER, PASSPHRASE, SIGNED_AT
from tests.make.timestamps import Authority

PrivateKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey

ROTATED_AT = SIGNED_AT + timedelta(days=100)
LOST_AT = SIGNED_AT + timedelta(days=50)
LATER = SIGNED_AT + timedelta(days=300)


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """Return a folder with an authority of its own."""
    authority.create(
        tmp_path / "keys",
        body=BODY,
        issuer=ISSUER,
        passphrase=PASSPHRASE,
        seed=bytes([7]) * 32,
        at=SIGNED_AT,
        crl_url="https://lsp.example/otoritas/",
    )
    return tmp_path / "keys"


def keys(house: Path) -> FileKeys:
    """Return the keys in use."""
    return authority.load(house, passphrase=PASSPHRASE)


def rotate(house: Path, *, at: datetime = ROTATED_AT) -> None:
    """Make new keys."""
    authority.rotate(house, passphrase=PASSPHRASE, seed=bytes([8]) * 32, at=at)


def lose(house: Path, kind: str, *, since: datetime = LOST_AT) -> str:
    """Name the key in use as lost; return its name."""
    key = trustfile.in_use(trustfile.read(house), kind)
    assert key is not None
    wiring.compromise(house, key.id, passphrase=PASSPHRASE, since=since, at=ROTATED_AT)
    return key.id


def judged(house: Path, data: bytes, **more: object) -> Verdict:
    """Return the verdict of somebody with the newest trust file."""
    return verify(data, trust=trust.load(house / "trust.json"), at=LATER, **more)  # type: ignore[arg-type]


def found(verdict: Verdict, part: Part) -> str:
    """Return the code of one part."""
    return next(finding.code for finding in verdict.findings if finding.part is part)


# -- New keys ------------------------------------------------------------------------------------


def test_after_a_rotation_others_sign_and_what_was_signed_stays_believed(house: Path) -> None:
    before = seal.seal(ANI, keys=keys(house), at=SIGNED_AT)
    rotate(house)
    after = seal.seal(EKO, keys=keys(house), at=ROTATED_AT)

    history = wiring.history(house)

    for made in (before, after):
        assert [judged(house, d).ok for d in (made.pdf, made.credential, made.qr.encode())] == [
            True,
            True,
            True,
        ]
    assert [(k.kind, k.ends is None) for k in history] == [
        ("signing", False),
        ("signing", True),
        ("credential", False),
        ("credential", True),
    ]
    assert before.pdf_digest != seal.seal(ANI, keys=keys(house), at=ROTATED_AT).pdf_digest


def test_an_old_key_that_signs_on_is_not_believed(house: Path) -> None:
    old = keys(house)
    rotate(house)

    late = seal.sign(ANI, keys=old, at=ROTATED_AT + timedelta(days=1))

    assert found(judged(house, late.pdf), Part.ISSUER) == "issuer.not_in_use"
    assert found(judged(house, late.credential), Part.ISSUER) == "issuer.not_in_use"


def test_a_new_key_that_dates_itself_back_is_not_believed(house: Path) -> None:
    rotate(house)

    early = seal.sign(ANI, keys=keys(house), at=ROTATED_AT - timedelta(days=1))

    assert (
        found(judged(house, early.pdf), Part.ISSUER) == "issuer.not_in_force"
        or not judged(house, early.pdf).ok
    )
    assert found(judged(house, early.credential), Part.ISSUER) == "issuer.not_in_use"


def test_what_was_signed_before_a_rotation_is_checked_after_it(house: Path) -> None:
    sealed = seal.sign(ANI, keys=keys(house), at=SIGNED_AT)
    rotate(house)

    assert seal.read_back(sealed, content=ANI, keys=keys(house)) == ()


def test_within_the_second_of_a_rotation_either_key_is_the_one(house: Path) -> None:
    at = ROTATED_AT.replace(microsecond=300_000)
    old = seal.sign(ANI, keys=keys(house), at=at)
    rotate(house, at=at)
    new = seal.sign(EKO, keys=keys(house), at=at)

    assert seal.read_back(old, content=ANI, keys=keys(house)) == ()
    assert seal.read_back(new, content=EKO, keys=keys(house)) == ()
    assert judged(house, old.pdf).ok
    assert judged(house, new.pdf).ok


def test_a_rotation_that_stops_half_way_changes_nothing(
    house: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = keys(house)

    def full(_folder: Path, _stated: object) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr(trustfile, "write", full)
    with pytest.raises(OSError, match="no space"):
        rotate(house)

    assert keys(house) == before


def test_a_running_process_sees_new_keys(house: Path) -> None:
    before = wiring.state(house)
    assert wiring.state(house) == before

    rotate(house)

    assert wiring.state(house) != before


def test_a_house_certified_by_others_cannot_certify_itself(house: Path) -> None:
    (house / "root.key.pem").unlink()

    with pytest.raises(authority.NoAuthority, match="no authority"):
        rotate(house)


# -- Lost keys -----------------------------------------------------------------------------------


def test_of_a_lost_document_key_only_what_is_proven_to_be_older_is_believed(house: Path) -> None:
    time = Authority()
    sealed = seal.seal(ANI, keys=keys(house), at=SIGNED_AT)
    early = pades.stamp(sealed.pdf, timestamper=time)
    late = pades.stamp(sealed.pdf, timestamper=Authority(now=LOST_AT + timedelta(days=1)))
    lose(house, "signing")
    believing = replace(trust.load(house / "trust.json"), timestamping=(time.root,))

    assert found(judged(house, sealed.pdf), Part.ISSUER) == "issuer.compromised"
    assert verify(early, trust=believing, at=LATER).ok
    assert found(verify(late, trust=believing, at=LATER), Part.ISSUER) == "issuer.compromised"


def test_what_the_log_has_seen_before_the_loss_is_believed(house: Path) -> None:
    sealed = seal.seal(ANI, keys=keys(house), at=SIGNED_AT)
    for key in wiring.history(house):
        wiring.compromise(house, key.id, passphrase=PASSPHRASE, since=LOST_AT, at=ROTATED_AT)

    assert judged(house, sealed.pdf, proven=SIGNED_AT + timedelta(hours=1)).ok
    assert not judged(house, sealed.pdf, proven=LOST_AT).ok


def test_a_forger_with_the_key_dates_back_in_vain(house: Path) -> None:
    stolen = keys(house)
    for key in wiring.history(house):
        wiring.compromise(house, key.id, passphrase=PASSPHRASE, since=LOST_AT, at=ROTATED_AT)

    forged = seal.sign(EKO, keys=stolen, at=SIGNED_AT)

    for data in (forged.pdf, forged.credential, forged.qr.encode()):
        assert found(judged(house, data), Part.ISSUER) == "issuer.compromised"


def test_losing_the_key_in_use_brings_new_ones_and_a_list_that_says_so(house: Path) -> None:
    old = keys(house)

    lose(house, "signing")

    new = keys(house)
    assert new.chain[0] != old.chain[0]
    (crl,) = new.crls
    assert certify.is_revoked(old.chain[0], crl)
    assert not certify.is_revoked(new.chain[0], crl)
    entry = x509.load_der_x509_crl(crl)[0]
    assert entry.revocation_date_utc == LOST_AT.replace(microsecond=0)
    assert entry.extensions.get_extension_for_class(x509.CRLReason).value.reason is (
        x509.ReasonFlags.key_compromise
    )


def test_an_earlier_loss_replaces_a_later_one_and_never_the_other_way(house: Path) -> None:
    name = lose(house, "signing", since=LOST_AT)

    authority.compromise(house, name, since=LOST_AT + timedelta(days=9))
    later = next(k for k in wiring.history(house) if k.id == name).compromised_at
    authority.compromise(house, name, since=LOST_AT - timedelta(days=9))
    earlier = next(k for k in wiring.history(house) if k.id == name).compromised_at

    assert (later, earlier) == (LOST_AT, LOST_AT - timedelta(days=9))


def test_a_key_that_nobody_knows_cannot_be_lost(house: Path) -> None:
    with pytest.raises(trustfile.Unknown):
        authority.compromise(house, "0" * 16, since=LOST_AT)


def test_a_revoked_certificate_signs_nothing_more(house: Path) -> None:
    above = authority._authority(house, PASSPHRASE)
    serial = x509.load_der_x509_certificate(keys(house).chain[0]).serial_number
    listed = certify.revocation_list(above, [certify.Revoked(serial, LOST_AT)], at=LOST_AT)
    authority.take(house, listed, by=keys(house).chain[1:])

    with pytest.raises(KeysUnreadable, match="revoked"):
        keys(house)


# -- Revocation lists ----------------------------------------------------------------------------


def test_the_certificate_names_where_its_list_is_found(house: Path) -> None:
    signing = x509.load_der_x509_certificate(keys(house).chain[0])
    places = signing.extensions.get_extension_for_class(x509.CRLDistributionPoints).value

    (name,) = places[0].full_name or []

    assert name.value.startswith("https://lsp.example/otoritas/")
    assert wiring.crl(house, name.value.rpartition("/")[2]) == keys(house).crls[0]
    assert wiring.crl(house, "../trust.json") is None


@pytest.mark.parametrize(("days", "renewed"), [(6, False), (7, True), (40, True)])
def test_the_list_is_made_anew_each_week(house: Path, days: int, renewed: bool) -> None:
    at = SIGNED_AT + timedelta(days=days)

    assert wiring.keep_lists(house, passphrase=PASSPHRASE, at=at) is renewed
    assert certify.is_current(keys(house).crls[0], at=at)


def test_the_list_of_somebody_else_is_not_taken(house: Path) -> None:
    with pytest.raises(ValueError, match="no authority that we trust"):
        wiring.take_list(house, Authority().evidence(SIGNED_AT).crls[0])


def test_the_list_of_a_trusted_time_stamp_authority_goes_into_the_next_stamp(house: Path) -> None:
    time = Authority()
    pem = x509.load_der_x509_certificate(time.root).public_bytes(serialization.Encoding.PEM)
    wiring.trust_timestamps(house, pem)
    wiring.trust_timestamps(house, pem)
    wiring.take_list(house, time.evidence(SIGNED_AT).crls[0])

    assert wiring.timestamp_roots(house) == (time.root,)
    assert time.evidence(SIGNED_AT).crls[0] in wiring.evidence(house, keys(house)).crls


# -- Other kinds of keys -------------------------------------------------------------------------


def certified(house: Path, key: PrivateKey) -> None:
    """Let the authority vouch for another document key, and put it in use."""
    above = authority._authority(house, PASSPHRASE)
    made = certify.signing(BODY, key.public_key(), above, serial=4711, at=SIGNED_AT)
    stated = trustfile.read(house)
    stated["signing"][0]["certificate"] = trustfile.pem(made)
    trustfile.write(house, stated)
    (house / "signing.pem").write_text(trustfile.pem(made))
    (house / "signing.key.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.BestAvailableEncryption(PASSPHRASE),
        )
    )


@pytest.mark.parametrize("bits", [3072, 4096])
def test_an_rsa_key_signs_what_we_and_others_believe(house: Path, bits: int) -> None:
    certified(house, rsa.generate_private_key(65537, bits))

    made = seal.seal(ANI, keys=keys(house), at=SIGNED_AT)

    assert keys(house).signer.algorithm is Algorithm.RSA
    assert judged(house, made.pdf).ok
    for at in range(made.pdf.index(b"/Contents<"), made.pdf.index(b"/Contents<") + 4000, 41):
        flipped = b"".join((made.pdf[:at], bytes([made.pdf[at] ^ 1]), made.pdf[at + 1 :]))
        assert not judged(house, flipped).ok, at


def test_a_short_rsa_key_is_refused_with_a_word_to_act_on(house: Path) -> None:
    certified(house, rsa.generate_private_key(65537, 2048))

    with pytest.raises(KeysUnreadable, match=r"2048 bits; RSA keys need 3072 or more"):
        seal.seal(ANI, keys=keys(house), at=SIGNED_AT)


def test_another_curve_is_refused(house: Path) -> None:
    certified(house, ec.generate_private_key(ec.SECP384R1()))

    with pytest.raises(KeysUnreadable, match="neither ECDSA on P-256 nor RSA"):
        _ = keys(house).signer


def test_a_key_that_is_not_the_one_of_its_certificate_is_refused(house: Path) -> None:
    certified(house, ec.generate_private_key(ec.SECP256R1()))
    (house / "signing.key.pem").write_bytes((house / "root.key.pem").read_bytes())

    with pytest.raises(KeysUnreadable, match="not the one of its certificate"):
        _ = keys(house).signer


# -- Keys in a token -----------------------------------------------------------------------------

SOFTHSM = "/usr/lib/softhsm/libsofthsm2.so"


def test_a_uri_names_module_token_and_key() -> None:
    uri = "pkcs11:token=LSP%20Kesos;object=dokumen?module-path=/usr/lib/x.so"

    assert token_key.named(uri, pin="1") == token_key.Token(
        "/usr/lib/x.so", "LSP Kesos", "dokumen", "1"
    )
    assert "1234" not in repr(token_key.named(uri, pin="1234"))


@pytest.mark.parametrize(
    ("uri", "lacks"),
    [("pkcs11:token=a;object=b", "module-path"), ("file:x", "module-path, token, object")],
)
def test_a_uri_that_lacks_something_says_what(house: Path, uri: str, lacks: str) -> None:
    with pytest.raises(KeysUnreadable, match=lacks):
        wiring.load(house, passphrase=PASSPHRASE, token=uri)


@pytest.fixture(scope="module")
def tokens(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, PrivateKey]]:
    """Put a key of each kind into a token of SoftHSM's; return them. The library looks once a process."""
    folder = tmp_path_factory.mktemp("softhsm")
    (folder / "tokens").mkdir()
    settings = folder / "softhsm2.conf"
    settings.write_text(f"directories.tokendir = {folder / 'tokens'}\nobjectstore.backend = file\n")
    made: dict[str, PrivateKey] = {
        "ec": ec.generate_private_key(ec.SECP256R1()),
        "rsa": rsa.generate_private_key(65537, 3072),
    }
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOFTHSM2_CONF", str(settings))
        for kind, key in made.items():
            _into_a_token(folder / f"{kind}.pem", key, label=f"lsp-{kind}")
        yield made


@pytest.mark.softhsm
@pytest.mark.parametrize("kind", ["ec", "rsa"])
def test_a_key_that_never_leaves_its_token_signs(
    house: Path, tokens: dict[str, PrivateKey], kind: str
) -> None:
    certified(house, tokens[kind])
    (house / "signing.key.pem").unlink()
    uri = f"pkcs11:token=lsp-{kind};object=dokumen?module-path={SOFTHSM}"

    wrong = wiring.load(house, passphrase=PASSPHRASE, token=uri, pin="0000")
    with pytest.raises(token_key.TokenAbsent):
        seal.seal(ANI, keys=wrong, at=SIGNED_AT)
    held = wiring.load(house, passphrase=PASSPHRASE, token=uri, pin="4321")
    made = [seal.seal(one, keys=held, at=SIGNED_AT) for one in (ANI, EKO)]

    assert all(judged(house, one.pdf).ok for one in made)
    assert "4321" not in repr(held)


def _into_a_token(plain: Path, key: PrivateKey, *, label: str) -> None:
    plain.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    pins = ["--pin", "4321", "--so-pin", "5678"]
    for words in (
        ["--init-token", "--free", "--label", label, *pins],
        ["--import", str(plain), "--token", label, "--label", "dokumen", "--id", "01", *pins[:2]],
    ):
        subprocess.run(["softhsm2-util", *words], check=True, capture_output=True)


def test_the_public_file_keeps_every_key_and_no_secret(house: Path) -> None:
    rotate(house)
    stated = json.loads((house / "trust.json").read_text())

    assert [key["until"] is None for key in stated["signing"]] == [False, True]
    assert [key["until"] is None for key in stated["issuers"][0]["keys"]] == [False, True]
    assert datetime.fromisoformat(stated["signing"][1]["from"]) == ROTATED_AT.astimezone(UTC)
    assert "PRIVATE" not in json.dumps(stated)


def test_a_trust_file_from_before_keys_had_a_time_is_still_read(house: Path) -> None:
    sealed = seal.seal(ANI, keys=keys(house), at=SIGNED_AT)
    stated = json.loads((house / "trust.json").read_text())
    old = {
        "roots": stated["roots"],
        "issuers": [
            {
                **stated["issuers"][0],
                "keys": [
                    {name: key[name] for name in ("id", "kid", "publicKeyMultibase")}
                    for key in stated["issuers"][0]["keys"]
                ],
            }
        ],
    }
    believed: Trust = trust.read(json.dumps(old).encode())
    (house / "trust.json").write_text(json.dumps(old))

    assert verify(sealed.pdf, trust=believed, at=LATER).ok
    assert seal.seal(ANI, keys=keys(house), at=SIGNED_AT).pdf == sealed.pdf
    rotate(house)
    assert judged(house, sealed.pdf).ok
    assert judged(house, seal.seal(EKO, keys=keys(house), at=ROTATED_AT).pdf).ok
