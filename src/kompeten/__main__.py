"""What can be asked of the house from a shell?"""

import gc
import os
import sys
from importlib.metadata import version

import django

from kompeten.config import secrets
from kompeten.config.options import OptionsInvalid

ONLY_LOOKS = (["certificate", "verify"],)


def main() -> int:
    """Read the options, then run the command line; return the exit code."""
    if sys.argv[1:] == ["--version"]:
        print(version("kompeten"))  # noqa: T201 (this is the shell)
        return 0
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kompeten.config.settings")
    # Two thousand modules come in and stay: to look for garbage among them takes a tenth of the start.
    gc.disable()
    if sys.argv[1:3] in ONLY_LOOKS:
        secrets.leave_no_trace()
    try:
        django.setup()
    except OptionsInvalid as problem:
        print(f"kompeten: {problem}", file=sys.stderr)  # noqa: T201 (this is the shell)
        return 2
    except OSError as problem:  # the data folder, or a secret in it
        said = f"{problem.filename}: {problem.strerror}; see KOMPETEN_DATA_DIR"
        print(f"kompeten: {said}", file=sys.stderr)  # noqa: T201 (this is the shell)
        return 2
    finally:
        gc.enable()
    from kompeten.ops.cli import run  # noqa: PLC0415 (tables are known only now)

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
