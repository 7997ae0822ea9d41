"""What do processes of this machine use? Read from `/proc`; elsewhere nothing is known, and none is said."""

import os
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


def family(pid: int) -> list[int]:
    """Return the process and all that come from it and run."""
    try:
        threads = Path(f"/proc/{pid}/task").glob("*/children")
        listed = [word for told in threads for word in told.read_text(encoding="ascii").split()]
    except OSError:
        return []
    return [pid, *(one for child in listed for one in family(int(child)))]


def runs(pid: int) -> bool:
    """Say whether a thread of the process may still write: an ended one waits for its parent as Z."""
    try:
        threads = list(Path(f"/proc/{pid}/task").iterdir())
        states = [
            (t / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] for t in threads
        ]
    except OSError:  # it, or a thread of it, ended meanwhile
        return Path(f"/proc/{pid}").exists()
    return any(state not in "ZX" for state in states)


def cpu(pid: int) -> float:
    """Return the processor seconds a process has used; none if it has ended."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / TICKS


def rss_kb(pid: int) -> int:
    """Return the memory a process holds now, in kB; none if it has ended."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in lines if line.startswith("VmRSS:"))


def postgres_cpu() -> float:
    """Return the processor seconds of the PostgreSQL processes on this machine that may be looked at."""
    found = 0.0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if (folder / "comm").read_text(encoding="utf-8").strip() == "postgres":
                found += cpu(int(folder.name))
        except OSError:  # it ended meanwhile
            continue
    return found
