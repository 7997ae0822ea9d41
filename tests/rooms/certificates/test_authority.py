"""Does the demonstration authority make keys that foreign readers accept, once and safely?"""

import pickle
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization

from kompeten.certificates.adapters import authority, trustfile
from kompeten.certificates.adapters.keyfile import FileKeys, KeysUnreadable
from tests.make.certificates import BODY, ISSUER, PASSPHRASE, SIGNED_AT, folder, keys


def made(place: Path, *, seed: int = 7) -> FileKeys:
    """Make an authority in `place`."""
    return authority.create(
        place,
        body=BODY,
        issuer=ISSUER,
        passphrase=PASSPHRASE,
        seed=bytes([seed]) * 32,
        at=SIGNED_AT,
    )


def test_the_signing_certificate_may_sign_documents_and_nothing_else() -> None:
    signing, root = map(x509.load_der_x509_certificate, keys().chain)

    usage = signing.extensions.get_extension_for_class(x509.KeyUsage).value
    signing.verify_directly_issued_by(root)
    assert (usage.digital_signature, usage.content_commitment) == (True, True)
    assert (usage.key_cert_sign, usage.key_encipherment) == (False, False)
    assert not signing.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    assert root.extensions.get_extension_for_class(x509.BasicConstraints).value.path_length == 0


def test_the_signing_certificate_outlives_what_it_signs_by_years() -> None:
    signing = x509.load_der_x509_certificate(keys().chain[0])

    assert signing.not_valid_before_utc == SIGNED_AT
    assert signing.not_valid_after_utc.year >= SIGNED_AT.year + 10


def test_the_same_seed_makes_the_same_keys_and_certificates(tmp_path: Path) -> None:
    one, two, other = made(tmp_path / "a"), made(tmp_path / "b"), made(tmp_path / "c", seed=8)

    assert one.chain == two.chain
    assert one.credential_signer.public_key == two.credential_signer.public_key
    assert other.chain[0] != one.chain[0]
    assert other.credential_signer.public_key != one.credential_signer.public_key


def test_keys_are_never_overwritten(tmp_path: Path) -> None:
    before = made(tmp_path / "keys")

    with pytest.raises(authority.AuthorityExists):
        made(tmp_path / "keys", seed=9)

    assert authority.load(tmp_path / "keys", passphrase=PASSPHRASE) == before
    assert [path.name for path in tmp_path.iterdir()] == ["keys"]


def test_private_keys_lie_encrypted_and_for_their_owner_only() -> None:
    files = sorted(folder().glob("*.key.pem"))

    assert [path.name for path in files] == [
        "credential.key.pem",
        "root.key.pem",
        "signing.key.pem",
    ]
    for path in files:
        assert path.stat().st_mode & 0o777 == 0o600
        with pytest.raises(TypeError, match="encrypted"):
            serialization.load_pem_private_key(path.read_bytes(), None)


def test_the_trust_file_holds_no_secret() -> None:
    said = (folder() / trustfile.TRUST_FILE).read_text()

    assert "PRIVATE" not in said
    assert keys().verification_method in said


def test_a_wrong_passphrase_opens_nothing() -> None:
    wrong = authority.load(folder(), passphrase=b"wrong")

    with pytest.raises(KeysUnreadable):
        _ = wrong.signer


def test_an_empty_folder_holds_no_authority(tmp_path: Path) -> None:
    with pytest.raises(KeysUnreadable, match="does not hold an authority"):
        authority.load(tmp_path, passphrase=PASSPHRASE)


@pytest.mark.parametrize(("seed", "passphrase"), [(b"short", PASSPHRASE), (bytes(32), b"")])
def test_a_weak_beginning_is_refused(tmp_path: Path, seed: bytes, passphrase: bytes) -> None:
    with pytest.raises(ValueError, match="seed of 32 bytes and a passphrase"):
        authority.create(
            tmp_path / "keys",
            body=BODY,
            issuer=ISSUER,
            passphrase=passphrase,
            seed=seed,
            at=SIGNED_AT,
        )


def test_keys_travel_to_another_process_and_stay_out_of_logs() -> None:
    arrived = pickle.loads(pickle.dumps(keys()))

    assert arrived.signer.sign(b"x") == keys().signer.sign(b"x")
    assert "only for tests" not in repr(arrived)
    assert "PRIVATE" not in repr(arrived)
