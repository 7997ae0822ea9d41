"""Where is the vault where there is a database server? In a table of the house's database.

The table is made by the room's migration; triggers refuse whatever would change it.
"""

from collections.abc import Mapping, Sequence

from django.db import connection, transaction

from kompeten.exams.adapters.vault_sqlite import COLUMNS, row_values, stored
from kompeten.exams.terms.vault import Row, Stored

LOCK = 0x6B6F_7661  # names the vault among the advisory locks of this database
TYPES = ("text", "text", "text", "int", "int", "text", "bytea", "bigint", "text")
GIVEN = ", ".join(f"%s::{kind}[]" for kind in TYPES)
INSERT = f"""
INSERT INTO exams_vault ({COLUMNS})
SELECT {COLUMNS} FROM unnest({GIVEN}) WITH ORDINALITY AS given ({COLUMNS}, place) ORDER BY place
ON CONFLICT (attempt, chain, first, last, head) DO NOTHING
"""  # noqa: S608 (constants)
FIRST_KEPT = """
SELECT vault.received
FROM unnest(%s::text[], %s::text[], %s::int[], %s::int[], %s::text[])
     WITH ORDINALITY AS given (attempt, chain, first, last, head, place)
JOIN exams_vault AS vault USING (attempt, chain, first, last, head)
ORDER BY place
"""
AFTER = f"SELECT id, {COLUMNS} FROM exams_vault WHERE id > %s ORDER BY id LIMIT %s"  # noqa: S608
OF = f"SELECT id, {COLUMNS} FROM exams_vault WHERE attempt = %s ORDER BY id"  # noqa: S608


class PostgresqlJournal:
    """The vault in PostgreSQL, on this thread's connection of the house.

    Numbers are given under an advisory lock that is let go after the commit is seen, so a reader
    that has seen a number will see no smaller one appear. An append is a transaction of its own:
    inside another one it is refused (`RuntimeError`), because it could not be durable on return.
    """

    def append(self, rows: Sequence[Row]) -> list[int]:
        """Keep rows in one transaction; return when each was first kept, as the port promises."""
        columns = [list(column) for column in zip(*map(row_values, rows), strict=True)]
        if not columns:
            return []
        with transaction.atomic(durable=True), connection.cursor() as cursor:
            cursor.execute("SET LOCAL synchronous_commit = on")
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
            cursor.execute(INSERT, columns)
            if cursor.rowcount == len(rows):
                return [row.received for row in rows]
            cursor.execute(FIRST_KEPT, columns[1:6])
            return [received for (received,) in cursor.fetchall()]

    def after(self, number: int, *, limit: int) -> list[Stored]:
        """Return up to `limit` rows with numbers above `number`, in their order."""
        return self._read(AFTER, [number, limit])

    def of(self, attempt: str) -> list[Stored]:
        """Return everything kept of one attempt, in its order."""
        return self._read(OF, [attempt])

    def tidy(self) -> None:
        """Leave it to the server."""

    def durability(self) -> Mapping[str, str]:
        """Return the server's settings; `synchronous_commit` is set by each append itself."""
        found = {}
        with connection.cursor() as cursor:
            for name in ("fsync", "full_page_writes"):  # our own words, not given from outside
                cursor.execute(f"SHOW {name}")
                found[name] = cursor.fetchone()[0]
        return found

    def close(self) -> None:
        """Let go of this thread's connection."""
        connection.close()

    def _read(self, sql: str, values: list[int | str]) -> list[Stored]:
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            return [stored(found) for found in cursor.fetchall()]
