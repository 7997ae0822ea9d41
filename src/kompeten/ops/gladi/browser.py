"""A phone that can be killed: Chromium as a process of its own, whose profile outlives it."""

import os
import signal
import subprocess
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Playwright

CHROMIUM = "/usr/bin/chromium"
STARTS_WITHIN = 180.0
ARGUMENTS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-component-update",
    "--disable-background-networking",
    "--remote-debugging-port=0",
    "--window-size=360,740",
)


class Phone:
    """One device: `profile` is the folder that its browser keeps everything in."""

    def __init__(self, playwright: "Playwright", profile: Path) -> None:
        self._playwright, self._profile = playwright, profile
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> "BrowserContext":
        """Start the browser; return where its pages are.

        :raises TimeoutError: it did not come up
        """
        said = self._profile / "DevToolsActivePort"
        said.unlink(missing_ok=True)
        self._process = subprocess.Popen(  # noqa: S603 (Debian's own browser)
            [CHROMIUM, *ARGUMENTS, f"--user-data-dir={self._profile}", "about:blank"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        until = time.monotonic() + STARTS_WITHIN
        while time.monotonic() < until:
            if said.exists() and (port := said.read_text(encoding="ascii").partition("\n")[0]):
                browser = self._playwright.chromium.connect_over_cdp(f"http://127.0.0.1:{port}")
                return browser.contexts[0]
            time.sleep(0.05)
        raise TimeoutError("the browser did not start")

    def kill(self) -> None:
        """End every process of the browser with SIGKILL: nothing is closed, nothing is written any more."""
        if self._process is None:
            return
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._process = None
        for lock in self._profile.glob("Singleton*"):
            lock.unlink(missing_ok=True)
