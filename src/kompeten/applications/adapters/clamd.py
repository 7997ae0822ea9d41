"""Is there malicious software in it? ClamAV's daemon is asked, over its own protocol.

A command stands between `z` and a zero byte. `INSTREAM` is followed by pieces, each after its length
in four bytes, and by a piece of no length; the answer is `stream: OK`, `stream: NAME FOUND` or ends
in `ERROR`.

Source: clamd(8), COMMANDS.
"""

import socket
import struct
from contextlib import closing

from kompeten.applications.ports import Scanned, ScannerSilent

REACH = 2.0  # seconds to be let in
PATIENCE = 20.0  # seconds for each further step; ten megabytes take it one to three
_PIECE = 65_536
_LONGEST_ANSWER = 4096


class Clamd:
    """The daemon at `address`: the path of its socket, or `host:port`."""

    def __init__(self, address: str) -> None:
        self.address = address

    def scan(self, content: bytes) -> Scanned:
        """Return what is found in `content`. :raises ScannerSilent: see `Scanner`"""
        pieces = [content[at : at + _PIECE] for at in range(0, len(content), _PIECE)]
        stream = [struct.pack(">I", len(piece)) + piece for piece in [*pieces, b""]]
        answer = self._ask(b"INSTREAM", *stream).removeprefix("stream: ")
        if answer == "OK":
            return Scanned()
        if answer.endswith(" FOUND"):
            return Scanned(answer.removesuffix(" FOUND"))
        raise ScannerSilent(answer or "it hung up")

    def version(self) -> str:
        """Return `ClamAV 1.4.6/27821/Mon Nov 30 …`: program, signatures and their day."""
        answer = self._ask(b"VERSION")
        if not answer.startswith("ClamAV "):
            raise ScannerSilent(f"it answers as no clamd does: {answer[:40]}")
        return answer

    def _ask(self, command: bytes, *stream: bytes) -> str:
        try:
            with closing(self._reached()) as line:
                try:
                    line.sendall(b"z" + command + b"\0")
                    for piece in stream:
                        line.sendall(piece)
                except (BrokenPipeError, ConnectionResetError):
                    # It hangs up on what is too large for it, and says so before.
                    return _answer(line)
                return _answer(line)
        except OSError as error:
            raise ScannerSilent(f"{self.address}: {error.strerror or error}") from error

    def _reached(self) -> socket.socket:
        host, colon, port = self.address.rpartition(":")
        if colon and port.isdigit():
            line = socket.create_connection((host.strip("[]"), int(port)), timeout=REACH)
        else:
            line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            line.settimeout(REACH)
            try:
                line.connect(self.address.removeprefix("unix:"))
            except OSError:
                line.close()
                raise
        line.settimeout(PATIENCE)
        return line


def _answer(line: socket.socket) -> str:
    found = b""
    while b"\0" not in found and len(found) < _LONGEST_ANSWER:
        came = line.recv(_LONGEST_ANSWER)
        if not came:
            break
        found += came
    return found.partition(b"\0")[0].decode("utf-8", "replace").strip()
