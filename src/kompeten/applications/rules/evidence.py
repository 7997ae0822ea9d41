"""May an application be handed in?"""

from kompeten.applications.terms.application import Submission


def hand_in_reasons(facts: Submission) -> tuple[str, ...]:
    """Return `documents.missing`, `statement.not_agreed`, `consent.missing`: nothing is handed in then.

    >>> hand_in_reasons(Submission(documents=("photo",), missing=("diploma",)))
    ('documents.missing', 'consent.missing')
    """
    reasons = []
    if facts.missing:
        reasons.append("documents.missing")
    if not facts.agreed:
        reasons.append("statement.not_agreed")
    if not facts.consent:
        reasons.append("consent.missing")
    return tuple(reasons)
