"""Who cosigns the log of somebody else? A small server around a witness.

One request at a time matters little here: a log asks a few times an hour. So it is Python's own
server, with a thread for each connection, and needs neither database nor web server.
"""

from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from kompeten.kernel.tlog.requests import MAX_BYTES
from kompeten.register.actions.witnessing import Reply, Witness

PATH = "/add-checkpoint"
PATIENCE_SECONDS = 10


def handler(witness: Witness, *, now: Callable[[], int]) -> type[BaseHTTPRequestHandler]:
    """Return what answers one connection; `now` tells the seconds since 1970."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        timeout = PATIENCE_SECONDS

        def do_POST(self) -> None:
            """Answer a log."""
            length = self.headers.get("Content-Length", "")
            if self.path != PATH:
                return self._answer(Reply(404, "there is /add-checkpoint here\n"), close=True)
            if not length.isdigit() or int(length) > MAX_BYTES:
                return self._answer(Reply(413, "a request is not that long\n"), close=True)
            body = self.rfile.read(int(length))
            return self._answer(witness.add_checkpoint(body, at_seconds=now()))

        def do_GET(self) -> None:
            """Say what this is."""
            self._answer(Reply(405, "POST to /add-checkpoint; see c2sp.org/tlog-witness\n"))

        def _answer(self, reply: Reply, *, close: bool = False) -> None:
            content = reply.body.encode()
            self.send_response(reply.status)
            self.send_header("Content-Type", reply.media_type)
            self.send_header("Content-Length", str(len(content)))
            if close:
                self.send_header("Connection", "close")
                self.close_connection = True
            self.end_headers()
            self.wfile.write(content)

        def version_string(self) -> str:
            """Say no more of this machine than needed."""
            return "kompeten-witness"

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the library's word)
            """Say nothing of each request; what contradicts is kept as evidence."""

    return Handler


def serve(witness: Witness, *, host: str, port: int, now: Callable[[], int]) -> None:
    """Answer until stopped."""
    with ThreadingHTTPServer((host, port), handler(witness, now=now)) as server:
        server.serve_forever()
