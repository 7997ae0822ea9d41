"""Who started this process, and is it still there? What is left behind by a killed server ends itself."""

import os
import signal
import threading
import time

PARENT_SECONDS = 1
STOP_SECONDS = 20
# Told to the processes of a server by the one that starts them; read by nobody else.
STARTED_BY = "_KOMPETEN_SERVER"


def announce() -> None:
    """Tell the processes that this one starts who started them."""
    os.environ[STARTED_BY] = str(os.getpid())


def follow() -> None:
    """End this process when the server that started it is gone; without one nothing is watched.

    A web process that outlived it would go on answering, with nobody beside it who works, and keep
    the port from the next server.
    """
    told = os.environ.get(STARTED_BY, "")
    if told.isdigit() and os.getppid() == int(told):
        end_with(int(told))


def end_with(parent: int) -> None:
    """End this process soon after the one that started it, however that ends; returns at once."""
    threading.Thread(target=watch, args=(parent,), daemon=True, name="parent").start()


def watch(parent: int) -> None:
    """Wait until the parent is gone, then end this process: by its own way, or else at once."""
    while os.getppid() == parent:
        time.sleep(PARENT_SECONDS)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(STOP_SECONDS)
    os._exit(1)
