"""Where do the body's keys come from? A folder; a demonstration authority is made where there is none."""

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from secrets import token_bytes

from kompeten.certificates.adapters import authority, certify, token_key, trustfile
from kompeten.certificates.adapters.esign import EsignRefused, HttpEsign, Signatory
from kompeten.certificates.adapters.keyfile import KeysUnreadable
from kompeten.certificates.adapters.pades import Evidence
from kompeten.certificates.adapters.timestamp import HttpTimestamper
from kompeten.certificates.ports import Keys, NationalService, Timestamper
from kompeten.certificates.terms import Issuer
from kompeten.foundation import privacy
from kompeten.foundation.vc import did

IN_A_FILE = "file"
SIGNATORY_FILE = "esign.sealed"
_SIGNATORY, _ROW = "certificates.signatory", "esign"


def load(folder: Path, *, passphrase: bytes, token: str = IN_A_FILE, pin: str = "") -> Keys:
    """Return the keys in `folder`; `token` is `file`, or the URI of the document key in a token.

    :raises KeysUnreadable: there are none, or the passphrase is not theirs
    """
    try:
        where = None if token == IN_A_FILE else token_key.named(token, pin=pin)
    except token_key.TokenMisnamed as error:
        raise KeysUnreadable(str(error)) from error
    return authority.load(folder, passphrase=passphrase, token=where)


def state(folder: Path) -> tuple[object, ...]:
    """Return something that differs when a file of the keys was changed. About 0.05 ms."""
    return tuple(_looks(folder))


def ensure(folder: Path, *, body: str, public_url: str, passphrase: bytes, at: datetime) -> bool:
    """Make a demonstration authority in `folder` unless keys are there; say whether it was made."""
    if folder.exists() and any(folder.iterdir()):
        return False
    issuer = Issuer(id=did.of_web(public_url), context_url=f"{public_url}/konteks/sertifikat-v1")
    authority.create(
        folder,
        body=body,
        issuer=issuer,
        passphrase=passphrase,
        seed=token_bytes(32),
        at=at,
        crl_url=f"{public_url}/otoritas/",
    )
    return True


def keep_lists(folder: Path, *, passphrase: bytes, at: datetime) -> bool:
    """Make the revocation list of our own authority anew once its week is over; say whether it was.

    Somebody else's list is theirs to make; see `kompeten keys crl`.
    """
    if not authority.is_own(folder):
        return False
    lists = [path.read_bytes() for path in sorted((folder / authority.CRL_FOLDER).glob("*.crl"))]
    if lists and not any(certify.is_due(crl, at=at) for crl in lists):
        return False
    return authority.renew(folder, passphrase=passphrase, at=at)


def renew_list(folder: Path, *, passphrase: bytes, at: datetime) -> bool:
    """Make the revocation list of our own authority anew; say whether there is such an authority."""
    if not authority.is_own(folder):
        return False
    authority.renew(folder, passphrase=passphrase, at=at)
    return True


def crl(folder: Path, name: str) -> bytes | None:
    """Return the revocation list that is published under a name, or None."""
    return next(
        (
            path.read_bytes()
            for path in (folder / authority.CRL_FOLDER).glob("*.crl")
            if path.name == name
        ),
        None,
    )


def evidence(folder: Path, keys: Keys) -> Evidence:
    """Return what is known by now of the chains of our signatures and of our time stamps."""
    roots = timestamp_roots(folder)
    lists = authority.crls(folder, by=(*keys.signer.chain[1:], *roots))
    return Evidence((*keys.signer.chain, *roots), tuple(lists))


def timestamper(folder: Path, url: str) -> Timestamper:
    """Return the time-stamp authority at an address, believed if a root in the trust file vouches for it."""
    return HttpTimestamper(url, timestamp_roots(folder))


def timestamp_roots(folder: Path) -> tuple[bytes, ...]:
    """Return the roots (DER) of time-stamp authorities that the trust file names."""
    return trustfile.timestamping(trustfile.read(folder))


def trust_timestamps(folder: Path, pem: bytes) -> str:
    """Write a root of a time-stamp authority into the trust file; return its name.

    :raises ValueError: it is no certificate
    """
    stated, name = trustfile.with_timestamping(trustfile.read(folder), pem)
    trustfile.write(folder, stated)
    return name


def countersigners(folder: Path) -> tuple[bytes, ...]:
    """Return the certificates (DER) of the signatories whose national signature counts."""
    return trustfile.countersigners(trustfile.read(folder))


def trust_countersigner(folder: Path, pem: bytes) -> str:
    """Write a signatory of the national service into the trust file; return the signatory's name.

    :raises ValueError: it is no certificate
    """
    stated, name = trustfile.with_countersigner(trustfile.read(folder), pem)
    trustfile.write(folder, stated)
    return name


def national(folder: Path, url: str, user: str, password: str) -> NationalService:
    """Return the national service at an address, in the name of the signatory who was written down.

    :raises EsignRefused: nobody was (`esign.nobody`), or it does not open
    """
    return HttpEsign(url, user, password, _signatory(folder))


def keep_signatory(folder: Path, nik: str, passphrase: str, *, at: datetime) -> None:
    """Keep who signs at the national service, sealed with the key of personal data."""
    sealed = {
        "nik": privacy.seal(nik, column=f"{_SIGNATORY}.nik", row=_ROW).hex(),
        "passphrase": privacy.seal(passphrase, column=f"{_SIGNATORY}.passphrase", row=_ROW).hex(),
        "kept_at": at.isoformat(),
    }
    trustfile.replace(folder / SIGNATORY_FILE, json.dumps(sealed).encode(), mode=0o600)


def signatory_kept_at(folder: Path) -> datetime | None:
    """Return when the signatory was last written down, or None."""
    path = folder / SIGNATORY_FILE
    return (
        datetime.fromisoformat(json.loads(path.read_text())["kept_at"]) if path.exists() else None
    )


def _signatory(folder: Path) -> Signatory:
    try:
        sealed = json.loads((folder / SIGNATORY_FILE).read_text())
        nik, passphrase = (
            privacy.unseal(bytes.fromhex(sealed[name]), column=f"{_SIGNATORY}.{name}", row=_ROW)
            for name in ("nik", "passphrase")
        )
    except FileNotFoundError as error:
        raise EsignRefused("esign.nobody") from error
    except (privacy.SealBroken, ValueError, LookupError) as error:
        raise EsignRefused("esign.sealed") from error
    return Signatory(nik, passphrase)


def take_list(folder: Path, crl: bytes) -> Path:
    """Keep somebody else's revocation list. :raises ValueError: it is of nobody that we trust"""
    stated = trustfile.read(folder)
    return authority.take(
        folder, crl, by=(*trustfile.roots(stated), *trustfile.timestamping(stated))
    )


def history(folder: Path) -> tuple[trustfile.Key, ...]:
    """Return every key that this house has had, documents' first, the oldest first."""
    return authority.history(folder)


def rotate(folder: Path, *, passphrase: bytes, at: datetime) -> None:
    """Make new keys of both kinds, in use from `at` on. :raises NoAuthority: the root is not here"""
    authority.rotate(folder, passphrase=passphrase, seed=token_bytes(32), at=at)


def compromise(
    folder: Path, name: str, *, passphrase: bytes, since: datetime, at: datetime
) -> bool:
    """Say that a key is in wrong hands since an instant; if it was in use, make new ones.

    Say whether new ones were made. The revocation list is made anew in any case.

    :raises trustfile.Unknown: there is no key of that name
    """
    was_in_use = any(key.is_in_use for key in authority.history(folder) if key.id == name)
    authority.compromise(folder, name, since=since)
    if was_in_use:
        rotate(folder, passphrase=passphrase, at=at)
    if authority.is_own(folder):
        authority.renew(folder, passphrase=passphrase, at=at)
    return was_in_use


def _looks(folder: Path) -> Iterator[object]:
    if not folder.is_dir():
        return
    for path in sorted((*folder.iterdir(), *(folder / authority.CRL_FOLDER).glob("*"))):
        if path.name.startswith("."):  # being written; it is there under its name, or never
            continue
        try:
            looks = path.stat()
        except FileNotFoundError:  # taken away since the folder was listed
            continue
        yield path.name, looks.st_mtime_ns, looks.st_size, looks.st_ino
