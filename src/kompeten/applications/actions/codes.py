"""By which code does somebody ask how their application stands, without logging in?"""

from collections.abc import Iterable
from datetime import datetime

from kompeten.applications.terms.invitation import CODE_LASTS, LinkKind
from kompeten.foundation import shortlinks


def keep_status_codes(refs: Iterable[str], *, at: datetime) -> None:
    """Let the codes of these applications lead to how they stand for another year. One query per 150."""
    shortlinks.keep(LinkKind.STATUS, refs, ends_at=at + CODE_LASTS)
