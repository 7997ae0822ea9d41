"""How does a paper travel days ahead, so that nobody can read it before the bell? Section 5 of the protocol.

The same sitting, form and code give the same bytes in every process: nonces are drawn from the content
by its own key (as in SIV modes), so that a package can be named by its digest, kept by anybody, and
made again when no copy is at hand.
"""

import gzip
import hmac
import json
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from hashlib import pbkdf2_hmac, sha256
from threading import Lock
from typing import TYPE_CHECKING, Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from kompeten.exams.adapters import keys, receipts
from kompeten.itembank import queries as itembank

if TYPE_CHECKING:
    from kompeten.exams.models import Sitting
    from kompeten.itembank.terms import PaperCase, PaperItem

MAGIC = b"KPK1"
ROUNDS = 210_000  # PBKDF2: a code of 50 bits, a tenth of a second each try
NAME_LENGTH = 16  # hexadecimal characters of the digest in the address
_building = Lock()  # a room of phones asks at once; one of them builds


@dataclass(frozen=True, slots=True)
class Package:
    """An encrypted paper of a sitting: `name` is the start of its digest, as in its address."""

    content: bytes
    sha256: str

    @property
    def name(self) -> str:
        """The part of the address that changes with the content."""
        return self.sha256[:NAME_LENGTH]


def package(sitting: "Sitting", form_digest: str) -> Package:
    """Return a form of a sitting under the code that holds now. No query once it was built."""
    return _package(sitting, form_digest, sitting.code_renewals)


def named(sitting: "Sitting", form_digests: Iterable[str], name: str) -> Package | None:
    """Return the package of that name, of one of these forms; None: there was never one.

    Under an earlier code too: whoever prepared then still has the right paper, only the code is another.
    """
    forms = tuple(form_digests)
    held = [(digest, n) for n in range(sitting.code_renewals, -1, -1) for digest in forms]
    packages = (_package(sitting, digest, renewals) for digest, renewals in held)
    return next((p for p in packages if hmac.compare_digest(p.name.encode(), name.encode())), None)


def paper(title: str, cases: "tuple[PaperCase, ...]") -> bytes:
    """Return the paper as devices read it: no key, domain or difficulty of any item is in it."""
    said = {
        "title": title,
        "cases": [
            {
                "n": case.number,
                "text": case.vignette,
                "items": [_item(item) for item in case.items],
            }
            for case in cases
        ],
    }
    return _json(said)


def _item(item: "PaperItem") -> dict[str, Any]:
    if (essay := item.essay) is None:
        return {"n": item.number, "stem": item.stem, "options": list(map(list, item.options))}
    told = {"hint": essay.guidance, "longest": essay.longest, "points": essay.most_points}
    return {"n": item.number, "stem": item.stem, "essay": told}


def choices(cases: "tuple[PaperCase, ...]") -> int:
    """Return how many choice items a paper has; essays follow them and stand in no code."""
    return sum(item.essay is None for case in cases for item in case.items)


def open_with(content: bytes, code: str) -> dict[str, Any]:
    """Return the paper that a package holds, opened by its code as a device does it; for proof.

    :raises InvalidTag: it is another code, or a byte was changed
    """
    head, header, sealed = _parts(content)
    wrap = header["wrap"]
    salt, nonce, wrapped = (bytes.fromhex(wrap[part]) for part in ("salt", "nonce", "key"))
    outer = pbkdf2_hmac("sha256", code.encode("ascii"), salt, wrap["rounds"])
    key = AESGCM(outer).decrypt(nonce, wrapped, None)
    read: dict[str, Any] = json.loads(
        gzip.decompress(AESGCM(key).decrypt(bytes.fromhex(header["nonce"]), sealed, head))
    )
    return read


def _package(sitting: "Sitting", form_digest: str, renewals: int) -> Package:
    with _building:
        return _built(sitting.ref, sitting.title, form_digest, renewals, _signers())


@lru_cache(maxsize=128)
def _built(ref: str, title: str, form_digest: str, renewals: int, signers: str) -> Package:
    cases = itembank.paper(form_digest)
    items, told = choices(cases), paper(title, cases)
    return sealed(ref, form_digest, renewals, paper=told, items=items, signers=signers)


def sealed(
    ref: str, form_digest: str, renewals: int, *, paper: bytes, items: int, signers: str = ""
) -> Package:
    """Return `paper` as a package of the sitting `ref`; a form's name does for its digest.

    `items` counts the choice items.
    """
    key = keys.content_key(ref, form_digest)
    content = gzip.compress(paper, compresslevel=9, mtime=0)
    header: dict[str, Any] = {
        "v": 1,
        "sitting": ref,
        "items": items,
        "wrap": _wrapped(key, keys.sitting_code(ref, renewals), renewals),
        "keys": json.loads(signers or _signers()),
    }
    # The nonce takes in the header too: another wrap with the same one would give the tag key away.
    nonce = _drawn(key, b"nonce", _json(header) + content)[:12]
    head = _json(header | {"nonce": nonce.hex()})
    cipher = AESGCM(key).encrypt(nonce, content, head)
    whole = MAGIC + struct.pack(">I", len(head)) + head + cipher
    return Package(whole, sha256(whole).hexdigest())


def _wrapped(key: bytes, code: str, renewals: int) -> dict[str, Any]:
    salt = _drawn(key, b"salt", str(renewals).encode())[:16]
    nonce = _drawn(key, b"wrap", str(renewals).encode())[:12]
    outer = pbkdf2_hmac("sha256", code.encode("ascii"), salt, ROUNDS)
    sealed = AESGCM(outer).encrypt(nonce, key, None)
    return {"salt": salt.hex(), "rounds": ROUNDS, "nonce": nonce.hex(), "key": sealed.hex()}


def _parts(content: bytes) -> tuple[bytes, dict[str, Any], bytes]:
    (length,) = struct.unpack(">I", content[4:8])
    head = content[8 : 8 + length]
    return head, json.loads(head), content[8 + length :]


def _drawn(key: bytes, purpose: bytes, content: bytes) -> bytes:
    return hmac.digest(key, purpose + b"|" + content, "sha256")


def _signers() -> str:
    return json.dumps(receipts.public_keys(), sort_keys=True)


def _json(said: Any) -> bytes:
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
