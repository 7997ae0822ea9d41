"""What has one person written in portfolios, as they get it back?"""

from typing import Any

from kompeten.portfolios.models import Dossier
from kompeten.portfolios.queries.written import parts, texts


def records(person_id: int) -> list[dict[str, Any]]:
    """Return the person's portfolios with all they wrote, as it stands now. Two queries for each."""
    return [
        {
            "reference": dossier.ref,
            "state": dossier.state,
            "opened": dossier.opened_at,
            "handed_in": dossier.handed_in_at,
            "answers": {item: text.text for item, text in texts(dossier).items()},
            "curriculum_vitae": {part: list(v.entries) for part, v in parts(dossier).items()},
        }
        for dossier in Dossier.objects.filter(person_id=person_id).order_by("id")
    ]
