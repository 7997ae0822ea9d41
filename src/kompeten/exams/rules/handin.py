"""How do answers travel without a line? As one code that can be typed, sent by SMS or scanned.

The code says what stands on a device, with a tag that only that attempt's own key can make: whoever
brings it needs no log-in, and a sign read wrongly is seen at once. docs/rooms/exam-protocol.md, 9.
"""

import hmac
from collections.abc import Callable
from hashlib import sha256

import base45

from kompeten.exams.terms.vault import Stated, Unreadable
from kompeten.kernel.refs import ALPHABET, LENGTH

# In an address a blank and a percent sign would be rewritten, in an SMS a blank is dropped.
WRITTEN = str.maketrans({" ": "_", "%": "="})
READ = str.maketrans({"_": " ", "=": "%"})
# By version: the base of the answers, one digit for a blank; and whether texts are left behind.
VERSIONS = {0x01: (7, False), 0x02: (5, False), 0x03: (7, True), 0x04: (5, True)}
HEAD = slice(0, 23)  # version, attempt, links, instant, head, items
TAG_BYTES = 8
LONGEST = 400  # signs; 255 items come to 210
_WORDS = (
    "air anak angin api atap awan ayam bambu bata beras bintang buku bulan bunga bus cermin daun desa"
    " dinding emas gajah garam gula gunung guru hujan ikan jalan jambu jeruk kaca kapal kayu kebun"
    " kelapa kereta kertas kopi kota kuda kunci laut lampu langit madu malam mangga matahari nasi"
    " padi pagi pantai pasar pensil perahu pintu pohon rumah rusa sapi sawah sungai susu teh"
)
WORDS = tuple(_WORDS.split())
PARTS = 4  # words to compare: 24 bits


def pack(stated: Stated, *, key: bytes) -> bytes:
    """Return the code of what a device states, tagged with the attempt's `key`."""
    base = 5 if all(choice in "abcd" for choice in stated.choices if choice != "-") else 7
    version = next(v for v, made in VERSIONS.items() if made == (base, stated.partial))
    body = b"".join(
        (
            bytes([version]),
            _number(stated.attempt).to_bytes(7, "big"),
            stated.count.to_bytes(2, "big"),
            stated.seconds.to_bytes(4, "big"),
            bytes.fromhex(stated.head),
            bytes([len(stated.choices)]),
            _packed(stated.choices, base),
        )
    )
    return body + tag(body, key=key)


def unpack(code: bytes, *, key_of: Callable[[str], bytes]) -> Stated:
    """Return what a code states; `key_of` gives the key of an attempt.

    :raises Unreadable: `handin.version`, `handin.length`, or `handin.tag`: it was not made with the
        attempt's key, so that a sign of it is another than on the device
    """
    if not code or code[0] not in VERSIONS:
        raise Unreadable("handin.version")
    base, partial = VERSIONS[code[0]]
    items = code[22] if len(code) > 22 else 0
    if len(code) != HEAD.stop + _size(items, base) + TAG_BYTES:
        raise Unreadable("handin.length")
    attempt = _ref(int.from_bytes(code[1:8], "big"))
    body, made = code[:-TAG_BYTES], code[-TAG_BYTES:]
    if not hmac.compare_digest(tag(body, key=key_of(attempt)), made):
        raise Unreadable("handin.tag")
    return Stated(
        attempt=attempt,
        count=int.from_bytes(code[8:10], "big"),
        seconds=int.from_bytes(code[10:14], "big"),
        head=code[14:22].hex(),
        choices=_unpacked(body[HEAD.stop :], items, base),
        partial=partial,
    )


def tag(body: bytes, *, key: bytes, size: int = TAG_BYTES) -> bytes:
    """Return the first bytes of the HMAC-SHA-256 of `body`."""
    return hmac.digest(key, body, "sha256")[:size]


def written(code: bytes) -> str:
    """Return a code as it is typed, sent and put into addresses."""
    return str(base45.b45encode(code).decode("ascii")).translate(WRITTEN)


def read(text: str) -> bytes:
    """Return the bytes of a code as somebody typed it: blanks, breaks and small letters do not matter.

    :raises Unreadable: `handin.signs`: a sign is in it that no code has; `handin.length`
    """
    bare = "".join(text.split()).upper()
    if not 1 <= len(bare) <= LONGEST:
        raise Unreadable("handin.length")
    if set(bare) - set(base45.BASE45_CHARSET.translate(WRITTEN)):
        raise Unreadable("handin.signs")
    try:
        return bytes(base45.b45decode(bare.translate(READ)))
    except ValueError as error:
        raise Unreadable("handin.length") from error


def words(attempt: str, head: str) -> tuple[str, ...]:
    """Return four plain words that stand for what was handed in; the device shows the same ones.

    `head` is the last hash of the chain, in full or its first 16 characters.

    >>> words("ABCDEFGHJK", "00" * 8) == words("ABCDEFGHJK", "00" * 32)
    True
    """
    drawn = sha256(f"kompeten/words/1|{attempt}|{head[:16]}".encode("ascii")).digest()
    return tuple(WORDS[byte % len(WORDS)] for byte in drawn[:PARTS])


def _packed(choices: str, base: int) -> bytes:
    number = 0
    for choice in choices:
        number = number * base + "-abcdef".index(choice)
    return number.to_bytes(_size(len(choices), base), "big")


def _unpacked(packed: bytes, items: int, base: int) -> str:
    number, found = int.from_bytes(packed, "big"), []
    for _ in range(items):
        number, digit = divmod(number, base)
        found.append("-abcdef"[digit])
    if number:
        raise Unreadable("handin.length")
    return "".join(reversed(found))


def _size(items: int, base: int) -> int:
    most: int = base**items - 1
    return (most.bit_length() + 7) // 8


def _number(ref: str) -> int:
    number = 0
    for sign in ref:
        number = number * len(ALPHABET) + ALPHABET.index(sign)
    return number


def _ref(number: int) -> str:
    signs = []
    for _ in range(LENGTH):
        number, place = divmod(number, len(ALPHABET))
        signs.append(ALPHABET[place])
    return "".join(reversed(signs))
