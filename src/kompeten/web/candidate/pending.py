"""Which list was sent and waits to be confirmed? Kept by digest, named in a signed reference."""

from dataclasses import dataclass, field, replace

from django.core import signing
from django.urls import reverse
from django.utils.http import urlencode

from kompeten.applications import queries
from kompeten.foundation import files
from kompeten.foundation.limits import too_often
from kompeten.web.candidate.asking import Request

SALT = "candidate.collective"
KEPT_SECONDS = int(queries.LOOKED_AT.total_seconds())
HOUR = 3600


@dataclass(frozen=True, slots=True)
class Pending:
    """A list that was sent. `said` is what was said of this list alone: of columns without a name, and
    of everybody on it; `asked` whether its columns have been asked about.
    """

    sha256: str
    label: str
    organization_id: int
    account_id: int
    said: dict[str, str] = field(default_factory=dict)
    asked: bool = False

    def sign(self) -> str:
        """Return the reference that the pages of the next steps carry."""
        held = [
            self.sha256,
            self.label,
            self.organization_id,
            self.account_id,
            self.said,
            self.asked,
        ]
        return signing.dumps(held, salt=SALT, compress=True)

    @classmethod
    def read(cls, reference: str) -> "Pending | None":
        """Return what the reference stands for; None when it is old or not ours."""
        try:
            return cls(*signing.loads(reference, salt=SALT, max_age=KEPT_SECONDS))
        except (signing.BadSignature, TypeError):
            return None

    def with_said(self, said: dict[str, str]) -> "Pending":
        """Return the list with what was said of it, its columns asked about."""
        return replace(self, said=self.said | said, asked=True)

    def content(self) -> bytes:
        """Return the list as it was sent."""
        return files.read(self.sha256)

    def address(self, name: str) -> str:
        """Return the address of the page `name` for this list."""
        return f"{reverse(name)}?{urlencode({'daftar': self.sign()})}"


def of(request: Request) -> Pending | None:
    """Return the list that the request is about; None when it is too old, gone, or somebody else's."""
    pending = Pending.read((request.POST or request.GET).get("daftar", ""))
    if pending is None or pending.account_id != request.actor.account_id:
        return None
    if pending.organization_id not in request.actor.organization_ids:
        return None
    return pending if queries.is_sheet_held(pending.sha256, at=request.at) else None


def looks_too_often(organization_id: int, *, most: int) -> bool:
    """Count one look at a list for the office, and say whether there were more than `most` in an hour.

    Each look is answered with who on the list has applied. Mending a list takes a few; trying out made-up
    people takes thousands. Counted by office, since an office may have many accounts. 0: no limit.
    """
    return bool(most) and too_often(f"list/{organization_id}", most=most, seconds=HOUR)
