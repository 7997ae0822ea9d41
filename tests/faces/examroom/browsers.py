"""What do tests of the client's modules share? The modules at an address of their own."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from kompeten.web import examroom

MODULES = Path(examroom.__file__).parent / "static" / "examroom"


class Silent(SimpleHTTPRequestHandler):
    """Hands out modules, and an empty page at `/`; says nothing about each request."""

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 (the parent's name)
        """Say nothing."""

    def do_GET(self) -> None:
        """Answer one request."""
        if self.path != "/":
            super().do_GET()
            return
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<!doctype html><title>modules</title>")


@contextmanager
def served() -> Iterator[str]:
    """Serve the modules while the block runs; give the address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Silent, directory=str(MODULES)))
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
