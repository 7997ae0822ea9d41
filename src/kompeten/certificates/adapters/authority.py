"""Who signs while no national authority does? A demonstration authority in a folder.

It makes a root, a signing certificate for the body, and an Ed25519 key for credentials. It proves
that a file is unchanged and who made it, not that a state stands behind it: certificates made with
it say so. Keys and certificates follow from one secret seed, so the same seed gives the same ones.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from kompeten.certificates.adapters import certify, keyfile, trustfile
from kompeten.certificates.adapters.keyfile import FileKeys, InForce, KeysUnreadable
from kompeten.certificates.adapters.token_key import Token
from kompeten.certificates.adapters.trustfile import CREDENTIAL, SIGNING
from kompeten.certificates.terms import Issuer

ROOT = "root"
CRL_FOLDER = "crl"


class AuthorityExists(Exception):
    """The folder holds keys already; keys are never overwritten."""


class NoAuthority(Exception):
    """The folder holds no key of an authority of our own; whoever vouches for the body's key has to act."""


def create(
    folder: Path,
    *,
    body: str,
    issuer: Issuer,
    passphrase: bytes,
    seed: bytes,
    at: datetime,
    crl_url: str = "",
) -> FileKeys:
    """Make the authority of `body` in `folder`, all or nothing, and return its keys.

    Written: three private keys (encrypted, mode 600), two certificates, a first revocation list, and
    `trust.json`, which is public and all that a verifier needs. `seed` is 32 secret bytes, used here
    and not kept; the certificates count from `at`. `crl_url` ends in a slash.

    :raises AuthorityExists: there is something in the folder
    """
    if len(seed) < 32 or not passphrase:
        raise ValueError("an authority needs a seed of 32 bytes and a passphrase")
    if folder.exists() and any(folder.iterdir()):
        raise AuthorityExists(f"{folder} is not empty; move the old authority away first")
    folder.parent.mkdir(parents=True, exist_ok=True)
    being_made = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    _make(being_made, body, issuer, passphrase, seed, at, crl_url)
    try:
        being_made.rename(folder)
    except OSError as error:
        shutil.rmtree(being_made)
        raise AuthorityExists(f"{folder} was made by somebody else meanwhile") from error
    return load(folder, passphrase=passphrase)


def load(folder: Path, *, passphrase: bytes, token: Token | None = None) -> FileKeys:
    """Return the keys in `folder`; they are opened at first use. With `token` the documents' is there.

    :raises KeysUnreadable: a file is missing or is not what its name says, no key is in use, or the
        one in use was revoked by whoever vouched for it
    """
    try:
        stated = trustfile.read(folder)
        issuer = stated["issuers"][0]
        history = trustfile.history(stated)
        names = {kind: _in_use(stated, kind) for kind in (SIGNING, CREDENTIAL)}
        chain = tuple(_der(folder / f"{name}.pem") for name in (names[SIGNING], ROOT))
        method = next(k for k in reversed(issuer["keys"]) if not k.get("until"))
        lists = tuple(crls(folder, by=chain[1:]))
        if any(certify.is_revoked(chain[0], crl) for crl in lists):
            raise KeysUnreadable("the certificate of the document key was revoked")
        document = folder / f"{names[SIGNING]}.key.pem"
        return FileKeys(
            Issuer(issuer["id"], issuer["context"]),
            chain,
            method["id"],
            document.read_bytes() if token is None else b"",
            (folder / f"{names[CREDENTIAL]}.key.pem").read_bytes(),
            passphrase,
            crls=lists,
            token=token,
            history=tuple(InForce(k.kind, k.public, k.begins, k.ends) for k in history),
        )
    except (OSError, ValueError, LookupError, StopIteration) as error:
        raise KeysUnreadable(f"{folder} does not hold an authority: {error}") from error


def rotate(folder: Path, *, passphrase: bytes, seed: bytes, at: datetime) -> None:
    """Make a new document key and a new credential key, in use from `at` on.

    The keys before stay where they are and are believed for what they signed in their time. The new
    files are there before the trust file, the one thing that is replaced, names them.

    :raises NoAuthority: the root's key is not here
    """
    above = _authority(folder, passphrase)
    stated = _stated(folder)
    key, credential = _p256(seed, SIGNING), _ed25519(seed)
    body = _organization(above.certificate)
    serial = _serial(seed, SIGNING)
    certificate = certify.signing(body, key.public_key(), above, serial=serial, at=at)
    public = credential.public_key().public_bytes_raw()
    stated = trustfile.added(stated, certificate=certificate, credential=public, at=at)
    document, method = (trustfile.in_use(stated, kind) for kind in (SIGNING, CREDENTIAL))
    if document is None or method is None:
        raise KeysUnreadable("the trust file does not name the new keys")
    _write_secret(folder / f"{document.file}.key.pem", _encrypted(key, passphrase))
    _write_secret(folder / f"{method.file}.key.pem", _encrypted(credential, passphrase))
    (folder / f"{document.file}.pem").write_text(trustfile.pem(certificate))
    trustfile.write(folder, stated)


def compromise(folder: Path, name: str, *, since: datetime) -> None:
    """Say that a key is in wrong hands since an instant; the revocation list is made anew by `renew`.

    :raises trustfile.Unknown: there is no key of that name
    """
    trustfile.write(folder, trustfile.compromised(_stated(folder), name, since=since))


def history(folder: Path) -> tuple[trustfile.Key, ...]:
    """Return every key that this house has had, documents' first, the oldest first."""
    return trustfile.history(_stated(folder))


def renew(folder: Path, *, passphrase: bytes, at: datetime) -> bool:
    """Make the revocation list of the demonstration authority anew; say whether it changed.

    :raises NoAuthority: the root's key is not here
    """
    above = _authority(folder, passphrase)
    revoked = [
        certify.Revoked(x509.load_der_x509_certificate(k.public).serial_number, k.compromised_at)
        for k in history(folder)
        if k.kind == SIGNING and k.compromised_at is not None
    ]
    made = certify.revocation_list(above, revoked, at=at)
    path = folder / CRL_FOLDER / _crl_name(above.certificate)
    if path.exists() and path.read_bytes() == made:
        return False
    path.parent.mkdir(exist_ok=True)
    trustfile.replace(path, made)
    return True


def crls(folder: Path, *, by: Sequence[bytes]) -> Iterator[bytes]:
    """Yield the revocation lists in the folder that one of the authorities `by` (DER) has made."""
    for path in sorted((folder / CRL_FOLDER).glob("*.crl")):
        crl = path.read_bytes()
        if any(certify.is_of(crl, issuer) for issuer in by):
            yield crl


def take(folder: Path, crl: bytes, *, by: Sequence[bytes]) -> Path:
    """Keep a revocation list that somebody else has made; return where.

    :raises ValueError: it is none, or of nobody in `by`
    """
    for issuer in by:
        if certify.is_of(crl, issuer):
            path = folder / CRL_FOLDER / f"{certify.fingerprint(issuer)}.crl"
            path.parent.mkdir(exist_ok=True)
            trustfile.replace(path, crl)
            return path
    raise ValueError("the list is of no authority that we trust")


def is_own(folder: Path) -> bool:
    """Say whether the folder holds the key of a root: then we are our own authority."""
    return (folder / f"{ROOT}.key.pem").exists()


def _make(
    folder: Path,
    body: str,
    issuer: Issuer,
    passphrase: bytes,
    seed: bytes,
    at: datetime,
    crl_url: str,
) -> None:
    key = _p256(seed, ROOT)
    name, serial = f"Otoritas Peragaan {body}", _serial(seed, ROOT)
    root = certify.root(name, body, key, serial=serial, at=at)
    _write_secret(folder / f"{ROOT}.key.pem", _encrypted(key, passphrase))
    (folder / f"{ROOT}.pem").write_text(trustfile.pem(root))
    stated = trustfile.begun(root, issuer)
    if crl_url:
        stated["crl"] = crl_url + _crl_name(root)
    trustfile.write(folder, stated)
    rotate(folder, passphrase=passphrase, seed=seed, at=at)
    renew(folder, passphrase=passphrase, at=at)


def _authority(folder: Path, passphrase: bytes) -> certify.Authority:
    try:
        certificate = x509.load_pem_x509_certificate((folder / f"{ROOT}.pem").read_bytes())
        pem = (folder / f"{ROOT}.key.pem").read_bytes()
    except FileNotFoundError as error:
        raise NoAuthority(f"{error.filename} is missing: this house is no authority") from error
    key = keyfile.private_key(pem, passphrase)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise KeysUnreadable("the root's key is no ECDSA key")
    return certify.Authority(certificate, key, trustfile.read(folder).get("crl", ""))


def _stated(folder: Path) -> dict[str, Any]:
    """Return what the trust file states, with a time for each key even if it is from before they had one."""
    stated, first = trustfile.read(folder), folder / f"{SIGNING}.pem"
    if not first.exists():
        return stated
    return trustfile.dated(stated, x509.load_pem_x509_certificate(first.read_bytes()))


def _in_use(stated: dict[str, object], kind: str) -> str:
    key = trustfile.in_use(stated, kind)
    if key is not None:
        return key.file
    # A trust file from before keys had a time names credential keys only.
    if kind == SIGNING and not stated.get("signing"):
        return SIGNING
    raise KeysUnreadable(f"no {kind} key is in use; run `kompeten keys rotate`")


def _crl_name(root: x509.Certificate) -> str:
    return f"{certify.fingerprint(root.public_bytes(serialization.Encoding.DER))}.crl"


def _organization(root: x509.Certificate) -> str:
    (named,) = root.subject.get_attributes_for_oid(x509.NameOID.ORGANIZATION_NAME)
    return str(named.value)


def _der(path: Path) -> bytes:
    read = x509.load_pem_x509_certificate(path.read_bytes())
    return read.public_bytes(serialization.Encoding.DER)


def _write_secret(path: Path, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _p256(seed: bytes, role: str) -> ec.EllipticCurvePrivateKey:
    # 64 bits more than the order of the group: the remainder is as good as uniform (FIPS 186-5, A.2.1).
    wide = int.from_bytes(_derived(seed, role, 40), "big")
    return ec.derive_private_key(wide % (_P256_ORDER - 1) + 1, ec.SECP256R1())


def _ed25519(seed: bytes) -> ed25519.Ed25519PrivateKey:
    return ed25519.Ed25519PrivateKey.from_private_bytes(_derived(seed, CREDENTIAL, 32))


def _serial(seed: bytes, role: str) -> int:
    return int.from_bytes(_derived(seed, f"{role} serial", 16), "big") >> 1


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
