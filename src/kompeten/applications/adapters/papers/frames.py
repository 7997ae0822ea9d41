"""How do we and the process apart speak? In frames: a JSON object and the bytes it is about."""

import io
import json
import struct
from typing import Any

_LENGTHS = struct.Struct(">II")


class Silence(Exception):
    """The other side is gone, in the middle of a frame or before one."""


def send(pipe: io.RawIOBase, words: dict[str, Any], content: bytes = b"") -> None:
    """Write one frame. :raises BrokenPipeError: nobody reads it"""
    said = json.dumps(words).encode()
    for part in (_LENGTHS.pack(len(said), len(content)) + said, content):
        left = memoryview(part)
        while left:
            left = left[pipe.write(left) or 0 :]


def receive(pipe: io.RawIOBase) -> tuple[dict[str, Any], bytes]:
    """Read one frame. :raises Silence: nobody sends one any more"""
    words, content = _LENGTHS.unpack(_exactly(pipe, _LENGTHS.size))
    said = _exactly(pipe, words)
    return json.loads(said), _exactly(pipe, content)


def _exactly(pipe: io.RawIOBase, length: int) -> bytes:
    found = bytearray(length)
    left = memoryview(found)
    while left:
        came = pipe.readinto(left)
        if not came:
            raise Silence
        left = left[came:]
    return bytes(found)
