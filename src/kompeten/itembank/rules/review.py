"""Who may approve an item? Not who wrote it."""

from kompeten.itembank.terms import Review


def review_reasons(facts: Review) -> tuple[str, ...]:
    """Return why the review does not count.

    >>> review_reasons(Review(writer=7, reviewer=7))
    ('review.own_item',)
    >>> review_reasons(Review(writer=7, reviewer=8))
    ()
    """
    return ("review.own_item",) if facts.writer == facts.reviewer else ()
