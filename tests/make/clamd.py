"""A small clamd for tests: it speaks the daemon's own protocol over a real socket, and knows one signature."""

import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# The test file of EICAR: 68 harmless bytes that every scanner takes for malicious software. It is
# written in two halves, so that this source is not taken for it.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR" + rb"-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
FOUND = "Eicar-Test-Signature"


class _Line(socketserver.StreamRequestHandler):
    """One command of one client."""

    def handle(self) -> None:
        server = self.server
        assert isinstance(server, Clamd)
        command = self._until_zero()
        if command == b"zVERSION":
            self.wfile.write(b"ClamAV 1.4.6/27821/Mon Nov 30 08:25:43 2026\0")
        elif command == b"zINSTREAM":
            self.wfile.write(self._judged(server).encode() + b"\0")
        else:
            self.wfile.write(b"UNKNOWN COMMAND\0")

    def _until_zero(self) -> bytes:
        found = b""
        while not found.endswith(b"\0") and len(found) < 64:
            found += self.rfile.read(1)
        return found[:-1]

    def _judged(self, server: "Clamd") -> str:
        content = b""
        while length := struct.unpack(">I", self.rfile.read(4))[0]:
            content += self.rfile.read(length)
            if len(content) > server.longest:
                return "INSTREAM size limit exceeded. ERROR"
        server.scanned.append(content)
        return f"stream: {FOUND} FOUND" if EICAR in content else "stream: OK"


class Clamd(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
    """The daemon; `scanned` is what it was given, `longest` what it takes."""

    daemon_threads = True

    def __init__(self, path: Path, *, longest: int) -> None:
        super().__init__(str(path), _Line)
        self.scanned: list[bytes] = []
        self.longest = longest


@contextmanager
def listening(path: Path, *, longest: int = 25_000_000) -> Iterator[Clamd]:
    """Run the daemon at the socket `path`."""
    with Clamd(path, longest=longest) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
            path.unlink(missing_ok=True)
