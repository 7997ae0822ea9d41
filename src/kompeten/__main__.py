"""What can be asked of the house from a shell?"""

import os
import sys


def main() -> int:
    """Run the command line; return the exit code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kompeten.config.settings")
    from kompeten.ops.cli import run  # noqa: PLC0415 (settings are read at import)

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
