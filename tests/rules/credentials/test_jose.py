"""Is a credential in a token read by anybody, and nothing else taken for one?"""

import json
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519
from joserfc import jws
from joserfc.errors import SecurityWarning
from joserfc.jwk import OKPKey

from kompeten.foundation.vc import jose, multibase
from kompeten.foundation.vc.jose import TokenInvalid

KEY = ed25519.Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = KEY.public_key().public_bytes_raw()
METHOD = "did:web:lsp.example#key"
STATED: dict[str, Any] = {
    "issuer": "did:web:lsp.example",
    "name": "Ñi Luh",
    "list": [1, None, True],
}
TOKEN = jose.token(STATED, sign=KEY.sign, verification_method=METHOD)


def key_of(method: str) -> bytes | None:
    """Return our key for its address, and no other."""
    return PUBLIC if method == METHOD else None


def url(raw: bytes) -> str:
    """Return bytes as a token writes them."""
    return multibase.encode_url(raw)[1:]


def made(header: Any, payload: bytes = json.dumps(STATED).encode()) -> str:
    """Return a token with any head, signed with our key."""
    head = header if isinstance(header, bytes) else json.dumps(header).encode()
    message = f"{url(head)}.{url(payload)}"
    return f"{message}.{url(KEY.sign(message.encode()))}"


GOOD = {"alg": "EdDSA", "typ": "vc+jwt", "cty": "vc", "kid": METHOD}


def test_a_jose_library_reads_the_token() -> None:
    key = OKPKey.import_key({"kty": "OKP", "crv": "Ed25519", "x": url(PUBLIC)})

    # It warns of the name "EdDSA" (RFC 9864), which W3C asks for.
    with pytest.warns(SecurityWarning, match="RFC 9864"):
        read = jws.deserialize_compact(TOKEN, key, algorithms=["EdDSA"])

    assert json.loads(read.payload) == STATED
    assert read.headers() == GOOD


def test_we_read_our_token_and_those_of_others() -> None:
    assert jose.read(TOKEN, key_of=key_of) == (STATED, METHOD)
    assert jose.read(made({**GOOD, "iss": "did:web:lsp.example"}), key_of=key_of)[0] == STATED


def test_every_changed_letter_is_noticed() -> None:
    for at, letter in enumerate(TOKEN):
        changed = TOKEN[:at] + ("A" if letter != "A" else "B") + TOKEN[at + 1 :]
        with pytest.raises(TokenInvalid):
            jose.read(changed, key_of=key_of)


@pytest.mark.parametrize(
    "token",
    [
        "",
        "a.b",
        "a.b.c.d",
        "..",
        "." * 2_000_000,
        TOKEN + "=",
        made({**GOOD, "alg": "none"}),
        made({**GOOD, "alg": "HS256"}),
        made({**GOOD, "typ": "JWT"}),
        made({**GOOD, "cty": "vp"}),
        made({**GOOD, "kid": "did:web:other.example#key"}),
        made({**GOOD, "kid": None}),
        made({**GOOD, "crit": ["b64"], "b64": False}),
        made({"alg": "EdDSA"}),
        made([]),
        made(b"{"),
        made(b'{"alg":"EdDSA","alg":"EdDSA","typ":"vc+jwt","kid":"did:web:lsp.example#key"}'),
        made(GOOD, b"[]"),
        made(GOOD, b"{"),
        made(GOOD, b'{"name":"a","name":"b"}'),
    ],
)
def test_what_is_no_such_token_is_refused(token: str) -> None:
    with pytest.raises(TokenInvalid):
        jose.read(token, key_of=key_of)
