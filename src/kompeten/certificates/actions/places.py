"""Which places of the public status lists do certificates get? Random ones, each given once."""

import random
from collections.abc import Sequence
from itertools import groupby

from kompeten.certificates.models import Certificate
from kompeten.certificates.terms import STATUS_LIST_SIZE
from kompeten.foundation.numbering import take_numbers

SERIES = "certificate-status-place"
# A list is left when half of it is given: in a fuller one the gaps would tell the order of giving.
GIVEN_OF_ONE_LIST = STATUS_LIST_SIZE // 2


def give(certificates: Sequence[Certificate], *, rng: random.Random) -> None:
    """Set list and index of each new certificate; nothing is saved. Two queries for each list touched.

    The series that counts the places makes writers wait for one another until they commit, so no
    two of them draw the same one; the unique constraint stands behind it.
    """
    serials = take_numbers(SERIES, len(certificates))
    pairs = zip(serials, certificates, strict=True)
    for number, group in groupby(pairs, key=lambda pair: (pair[0] - 1) // GIVEN_OF_ONE_LIST + 1):
        given = [certificate for _, certificate in group]
        for certificate, index in zip(given, _drawn(number, len(given), rng), strict=True):
            certificate.status_list, certificate.status_index = number, index


def _drawn(number: int, count: int, rng: random.Random) -> list[int]:
    """Return `count` free indexes of a list, in the order of the draw."""
    drawn: list[int] = []
    while missing := count - len(drawn):
        tried = rng.sample(range(STATUS_LIST_SIZE), missing)
        rows = Certificate.objects.filter(status_list=number, status_index__in=tried)
        taken = {*rows.values_list("status_index", flat=True), *drawn}
        drawn += [index for index in tried if index not in taken]
    return drawn
