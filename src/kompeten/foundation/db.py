"""What does the database itself refuse? Triggers that keep finished rows as they are, on both databases."""

from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation

SQLITE = """
CREATE TRIGGER {name} BEFORE {act} ON {table} FOR EACH ROW WHEN {when}
BEGIN SELECT RAISE(ABORT, '{table} rows are kept as they are'); END
"""
POSTGRESQL = """
CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{table} rows are kept as they are' USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE TRIGGER {name} BEFORE {act} ON {table} FOR EACH ROW WHEN ({when}) EXECUTE FUNCTION {name}()
"""

_OVERLAP = """
EXISTS (SELECT 1 FROM {table} o WHERE o.{key} = NEW.{key} AND o.id <> NEW.id
AND {start} < {new_end} AND {new_start} < {end})
"""
APART_SQLITE = (
    """
CREATE TRIGGER {name} AFTER {act} ON {table} FOR EACH ROW WHEN """
    + _OVERLAP
    + """
BEGIN SELECT RAISE(ABORT, 'periods of {table} overlap'); END
"""
)
APART_POSTGRESQL = (
    """
CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN IF """
    + _OVERLAP
    + """ THEN RAISE EXCEPTION 'periods of {table} overlap' USING ERRCODE = 'integrity_constraint_violation';
END IF; RETURN NULL; END $$;
CREATE TRIGGER {name} AFTER {act} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()
"""
)


class KeepRows(Operation):
    """A migration step after which the rows of `table` refuse `acts` where `when` holds.

    `when` is SQL over `OLD` (and `NEW` for updates) that both databases read; `TRUE` freezes every
    row. It guards published versions, sealed sheets and events against code that forgets the rules
    and against hands in the database console.
    """

    reversible = True
    atomic = True

    def __init__(
        self, table: str, when: str = "TRUE", acts: tuple[str, ...] = ("UPDATE", "DELETE")
    ):
        self.table, self.when, self.acts = table, when, tuple(acts)

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return type(self).__name__, [self.table, self.when, self.acts], {}

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Leave the models as they are: triggers live in the database only."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: Any,
        to_state: Any,
    ) -> None:
        sql = SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL
        for act in self.acts:
            text = sql.format(name=self._name(act), table=self.table, act=act, when=self.when)
            schema_editor.execute(text.strip(), params=None)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: Any,
        to_state: Any,
    ) -> None:
        for act in self.acts:
            name = self._name(act)
            if schema_editor.connection.vendor == "sqlite":
                schema_editor.execute(f"DROP TRIGGER {name}", params=None)
            else:
                schema_editor.execute(f"DROP TRIGGER {name} ON {self.table}", params=None)
                schema_editor.execute(f"DROP FUNCTION {name}()", params=None)

    def describe(self) -> str:
        return f"Keep rows of {self.table} as they are"

    def _name(self, act: str) -> str:
        return f"keep_{self.table}_{act.lower()}"


class FreeRows(KeepRows):
    """The opposite step, before a table is changed or kept in another way: the same words, undone."""

    def database_forwards(self, *args: Any, **kwargs: Any) -> None:
        """Take the triggers away."""
        super().database_backwards(*args, **kwargs)

    def database_backwards(self, *args: Any, **kwargs: Any) -> None:
        """Put them back."""
        super().database_forwards(*args, **kwargs)

    def describe(self) -> str:
        """Say what the step does."""
        return f"Free rows of {self.table}"


class KeepApart(KeepRows):
    """A migration step after which periods of the same `key` in `table` cannot overlap.

    `start` and `end` are SQL over a row `r`, half-open. Works without PostgreSQL's exclusion
    constraints, whose equality on integers needs an extension. Two writers that do not see each
    other yet must be kept apart by a unique index beside it, such as "one open period of a key".
    """

    def __init__(self, table: str, key: str, start: str, end: str):
        super().__init__(table, acts=("INSERT", "UPDATE"))
        self.key, self.start, self.end = key, start, end

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return type(self).__name__, [self.table, self.key, self.start, self.end], {}

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: Any,
        to_state: Any,
    ) -> None:
        """Set the triggers."""
        sql = APART_SQLITE if schema_editor.connection.vendor == "sqlite" else APART_POSTGRESQL
        for act in self.acts:
            text = sql.format(
                name=self._name(act),
                act=act,
                table=self.table,
                key=self.key,
                start=self.start.replace("r.", "o."),
                end=self.end.replace("r.", "o."),
                new_start=self.start.replace("r.", "NEW."),
                new_end=self.end.replace("r.", "NEW."),
            )
            schema_editor.execute(text.strip(), params=None)

    def describe(self) -> str:
        """Say what the step does."""
        return f"Keep periods of {self.table} apart"

    def _name(self, act: str) -> str:
        return f"apart_{self.table}_{act.lower()}"
