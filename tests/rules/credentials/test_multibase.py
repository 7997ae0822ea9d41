"""Is text in a credential read in its one form?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kompeten.foundation.vc import multibase


@pytest.mark.parametrize(
    ("raw", "text"),
    [(b"Hello World!", "z2NEpo7TZRRrLZSi2U"), (b"\0\0\x28\x7f\xb4\xcd", "z11233QC4"), (b"", "z")],
)
def test_base58_is_that_of_the_draft(raw: bytes, text: str) -> None:
    # draft-msporny-base58-03, section 5.
    assert multibase.encode(raw) == text
    assert multibase.decode(text) == raw


@given(st.binary(max_size=80))
def test_bytes_come_back(raw: bytes) -> None:
    assert multibase.decode(multibase.encode(raw)) == raw
    assert multibase.decode_url(multibase.encode_url(raw)) == raw


@pytest.mark.parametrize("text", ["", "x", "u", "z0", "zO", "z l", None, 7, "z" + "1" * 300])
def test_what_is_no_base58_is_refused(text: object) -> None:
    with pytest.raises(ValueError, match="not base58btc"):
        multibase.decode(text)


@pytest.mark.parametrize("text", ["", "zAA", "uA", "uA=", "uAB", "uA+A", "u\u00e9", None, "uAA AA"])
def test_what_is_no_base64_in_its_one_form_is_refused(text: object) -> None:
    with pytest.raises(ValueError, match="not base64url"):
        multibase.decode_url(text)


@pytest.mark.parametrize("raw", [b"\xed\x01" + bytes(31), b"\x80\x24" + bytes(32), bytes(34)])
def test_only_ed25519_keys_are_keys(raw: bytes) -> None:
    with pytest.raises(ValueError, match="no Ed25519 key"):
        multibase.read_public_key(multibase.encode(raw))
