"""`kompeten serve`: set up what is missing, then answer."""

import argparse
from typing import TYPE_CHECKING

from django.conf import settings

from kompeten.ops import prepare, serve
from kompeten.ops.commands import command
from kompeten.ops.output import answer

if TYPE_CHECKING:
    from kompeten.ops.commands import Sub


def register(sub: "Sub") -> None:
    """Add the noun."""
    parser = command(sub, "serve", help="serve the site", handler=_serve)
    parser.add_argument("--host", help="address to listen on (option host)")
    parser.add_argument("--port", type=int, help="port to listen on (option port)")


def _serve(args: argparse.Namespace) -> int:
    options = settings.OPTIONS
    host, port = args.host or options.host, args.port or options.port
    if options.prepare_on_start:
        prepare.everything()
    address = f"http://{host}:{port}"
    answer(args, {"address": address}, [f"Kompeten answers at {address} (Ctrl-C stops it)"])
    serve.serve(
        host=host,
        port=port,
        workers=options.web_workers,
        threads=options.web_threads,
        with_worker=options.work_in_serve,
    )
    return 0
