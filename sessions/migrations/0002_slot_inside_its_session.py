"""Triggers that refuse a slot beyond the end of its session: no table constraint can look across.

Django rebuilds a table on SQLite when it alters it, and the triggers of that table go with the old
one. A later migration that alters Slot or Session must therefore run this SQL again; the test
`test_the_database_refuses_a_slot_beyond_its_session` fails if that is forgotten.
"""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

POSTGRESQL = [
    """
    CREATE OR REPLACE FUNCTION programme_slot_inside_its_session() RETURNS trigger AS $$
    BEGIN
        IF EXISTS (
            SELECT 1 FROM programme_slot AS slot JOIN programme_session AS block ON block.id = slot.session_id
            WHERE block.id = (CASE TG_TABLE_NAME WHEN 'programme_slot' THEN (to_jsonb(NEW) ->> 'session_id')
                              ELSE (to_jsonb(NEW) ->> 'id') END)::bigint
              AND block.starts_at + make_interval(mins => slot.start_minute + slot.minutes) > block.ends_at
        ) THEN
            RAISE EXCEPTION 'slot_inside_its_session: a slot ends after its session'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'slot_inside_its_session';
        END IF;
        RETURN NULL;
    END
    $$ LANGUAGE plpgsql
    """,
    """
    CREATE CONSTRAINT TRIGGER slot_inside_its_session AFTER INSERT OR UPDATE ON programme_slot
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION programme_slot_inside_its_session()
    """,
    """
    CREATE CONSTRAINT TRIGGER session_around_its_slots AFTER UPDATE OF starts_at, ends_at ON programme_session
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION programme_slot_inside_its_session()
    """,
]
POSTGRESQL_BACK = [
    "DROP TRIGGER session_around_its_slots ON programme_session",
    "DROP TRIGGER slot_inside_its_session ON programme_slot",
    "DROP FUNCTION programme_slot_inside_its_session()",
]

# SQLite checks at once: shorten slots before their session, lengthen the session before its slots.
_SECONDS = (
    "CAST(strftime('%s', {0}.ends_at) AS INTEGER) - CAST(strftime('%s', {0}.starts_at) AS INTEGER)"
)
_ABORT = "SELECT RAISE(ABORT, 'slot_inside_its_session: a slot ends after its session');"
SQLITE = [
    *(
        f"""
        CREATE TRIGGER slot_inside_its_session_{verb} AFTER {verb} ON programme_slot
        WHEN (NEW.start_minute + NEW.minutes) * 60 >
             (SELECT {_SECONDS.format("block")} FROM programme_session AS block WHERE block.id = NEW.session_id)
        BEGIN {_ABORT} END
        """
        for verb in ("insert", "update")
    ),
    f"""
    CREATE TRIGGER session_around_its_slots AFTER UPDATE OF starts_at, ends_at ON programme_session
    WHEN (SELECT MAX(slot.start_minute + slot.minutes) * 60 FROM programme_slot AS slot
          WHERE slot.session_id = NEW.id) > {_SECONDS.format("NEW")}
    BEGIN {_ABORT} END
    """,
]
SQLITE_BACK = [
    "DROP TRIGGER session_around_its_slots",
    "DROP TRIGGER slot_inside_its_session_update",
    "DROP TRIGGER slot_inside_its_session_insert",
]


def create_triggers(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement, params=None)


def drop_triggers(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in (
        POSTGRESQL_BACK if schema_editor.connection.vendor == "postgresql" else SQLITE_BACK
    ):
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("programme", "0001_initial")]

    operations = [migrations.RunPython(create_triggers, drop_triggers)]
