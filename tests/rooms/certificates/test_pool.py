"""Does the pool that makes many certificates end with the process that keeps it?"""

import subprocess
import sys
from pathlib import Path

KEEPER = """
import os, signal
from kompeten.certificates.adapters import bulk
print(bulk._pool(2).submit(os.getpid).result(), flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_worker_that_was_killed_leaves_no_pool_behind() -> None:
    # The pool holds the pipe too, so this waits for the last of them, and not for ever.
    keeper = subprocess.run(
        [sys.executable, "-c", KEEPER], capture_output=True, text=True, timeout=60, check=False
    )

    assert keeper.returncode < 0
    assert not Path("/proc", keeper.stdout.strip(), "exe").exists()
