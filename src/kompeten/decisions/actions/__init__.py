"""What may a committee and a director do? One verb, one function."""

from kompeten.decisions.actions.decree import release, sign
from kompeten.decisions.actions.meeting import close, convene, decide, propose

__all__ = ["close", "convene", "decide", "propose", "release", "sign"]
