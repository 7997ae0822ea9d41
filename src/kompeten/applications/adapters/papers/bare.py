"""What of a picture inside a PDF is picture, and what tells where and with what it was taken?

Nothing is decoded: segments and boxes that no reader needs to draw the picture are left out, so the
picture is the same to the last point.

Source: ITU-T T.81, B.1 (markers); ISO/IEC 15444-1, I.4 (boxes).
"""

_SOI, _EOI, _SOS, _COM, _APP0, _APP14 = 0xD8, 0xD9, 0xDA, 0xFE, 0xE0, 0xEE
_TELLTALE = range(0xE1, 0xF0)  # EXIF and XMP, colour profiles, IPTC, makers' own
_BOXES = frozenset({b"xml ", b"uuid", b"uinf"})


def jpeg(content: bytes) -> bytes:
    """Return a JPEG without comments and application segments, and without what hangs behind its end.

    What says how colours are meant (`JFIF`, `Adobe`) stays. What is no JPEG, or is cut off, comes back
    from where it ceases to be one as it was.
    """
    if content[:2] != bytes((0xFF, _SOI)):
        return content
    kept, at = [content[:2]], 2
    while at + 4 <= len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        if marker == _EOI:
            return b"".join([*kept, content[at : at + 2]])
        if marker == 0xFF:  # a fill byte
            at += 1
            continue
        end = at + 2 + int.from_bytes(content[at + 2 : at + 4], "big")
        kept.append(_segment(marker, content[at:end]))
        at = end
        if marker == _SOS:
            start, at = at, _scan_end(content, at)
            kept.append(content[start:at])
    if content[at : at + 2] == bytes((0xFF, _EOI)):
        return b"".join([*kept, content[at : at + 2]])
    return b"".join([*kept, content[at:]])


def jpeg2000(content: bytes) -> bytes:
    """Return a JPEG 2000 file without the boxes that hold words about it."""
    kept, at = [], 0
    while at + 8 <= len(content):
        length, name = int.from_bytes(content[at : at + 4], "big"), content[at + 4 : at + 8]
        if length < 8:  # 0: to the end; 1: a length of eight bytes; less is no box
            break
        if name not in _BOXES:
            kept.append(content[at : at + length])
        at += length
    return b"".join([*kept, content[at:]])


def _segment(marker: int, segment: bytes) -> bytes:
    if marker == _APP0:  # without its thumbnail, which may show what was cut away
        return b"\xff\xe0\x00\x10" + segment[4:16] + b"\0\0" if segment[4:9] == b"JFIF\0" else b""
    if marker == _COM or (marker in _TELLTALE and marker != _APP14):
        return b""
    return segment


def _scan_end(content: bytes, at: int) -> int:
    """Return where the coded points end: at a marker that is none of those within them."""
    while True:
        at = content.find(b"\xff", at)
        if at < 0 or at + 1 >= len(content):
            return len(content)
        following = content[at + 1]
        if following and not 0xD0 <= following <= 0xD7:
            return at
        at += 2
