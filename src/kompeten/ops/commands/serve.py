"""`kompeten serve`: set up what is missing, then answer."""

import argparse
from typing import TYPE_CHECKING

from django.conf import settings

from kompeten.ops import again, prepare, serve
from kompeten.ops.commands import Misuse, command
from kompeten.ops.output import answer

if TYPE_CHECKING:
    from kompeten.ops.commands import Sub


def register(sub: "Sub") -> None:
    """Add the noun."""
    parser = command(sub, "serve", help="serve the site", handler=_serve)
    parser.add_argument("--host", help="address to listen on (option host)")
    parser.add_argument("--port", type=int, help="port to listen on (option port)")
    parser.add_argument(
        "--intake-only",
        action="store_true",
        help="take exam answers only, on the port of option intake_port",
    )
    parser.add_argument("--parent", type=int, help=argparse.SUPPRESS)


def _serve(args: argparse.Namespace) -> int:
    if args.intake_only:
        return _serve_intake(args)
    _as_asked(args)
    options = settings.OPTIONS
    host, port = options.host, options.port
    # Before anything is prepared, or said: an address that is taken ends it here.
    for one in filter(None, (port, options.intake_port)):
        serve.claim(host, one)
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
        intake_port=options.intake_port,
    )
    return 0


def _as_asked(args: argparse.Namespace) -> None:
    """Let what was said at the shell count as the option it stands for: links and mails follow it."""
    asked = {"KOMPETEN_HOST": args.host, "KOMPETEN_PORT": args.port and str(args.port)}
    again.unless_in_force(**{name: value for name, value in asked.items() if value})


def _serve_intake(args: argparse.Namespace) -> int:
    options = settings.OPTIONS
    host, port = args.host or options.host, args.port or options.intake_port
    if not port:
        raise Misuse("say on which port: set KOMPETEN_INTAKE_PORT or say --port")
    address = f"http://{host}:{port}"
    if args.parent is None:
        answer(args, {"address": address}, [f"The exam intake answers at {address}"])
    serve.serve_intake(host=host, port=port, workers=options.intake_workers, parent=args.parent)
    return 0
