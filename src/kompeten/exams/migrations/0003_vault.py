"""The vault's table on PostgreSQL; on SQLite the vault is a file of its own."""

from django.db import migrations

TABLE = """
CREATE TABLE exams_vault (
    id bigserial PRIMARY KEY,
    kind text NOT NULL, attempt text NOT NULL, chain text NOT NULL,
    first integer NOT NULL, last integer NOT NULL, head text NOT NULL,
    body bytea NOT NULL, received bigint NOT NULL, via text NOT NULL,
    UNIQUE (attempt, chain, first, last, head)
);
CREATE FUNCTION keep_exams_vault() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'vault rows are kept as they are' USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE TRIGGER keep_exams_vault BEFORE UPDATE OR DELETE ON exams_vault
FOR EACH ROW EXECUTE FUNCTION keep_exams_vault();
"""
GONE = "DROP TABLE exams_vault; DROP FUNCTION keep_exams_vault();"


class OnPostgresql(migrations.RunSQL):
    """SQL that only one of the databases is given."""

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        if schema_editor.connection.vendor == "postgresql":
            super().database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        if schema_editor.connection.vendor == "postgresql":
            super().database_backwards(app_label, schema_editor, from_state, to_state)


class Migration(migrations.Migration):
    dependencies = [("exams", "0002_keep_answers")]

    operations = [OnPostgresql(TABLE, GONE)]
