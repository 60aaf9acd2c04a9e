"""The index behind the search in texts: three letters at a time (docs/adr/0015). Each database has its own.

SQLite: FTS5 with the trigram tokenizer, kept in step by triggers, so that no way of writing a row forgets it. A later migration
that makes Django build the table anew (any change of its columns) must run `index` again. PostgreSQL: pg_trgm where the
extension can be had; without it the same questions are answered by looking through all texts.
"""

from django.db import DatabaseError, migrations, transaction

SQLITE = (
    "CREATE VIRTUAL TABLE files_textindex USING fts5("
    "key, content='files_filetext', content_rowid='id', tokenize='trigram case_sensitive 1')",
    "CREATE TRIGGER files_textindex_add AFTER INSERT ON files_filetext BEGIN"
    " INSERT INTO files_textindex (rowid, key) VALUES (new.id, new.key); END",
    "CREATE TRIGGER files_textindex_take AFTER DELETE ON files_filetext BEGIN"
    " INSERT INTO files_textindex (files_textindex, rowid, key) VALUES ('delete', old.id, old.key); END",
    "CREATE TRIGGER files_textindex_change AFTER UPDATE OF id, key ON files_filetext BEGIN"
    " INSERT INTO files_textindex (files_textindex, rowid, key) VALUES ('delete', old.id, old.key);"
    " INSERT INTO files_textindex (rowid, key) VALUES (new.id, new.key); END",
    "INSERT INTO files_textindex (files_textindex) VALUES ('rebuild')",
)
POSTGRES = (
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    "CREATE INDEX IF NOT EXISTS files_filetext_key_trgm ON files_filetext USING gin (key gin_trgm_ops)",
)


def index(apps, schema_editor):
    """Make the index of this database."""
    connection = schema_editor.connection
    if connection.vendor == "sqlite":
        for statement in SQLITE:
            schema_editor.execute(statement)
        return
    try:
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
            for statement in POSTGRES:
                cursor.execute(statement)
    except DatabaseError:
        pass  # no such extension here, or no right to it


def unindex(apps, schema_editor):
    """Take it away again."""
    if schema_editor.connection.vendor == "sqlite":
        for what in ("TRIGGER files_textindex_add", "TRIGGER files_textindex_take", "TRIGGER files_textindex_change"):
            schema_editor.execute(f"DROP {what}")
        schema_editor.execute("DROP TABLE files_textindex")
    else:
        schema_editor.execute("DROP INDEX IF EXISTS files_filetext_key_trgm")


class Migration(migrations.Migration):

    dependencies = [
        ('files', '0001_initial'),
    ]

    operations = [
        migrations.RunPython(index, unindex),
    ]
