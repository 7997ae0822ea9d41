"""Who signs while no national authority does? A demonstration authority in a folder.

It makes a root, a signing certificate for the body, and an Ed25519 key for credentials. It proves
that a file is unchanged and who made it, not that a state stands behind it: certificates made with
it say so. Keys and certificates follow from one secret seed, so the same seed gives the same ones.

Source: RFC 5280; RFC 9336 (document signing).
"""

import json
import shutil
import tempfile
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID, ObjectIdentifier

from kompeten.certificates.adapters.keyfile import FileKeys, KeysUnreadable, key_id
from kompeten.certificates.terms import Issuer
from kompeten.foundation.vc import multibase

# A signature without a trusted time stamp ends with its certificate, so the certificate must
# outlive the five years of what it signs, by as much as it may itself be used.
ROOT_DAYS, SIGNING_DAYS = 20 * 365, 12 * 365

SIGNING, CREDENTIAL, ROOT = "signing", "credential", "root"
TRUST_FILE = "trust.json"

# pdfsig asks Mozilla's NSS, which takes a document signer only with the use e-mail protection.
_USES = [ObjectIdentifier("1.3.6.1.5.5.7.3.36"), ExtendedKeyUsageOID.EMAIL_PROTECTION]


class AuthorityExists(Exception):
    """The folder holds keys already; keys are never overwritten."""


class _Made(NamedTuple):
    root: x509.Certificate
    signing: x509.Certificate
    root_key: ec.EllipticCurvePrivateKey
    signing_key: ec.EllipticCurvePrivateKey
    credential_key: ed25519.Ed25519PrivateKey


def create(
    folder: Path, *, body: str, issuer: Issuer, passphrase: bytes, seed: bytes, at: datetime
) -> FileKeys:
    """Make the authority of `body` in `folder`, all or nothing, and return its keys.

    Written: three private keys (encrypted, mode 600), two certificates, and `trust.json`, which is
    public and all that a verifier needs. `seed` is 32 secret bytes, used here and not kept; the
    certificates count from `at`.

    :raises AuthorityExists: there is something in the folder
    """
    if len(seed) < 32 or not passphrase:
        raise ValueError("an authority needs a seed of 32 bytes and a passphrase")
    if folder.exists() and any(folder.iterdir()):
        raise AuthorityExists(f"{folder} is not empty; move the old authority away first")
    made = _make(body, seed, at)
    folder.parent.mkdir(parents=True, exist_ok=True)
    being_made = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    for name, content in _files(made, issuer, passphrase).items():
        path = being_made / name
        path.touch(mode=0o600)
        path.write_bytes(content)
    try:
        being_made.rename(folder)
    except OSError as error:
        shutil.rmtree(being_made)
        raise AuthorityExists(f"{folder} was made by somebody else meanwhile") from error
    return load(folder, passphrase=passphrase)


def load(folder: Path, *, passphrase: bytes) -> FileKeys:
    """Return the keys in `folder`; they are opened at first use.

    :raises KeysUnreadable: a file is missing or is not what its name says
    """
    try:
        trust = json.loads((folder / TRUST_FILE).read_text())
        issuer = trust["issuers"][0]
        chain = tuple(
            x509.load_pem_x509_certificate((folder / f"{name}.pem").read_bytes()).public_bytes(
                serialization.Encoding.DER
            )
            for name in (SIGNING, ROOT)
        )
        return FileKeys(
            Issuer(issuer["id"], issuer["context"]),
            chain,
            issuer["keys"][0]["id"],
            (folder / f"{SIGNING}.key.pem").read_bytes(),
            (folder / f"{CREDENTIAL}.key.pem").read_bytes(),
            passphrase,
        )
    except (OSError, ValueError, LookupError) as error:
        raise KeysUnreadable(f"{folder} does not hold an authority: {error}") from error


def _make(body: str, seed: bytes, at: datetime) -> _Made:
    root_key, signing_key = _p256(seed, ROOT), _p256(seed, SIGNING)
    credential_key = ed25519.Ed25519PrivateKey.from_private_bytes(_derived(seed, CREDENTIAL, 32))
    root_name = _name(f"Otoritas Peragaan {body}"[:64], body)
    start = at.replace(microsecond=0)

    def certificate(role: str, days: int) -> x509.Certificate:
        is_root = role == ROOT
        key = (root_key if is_root else signing_key).public_key()
        usages = dict.fromkeys(_KEY_USAGES, False)
        usages |= dict.fromkeys(("key_cert_sign", "crl_sign") if is_root else _SIGNING_USAGES, True)
        authority_id = x509.AuthorityKeyIdentifier.from_issuer_public_key(root_key.public_key())
        builder = (
            x509.CertificateBuilder()
            .issuer_name(root_name)
            .subject_name(root_name if is_root else _name(body[:64], body))
            .public_key(key)
            .serial_number(int.from_bytes(_derived(seed, f"{role} serial", 16), "big") >> 1)
            .not_valid_before(start)
            .not_valid_after(start + timedelta(days=days))
            .add_extension(x509.BasicConstraints(is_root, 0 if is_root else None), critical=True)
            .add_extension(x509.KeyUsage(**usages), critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
            .add_extension(authority_id, critical=False)
        )
        if not is_root:
            builder = builder.add_extension(x509.ExtendedKeyUsage(_USES), critical=False)
        return builder.sign(root_key, hashes.SHA256(), ecdsa_deterministic=True)

    return _Made(
        certificate(ROOT, ROOT_DAYS),
        certificate(SIGNING, SIGNING_DAYS),
        root_key,
        signing_key,
        credential_key,
    )


_SIGNING_USAGES = ("digital_signature", "content_commitment")
_KEY_USAGES = (
    *_SIGNING_USAGES,
    "key_encipherment",
    "data_encipherment",
    "key_agreement",
    "key_cert_sign",
    "crl_sign",
    "encipher_only",
    "decipher_only",
)


def _files(made: _Made, issuer: Issuer, passphrase: bytes) -> dict[str, bytes]:
    pem = serialization.Encoding.PEM
    return {
        f"{ROOT}.key.pem": _encrypted(made.root_key, passphrase),
        f"{SIGNING}.key.pem": _encrypted(made.signing_key, passphrase),
        f"{CREDENTIAL}.key.pem": _encrypted(made.credential_key, passphrase),
        f"{ROOT}.pem": made.root.public_bytes(pem),
        f"{SIGNING}.pem": made.signing.public_bytes(pem),
        TRUST_FILE: json.dumps(_trust(made, issuer), indent=1).encode() + b"\n",
    }


def _trust(made: _Made, issuer: Issuer) -> dict[str, object]:
    public = made.credential_key.public_key().public_bytes_raw()
    multikey = multibase.public_key(public)
    key = {
        "id": f"{issuer.id}#{multikey}",
        "kid": key_id(public).hex(),
        "publicKeyMultibase": multikey,
    }
    return {
        "roots": [made.root.public_bytes(serialization.Encoding.PEM).decode()],
        "issuers": [{"id": issuer.id, "context": issuer.context_url, "keys": [key]}],
    }


def _name(common: str, body: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "ID"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, body[:64]),
            x509.NameAttribute(NameOID.COMMON_NAME, common),
        ]
    )


def _p256(seed: bytes, role: str) -> ec.EllipticCurvePrivateKey:
    # 64 bits more than the order of the group: the remainder is as good as uniform (FIPS 186-5, A.2.1).
    wide = int.from_bytes(_derived(seed, role, 40), "big")
    return ec.derive_private_key(wide % (_P256_ORDER - 1) + 1, ec.SECP256R1())


_P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


def _derived(seed: bytes, label: str, length: int) -> bytes:
    info = b"kompeten authority " + label.encode()
    return HKDF(hashes.SHA256(), length, salt=None, info=info).derive(seed)


def _encrypted(
    key: ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey, passphrase: bytes
) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.BestAvailableEncryption(passphrase),
    )
