"""What was asked at the shell, and who answers? Noun, then verb; yes is 0, no is 1, misuse is 2."""

import argparse
import json
import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.metadata import version
from pkgutil import iter_modules

from django.db import DatabaseError

from kompeten.foundation.ledger import StaleRecord, StepRefused
from kompeten.ops import commands, prepare
from kompeten.ops.commands import Misuse, No

YES, NO, MISUSE, INTERRUPTED = 0, 1, 2, 130


def run(argv: Sequence[str]) -> int:
    """Do what `argv` (without the program's name) asks; return the exit code.

    Whatever can be foreseen ends in one line on standard error, and with `--json` as
    `{"error": …}` on standard output too; the rest is a traceback.
    """
    try:
        args = _parser(argv).parse_args(argv)
        prepare.compile_messages()
        if args.tables:
            prepare.tables()
        code: int = args.handler(args)
    except SystemExit as end:  # argparse has already spoken
        return end.code if isinstance(end.code, int) else MISUSE
    except Misuse as problem:
        return _say(argv, MISUSE, str(problem))
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError, PermissionError) as problem:
        return _say(argv, MISUSE, f"{problem.filename}: {problem.strerror}")
    except No as answer:
        return _say(argv, NO, str(answer))
    except StepRefused as refusal:
        return _say(argv, NO, f"refused: {refusal.step} ({', '.join(refusal.reasons)})")
    except StaleRecord as stale:
        return _say(argv, NO, f"somebody else moved it; look again: {stale}")
    except prepare.NotPrepared as problem:
        return _say(argv, NO, str(problem))
    except DatabaseError as problem:
        return _say(argv, NO, f"the database refused: {problem}; `kompeten doctor` tells more")
    except BrokenPipeError:  # the reader has seen enough, as with `| head`
        sys.stderr.close()
        return YES
    except KeyboardInterrupt:
        return _say(argv, INTERRUPTED, "stopped")
    return code


def _parser(argv: Sequence[str]) -> argparse.ArgumentParser:
    """Return the parser; a known first word loads its own module only, so that a command starts fast."""
    parser = argparse.ArgumentParser(
        prog="kompeten", description="Certification of persons, from application to certificate."
    )
    parser.add_argument("--version", action="version", version=version("kompeten"))
    sub = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    nouns = sorted(module.name for module in iter_modules(commands.__path__))
    asked = [word for word in argv[:1] if word in nouns]
    for name in asked or nouns:
        import_module(f"{commands.__name__}.{name}").register(sub)
    return parser


def _say(argv: Sequence[str], code: int, text: str) -> int:
    print(f"kompeten: {text}", file=sys.stderr)
    if "--json" in argv:
        print(json.dumps({"error": text}, ensure_ascii=False), flush=True)
    return code
