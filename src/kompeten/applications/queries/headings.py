"""What do headings of lists mean to an organization, and what may be said of them?"""

from kompeten.applications.models import ListHeading
from kompeten.applications.rules import headings, mending

LIST_FIELDS = headings.FIELDS
FOR_EVERYBODY = headings.FOR_EVERYBODY


def list_meanings(organization_id: int) -> dict[str, str]:
    """Return the field of each heading that the organization has spoken of; empty: not needed. One query."""
    rows = ListHeading.objects.filter(organization_id=organization_id).order_by("heading")
    return dict(rows.values_list("heading", "field"))


def holds_for_all_lists(key: str) -> bool:
    """Return whether an answer under this key is kept; one of a column without a name is not."""
    return headings.lasts(key)


def said_of_everybody() -> dict[str, tuple[str, ...]]:
    """Return the fields that one answer may give for all people of a list, with the words to choose from.

    The region has none: it is written.
    """
    words = mending.choices()
    return {field: words.get(field, ()) for field in FOR_EVERYBODY}
