"""Which number is next? Series without gaps: a number is taken in the caller's transaction or not at all."""

from django.db import connection, transaction

TAKE = (
    "INSERT INTO foundation_series (name, last) VALUES (%s, %s) ON CONFLICT (name)"
    " DO UPDATE SET last = foundation_series.last + excluded.last RETURNING last"
)


def take_numbers(series: str, count: int = 1) -> range:
    """Take the next `count` numbers of `series` (from 1) for good, if the surrounding transaction commits.

    Two processes that ask at once wait for each other on the series' row: no number is given twice,
    and a rollback gives the number back, so that there are no gaps. A number that was used and
    spoiled stays used: its record says void.

    :raises TransactionManagementError: there is no transaction around the call
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("numbers are taken inside a transaction")
    with connection.cursor() as cursor:
        cursor.execute(TAKE, [series, count])
        last = cursor.fetchone()[0]
    return range(last - count + 1, last + 1)
