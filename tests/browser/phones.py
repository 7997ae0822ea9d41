"""How does somebody with a cheap phone and an application begun come into a browser test?"""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser import house as houses
from tests.browser.house import House

ROOT = Path(__file__).resolve().parents[2]
CODE = """
import json, os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "kompeten.config.settings"
import django
django.setup()
from django.contrib.auth import get_user_model
from django.test import Client
from kompeten.foundation import clock
from kompeten.kernel.roles import Role
from tests.make import applications as make
from tests.make.people import account
found = []
for n in map(int, sys.argv[1:]):
    at = clock.now()
    by = account(n, Role.APPLICANT, at=at, label="Ani Wijayanti")
    draft = make.draft(n, by=by, at=at)
    client = Client()
    client.force_login(get_user_model().objects.get(pk=by.account_id))
    found.append({"ref": draft.ref, "session": client.cookies["sesi"].value})
print(json.dumps(found))
"""
HELD = """
import json, os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "kompeten.config.settings"
import django
django.setup()
from kompeten.applications.models import Application
from kompeten.foundation import files
draft = Application.objects.get(ref=sys.argv[1])
rows = draft.documents.order_by("id").values("code", "media_type", "size", "sha256", "replaced_at")
content = {row["sha256"]: files.read(row["sha256"]).hex() for row in rows}
print(json.dumps([row | {"content": content[row["sha256"]], "replaced_at": None} for row in rows]))
"""


@dataclass(frozen=True)
class Applicant:
    """Somebody who has begun an application and is logged in."""

    ref: str
    session: str

    @property
    def path(self) -> str:
        """Where their documents are put in."""
        return f"/saya/permohonan/{self.ref}/dokumen/"

    def enter(self, context: BrowserContext, url: str) -> None:
        """Log in where the site is served at `url`."""
        host = urlsplit(url).hostname or ""
        context.add_cookies([{"name": "sesi", "value": self.session, "domain": host, "path": "/"}])


@dataclass(frozen=True)
class Held:
    """A document as the server has it."""

    code: str
    media_type: str
    size: int
    content: bytes


def applicants(house: House, *numbers: int) -> list[Applicant]:
    """Return somebody new with a draft for each number."""
    return [Applicant(**said) for said in json.loads(told(house, CODE, *map(str, numbers)))]


def held(house: House, ref: str) -> list[Held]:
    """Return all documents of an application that ever arrived, in their order."""
    rows = json.loads(told(house, HELD, ref))
    return [
        Held(row["code"], row["media_type"], row["size"], bytes.fromhex(row["content"]))
        for row in rows
    ]


def card(page: Page, code: str) -> object:
    """Return the card of a requirement."""
    return page.locator(f"#{code}")


def choose(page: Page, code: str, photo: bytes, *, name: str = "IMG_0042.jpg") -> None:
    """Choose a photo for a requirement, as the file chooser of a phone hands it over."""
    file = {"name": name, "mimeType": "image/jpeg", "buffer": photo}
    page.locator(f"#file-{code}").set_input_files(file)  # type: ignore[arg-type]
    page.locator("dialog.k-shot").wait_for()


def cut(page: Page) -> None:
    """Cut along the edges that were found."""
    page.locator("[data-k-do=crop]").click()
    page.locator("[data-of=page] [data-k-do=send]").wait_for()


def send(page: Page) -> None:
    """Press the button that sends what was taken."""
    page.locator("[data-k-do=send]").click()
    expect(page.locator("dialog.k-shot")).to_have_count(0)


def told(house: House, code: str, *arguments: str) -> str:
    """Run a story in a house and return the last line that it prints."""
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        env=houses.environment(house.folder),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()[-1]
