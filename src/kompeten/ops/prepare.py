"""Is the house ready to run, and what is missing? Tables, static files, translations."""

import hashlib
from datetime import timedelta
from pathlib import Path
from secrets import SystemRandom

from asgiref.local import Local
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import trans_real

from kompeten.certificates.adapters import wiring
from kompeten.foundation import clock
from kompeten.kernel.actors import SYSTEM
from kompeten.ops import messages
from kompeten.ops.output import progress
from kompeten.schemes import actions, queries
from kompeten.verification import actions as verification


class NotPrepared(Exception):
    """The database lacks tables and may not be changed by this command."""


def missing_migrations() -> list[str]:
    """Return the names of the migrations that the database has not seen, in order."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def tables() -> None:
    """Bring the tables up to date where the option `prepare_on_start` allows it.

    :raises NotPrepared: tables are missing and somebody else is to make them
    """
    if not missing_migrations():
        return
    if not settings.OPTIONS.prepare_on_start:
        raise NotPrepared("the database is not up to date; run `kompeten prepare` once")
    migrate()


def everything() -> None:
    """Make the house ready to serve, with a line for each thing that had to be done."""
    migrate()
    collect_static()
    compile_messages()


def migrate() -> None:
    """Apply the migrations that are missing."""
    missing = missing_migrations()
    if missing:
        progress(f"database: {len(missing)} steps to take")
        call_command("migrate", interactive=False, verbosity=0)
    load_schemes()
    load_reasons()
    make_keys()


def make_keys() -> None:
    """Make a local demonstration authority in a house that has no keys and may make its own."""
    if wiring.ensure(
        settings.DATA_DIR / "keys",
        body=settings.OPTIONS.body_name,
        public_url=settings.PUBLIC_URL,
        passphrase=settings.KEY_PASSPHRASE.encode(),
        at=clock.now() - timedelta(days=400),
    ):
        progress("keys: a demonstration authority was made")


def load_schemes() -> None:
    """Publish the packaged schemes in a house that has none yet."""
    if not queries.versions():
        progress("schemes: publishing the packaged ones")
        actions.load_packaged(by=SYSTEM, at=clock.now(), rng=SystemRandom())


def collect_static() -> None:
    """Hash, compress and collect the static files, unless none has changed since."""
    stamp = Path(settings.DATA_DIR) / "static.stamp"
    found = _static_digest()
    if stamp.exists() and stamp.read_text(encoding="ascii") == found:
        return
    progress("static files: collecting")
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    stamp.write_text(found, encoding="ascii")


def compile_messages() -> None:
    """Turn the translations into the form that is read at run time, where they are not yet.

    Each command does it first: what a demonstration writes into its database is written in the
    language of the house. An installation nobody may write to keeps what it came with; the doctor
    says when that is nothing.
    """
    try:
        count = messages.compile_all()
    except PermissionError:
        return
    if count:
        progress(f"translations: {count} compiled")
        # Catalogs read before are empty ones; web processes would inherit them (as Django's own
        # reloader does, `django.utils.translation.reloader`).
        trans_real._translations = {}  # type: ignore[attr-defined]
        trans_real._default = None  # type: ignore[attr-defined]
        trans_real._active = Local()  # type: ignore[attr-defined]


def _static_digest() -> str:
    """Return a digest over the paths, sizes and times of all static files."""
    seen = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            stat = Path(storage.path(path)).stat()
            seen.update(f"{path}\0{stat.st_size}\0{stat.st_mtime_ns}\n".encode())
    return seen.hexdigest()


def load_reasons() -> None:
    """Put the starting reasons of verifiers on the list of a house that never had one."""
    if count := verification.begin_list(by=SYSTEM, at=clock.now(), rng=SystemRandom()):
        progress(f"reasons of verifiers: {count} to begin with")
