#!/usr/bin/env python3
"""How does a fresh machine get this project's environment? With nothing but Python and an index.

    python3 tools/bootstrap.py [test] [check] [docs] [scaleout]     set up .venv for these words
    python3 tools/bootstrap.py --export                             write requirements/ from uv.lock

uv does the work: the one on PATH, else one installed by pip into .uv/. Where neither can be had, pip
installs the same pinned and hashed packages from requirements/. No index is ever named here: the
machine's own settings decide where packages come from. What is already in place is left alone.
"""

# Only old syntax in this file: an old Python has to be able to read the sentence that refuses it.
# ruff: noqa: UP030, RUF005
import hashlib
import json
import os
import shutil
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
STAMP = os.path.join(VENV, "kompeten-setup.json")
OLDEST, NEWEST = (3, 11), (3, 13)
EXTRAS = ("scaleout", "hsm")
GROUPS = ("test", "check", "docs")
TOO_OLD = (
    "Kompeten needs Python 3.11, 3.12 or 3.13; this is {0}, and no other was found on PATH.\n"
    "Install one (Debian: apt-get install python3.11 python3.11-venv), then say make again."
)


def main(words):
    """Do what `words` ask; return the exit code."""
    if not OLDEST <= sys.version_info[:2] <= NEWEST:
        return start_again_with_another_python()
    if words == ["--export"]:
        return export()
    unknown = [word for word in words if word not in GROUPS + EXTRAS]
    if unknown:
        print("unknown: {0}; known: {1}".format(", ".join(unknown), ", ".join(GROUPS + EXTRAS)))
        return 2
    return set_up(words)


def start_again_with_another_python():
    """Look for a Python that will do and run this file with it."""
    for minor in range(NEWEST[1], OLDEST[1] - 1, -1):
        other = shutil.which(f"python3.{minor}")
        if other and run([other, "-c", ""], quiet=True):
            return subprocess.call([other] + sys.argv)
    sys.stderr.write(TOO_OLD.format("{0}.{1}".format(*sys.version_info)) + "\n")
    return 1


def set_up(words):
    """Install the runtime and `words`, unless that was done for the very same lock."""
    done = read_stamp()
    want = sorted(set(words) | set(done.get("words", [])))
    state = {"digest": digest_of("uv.lock"), "python": sys.version.split()[0], "words": want}
    if done == state and os.path.exists(tool("kompeten")):
        return 0
    print("setup: installing " + ", ".join(["runtime"] + want), flush=True)
    if not (with_uv_sync(want) or with_uv_pip(want) or with_pip(want)):
        sys.stderr.write("setup: no package could be installed; see the lines above\n")
        return 1
    with open(STAMP, "w") as file:
        json.dump(state, file)
    return 0


def with_uv_sync(words):
    """Install from uv.lock: the fastest way, where the addresses in the lock can be reached."""
    uv = find_uv()
    if not uv:
        return False
    asked = []
    for word in words:
        asked += ["--extra" if word in EXTRAS else "--group", word]
    return run(
        uv
        + ["sync", "--quiet", "--frozen", "--inexact", "--no-default-groups"]
        + ["--python", sys.executable]
        + asked
    )


def with_uv_pip(words):
    """Install the exported list by uv, from whatever index this machine is set to."""
    uv = find_uv()
    if not uv:
        return False
    print("setup: the lock's own addresses did not answer; trying this machine's index", flush=True)
    make = ["venv", "--quiet", "--allow-existing", "--python", sys.executable, VENV]
    into = ["--quiet", "--python", tool("python")]
    return (
        run(uv + make)
        and run(uv + ["pip", "install", "--require-hashes"] + into + lists(words))
        and run(uv + ["pip", "install", "--no-deps"] + into + ["-e", ROOT])
    )


def with_pip(words):
    """Install the exported list by pip: slow, and there wherever Python is."""
    print("setup: without uv this takes some minutes", flush=True)
    pip = [tool("python"), "-m", "pip", "--disable-pip-version-check", "--quiet"]
    made = os.path.exists(tool("python")) or run([sys.executable, "-m", "venv", VENV])
    if made and not run(pip + ["--version"], quiet=True):
        run([tool("python"), "-m", "ensurepip"], quiet=True)
    return (
        made
        and run(pip + ["install", "--require-hashes"] + lists(words))
        and run(pip + ["install", "--no-deps", "-e", ROOT])
    )


def find_uv():
    """Return the command that starts uv, or None; installs one into .uv/ where PATH has none."""
    own = os.path.join(ROOT, ".uv")
    found = shutil.which("uv")
    if found and run([found, "--version"], quiet=True):
        return [found]
    local = os.path.join(own, "bin", "uv")
    if not os.path.exists(local):
        print("setup: fetching uv", flush=True)
        ask = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
        run(ask + ["install", "--target", own, "--upgrade", "uv>=0.5"], quiet=True)
    return [local] if os.path.exists(local) else None


def export():
    """Write requirements/*.txt from uv.lock: what pip needs where uv cannot be had."""
    uv = find_uv()
    if not uv:
        sys.stderr.write("uv is needed to export\n")
        return 1
    for name in ("runtime",) + GROUPS + EXTRAS:
        asked = [] if name == "runtime" else ["--extra" if name in EXTRAS else "--group", name]
        command = ["export", "--quiet", "--frozen", "--no-default-groups", "--no-emit-project"]
        command += ["--no-header", "--no-annotate"]
        text = subprocess.check_output(uv + command + asked, cwd=ROOT, text=True)
        with open(os.path.join(ROOT, "requirements", name + ".txt"), "w") as file:
            file.write("# Written by `python3 tools/bootstrap.py --export`. uv.lock ")
            file.write(digest_of("uv.lock") + "\n" + text)
    return 0


def lists(words):
    """Return pip's arguments for the exported lists of `words`."""
    found = []
    for word in ["runtime"] + list(words):
        found += ["-r", os.path.join(ROOT, "requirements", word + ".txt")]
    return found


def tool(name):
    """Return the path of a program in the environment."""
    return os.path.join(VENV, "bin", name)


def digest_of(name):
    """Return the digest of a file of the project, in hexadecimal."""
    with open(os.path.join(ROOT, name), "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


def read_stamp():
    """Return what the last set-up did; empty when there was none."""
    try:
        with open(STAMP) as file:
            return json.load(file)
    except (OSError, ValueError):
        return {}


def run(command, quiet=False):
    """Run a command in the project's folder; say whether it went well."""
    hush = subprocess.DEVNULL if quiet else None
    environment = {k: v for k, v in os.environ.items() if k != "VIRTUAL_ENV"}
    try:
        code = subprocess.call(command, cwd=ROOT, stdout=hush, stderr=hush, env=environment)
    except OSError:
        return False
    return code == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
