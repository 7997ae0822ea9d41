"""Which code does somebody name who asks how their application stands?"""

from datetime import datetime

from kompeten.applications.models import Application
from kompeten.applications.terms.invitation import LinkKind
from kompeten.foundation import shortlinks


def status_code(ref: str) -> str:
    """Return the code of an application as it is read aloud, whether it leads there yet or not. No query."""
    return shortlinks.spaced(shortlinks.code_of(LinkKind.STATUS, ref))


def status_code_known(application: Application, *, at: datetime) -> str:
    """Return the code if it leads there; empty where nobody was told it yet. One query."""
    code = status_code(application.ref)
    return code if shortlinks.find(code, at=at) is not None else ""
