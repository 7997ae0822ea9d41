"""What does this room need from outside? Somebody who carries mail, and somebody who calls webhooks."""

from contextlib import AbstractContextManager
from typing import Protocol

from kompeten.notices.terms import Mail


class Refused(Exception):
    """This mail can never arrive; the argument is a code with words in `labels.REASON`."""


class Unavailable(Exception):
    """This mail cannot go out now; the argument is what stood in the way, one line."""


class Post(Protocol):
    """One round of the post: opened, handed mails one by one, closed."""

    def deliver(self, mail: Mail) -> None:
        """Hand over one mail.

        :raises Refused: it can never arrive
        :raises Unavailable: not now
        """


class PostOffice(Protocol):
    """Opens rounds."""

    def __call__(self) -> AbstractContextManager[Post]:
        """Return a round to be used in a `with` block.

        :raises Unavailable: on entering, when no mail can go out at all now
        """


class Gone(Exception):
    """The receiver of a webhook wants to hear nothing any more (410)."""


class Caller(Protocol):
    """Calls webhooks; used by several threads at once."""

    def __call__(self, url: str, *, key: str, body: bytes, secret: str) -> None:
        """Hand over one message, signed; return once the receiver has said yes.

        :raises Gone: it wants no more of them
        :raises Unavailable: not now
        """
