"""Do tickets, codes, keys and receipts say what they should, and does nothing else pass for one?"""

import hmac
import re
from base64 import urlsafe_b64encode

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from kompeten.exams.adapters import keys, receipts
from kompeten.exams.terms.vault import Receipt, Ticket, Unreadable, Via
from kompeten.kernel.refs import ALPHABET

GRANTED = Ticket(
    "ABCDEFGH23", "0123456789", "0f" * 8, opens=1_780_000_000_000, closes=1_780_010_800_000
)
WORDS = ("ABCDEFGH23", "a1" * 8, 1, 12, "c3" * 32, 1_780_000_000_123, Via.LINE)
refs = st.text(ALPHABET, min_size=10, max_size=10)
instants = st.integers(0, 10**15 - 1)


def mac(text: str) -> bytes:
    return hmac.new(settings.VAULT_KEY.encode(), text.encode(), "sha256").digest()


def test_a_ticket_is_what_the_protocol_says() -> None:
    body = "1.ABCDEFGH23.0123456789.0f0f0f0f0f0f0f0f.1780000000000.1780010800000"
    tail = urlsafe_b64encode(mac(body)[:16]).decode().rstrip("=")

    assert keys.ticket(GRANTED) == f"{body}.{tail}"


@given(st.builds(Ticket, refs, refs, st.text("0123456789abcdef", min_size=16, max_size=16),
                 instants, instants))  # fmt: skip
def test_a_ticket_is_read_as_it_was_granted(granted: Ticket) -> None:
    assert keys.read_ticket(keys.ticket(granted)) == granted


@given(st.data())
def test_a_ticket_changed_anywhere_is_refused(data: st.DataObject) -> None:
    text = keys.ticket(GRANTED)
    place = data.draw(st.integers(0, len(text) - 1))
    other = data.draw(st.characters(codec="ascii").filter(lambda sign: sign != text[place]))

    with pytest.raises(Unreadable, match=r"^ticket\."):
        keys.read_ticket(text[:place] + other + text[place + 1 :])


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "ticket.shape"),
        ("1.2.3", "ticket.shape"),
        (keys.ticket(GRANTED) + "=", "ticket.forged"),
        (keys.ticket(GRANTED).replace("ABCDEFGH23", "ABCDEFGH24"), "ticket.forged"),
        (keys.ticket(GRANTED).replace("1780010800000", "1780099900000"), "ticket.forged"),
        (keys.ticket(GRANTED).replace("ABCDEFGH23", "\N{ARABIC-INDIC DIGIT ONE}" * 10), "ticket.shape"),
        (keys.ticket(GRANTED)[:-4] + "é" * 4, "ticket.shape"),
    ],
)  # fmt: skip
def test_what_is_no_ticket_of_ours_is_refused(text: str, code: str) -> None:
    with pytest.raises(Unreadable) as refused:
        keys.read_ticket(text)

    assert refused.value.code == code


def test_another_house_has_other_tickets(monkeypatch: pytest.MonkeyPatch) -> None:
    ours = keys.ticket(GRANTED)
    monkeypatch.setattr(settings, "VAULT_KEY", "of another house")

    with pytest.raises(Unreadable, match=r"ticket\.forged"):
        keys.read_ticket.__wrapped__(ours)


def test_keys_come_from_the_vault_key_and_what_they_are_for() -> None:
    digest = "sha256:" + "0f" * 32

    assert keys.attempt_key("ABCDEFGH23") == mac("attempt|ABCDEFGH23")[:16]
    assert keys.content_key("0123456789", digest) == mac("paper|0123456789|0f0f0f0f0f0f0f0f")
    assert keys.content_key("0123456789", keys.form_name(digest)) == keys.content_key(
        "0123456789", digest
    )


def test_a_code_is_ten_characters_that_nobody_misreads_and_renewing_makes_another() -> None:
    codes = [keys.sitting_code("0123456789", n) for n in range(200)]

    assert all(re.fullmatch(f"[{ALPHABET}]{{10}}", code) for code in codes)
    assert len(set(codes)) == 200
    bits = int.from_bytes(mac("code|0123456789|0"), "big") >> 206
    assert codes[0] == "".join(ALPHABET[int(f"{bits:050b}"[n : n + 5], 2)] for n in range(0, 50, 5))


def test_a_receipt_says_what_is_kept_and_verifies() -> None:
    text = receipts.sign(*WORDS)

    assert text.startswith(f"1.ABCDEFGH23.{'a1' * 8}.1.12.{'c3' * 32}.1780000000123.line.")
    assert receipts.verify(text, receipts.public_keys()) == Receipt(*WORDS)


@given(st.data())
def test_a_receipt_changed_anywhere_is_refused(data: st.DataObject) -> None:
    text = receipts.sign(*WORDS)
    place = data.draw(st.integers(0, len(text) - 1))
    other = data.draw(st.characters(codec="ascii").filter(lambda sign: sign != text[place]))

    with pytest.raises(Unreadable, match=r"^receipt\."):
        receipts.verify(text[:place] + other + text[place + 1 :], receipts.public_keys())


def test_a_receipt_of_another_house_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    ours = receipts.public_keys()
    monkeypatch.setattr(settings, "VAULT_KEY", "of another house")
    theirs = receipts.sign(*WORDS)

    with pytest.raises(Unreadable, match=r"receipt\.forged"):
        receipts.verify(theirs, ours)
    assert receipts.verify(theirs, [*ours, *receipts.public_keys()]) == Receipt(*WORDS)


def test_the_public_key_is_on_the_curve_and_the_same_every_time() -> None:
    (key,) = receipts.public_keys()

    assert receipts.public_keys() == [key]
    assert (key["kty"], key["crv"], len(key["kid"])) == ("EC", "P-256", 43)
    x, y = (int.from_bytes(receipts._bytes(key[name]), "big") for name in "xy")
    assert ec.EllipticCurvePublicNumbers(x, y, ec.SECP256R1()).public_key()
    assert "d" not in key


@pytest.mark.parametrize("key", [{}, {"x": "AA"}, {"x": "AA", "y": "AA"}, {"x": "é", "y": ""}])
def test_a_key_that_is_none_verifies_nothing(key: dict[str, str]) -> None:
    with pytest.raises(Unreadable, match=r"receipt\.forged"):
        receipts.verify(receipts.sign(*WORDS), [key])
