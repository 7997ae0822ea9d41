"""May an application be handed in?"""

from kompeten.applications.terms.application import Submission


def hand_in_reasons(facts: Submission) -> tuple[str, ...]:
    """Return `documents.missing` and `statement.not_agreed` where they hold; nothing is handed in then.

    >>> hand_in_reasons(Submission(documents=("photo",), missing=("diploma",)))
    ('documents.missing',)
    """
    reasons = []
    if facts.missing:
        reasons.append("documents.missing")
    if not facts.agreed:
        reasons.append("statement.not_agreed")
    return tuple(reasons)
