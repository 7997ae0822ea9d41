"""What stands in a picture that somebody took of a certificate?"""

from kompeten.foundation import qr
from kompeten.kernel import baking


class NoCode(Exception):
    """The picture bears no code of a certificate; `has_others` says whether it bears any."""

    def __init__(self, *, has_others: bool) -> None:
        super().__init__("no QR code of a certificate stands in this picture")
        self.has_others = has_others


def handed_in(content: bytes) -> bytes:
    """Return what is to be judged: the bytes as they came, or of a picture the text of its QR code.

    A badge carries the credential itself; its picture is only its picture. Paper may bear other codes
    beside ours; ours carries a token behind the address.

    :raises qr.PictureUnreadable: it cannot be opened
    :raises NoCode: there is none of ours
    """
    if not qr.is_picture(content) or baking.is_badge(content):
        return content
    texts = qr.read(content)
    ours = next((text for text in texts if "#" in text), None)
    if ours is None:
        raise NoCode(has_others=bool(texts))
    return ours.encode()
