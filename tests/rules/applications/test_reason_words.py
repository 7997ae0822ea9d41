"""Does each code that a list can carry have words?"""

import re
from importlib import resources

from kompeten.applications.labels import REASON, VERDICT
from kompeten.applications.terms import Verdict

CODE = re.compile(r'"((?:file|nik|name|birth_date|region|scheme|route|person|phone|email|started_on'
                  r'|practice_hours|program|text)\.[a-z_]+)"')  # fmt: skip
NOT_LISTS = {"evidence.py", "mending.py"}


def spoken() -> set[str]:
    room = resources.files("kompeten.applications")
    sources = [
        file.read_text("utf-8")
        for floor in ("rules", "adapters")
        for file in room.joinpath(floor).iterdir()
        if file.name.endswith(".py") and file.name not in NOT_LISTS
    ]
    return {code for source in sources for code in CODE.findall(source)}


def test_every_code_has_words() -> None:
    built = {"phone.unclear", "email.unclear"}

    assert (spoken() | built) - set(REASON) == set()
    assert {"nik.rounded", "file.zip_bomb", "birth_date.short_year"} <= spoken()


def test_every_verdict_has_words() -> None:
    assert set(VERDICT) == set(Verdict)
