"""Where does a bench live? In a house of its own that goes with the process."""

import atexit
import os
import shutil
import sys
import tempfile
from pathlib import Path

import django
from django.apps import apps


def folder() -> Path:
    """Return a new folder that is removed when the process ends."""
    made = tempfile.mkdtemp(prefix="kompeten-bench-")
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    return Path(made)


def house(**options: str) -> Path:
    """Make ready a house with these options, such as `LOG_LEVEL`, and return its data folder.

    Called before anything of the house is imported; what tests make up can be imported after it.
    """
    data = folder()
    os.environ |= {f"KOMPETEN_{name}": value for name, value in options.items()}
    os.environ["KOMPETEN_DATA_DIR"] = str(data)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kompeten.config.settings")
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    if not apps.ready:
        django.setup()
    return data
