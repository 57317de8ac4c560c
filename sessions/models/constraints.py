"""A constraint that rows of one group must not overlap in time.

PostgreSQL refuses such rows itself, by an exclusion constraint. SQLite has nothing of the kind:
there only `validate()` (called by forms, and by operations through `full_clean`) refuses them,
which is enough because SQLite lets one writer in at a time. See docs/decisions/0006.
"""

from collections.abc import Collection
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DEFAULT_DB_ALIAS, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import BaseConstraint


def _column_field(model: type[models.Model], name: str) -> "models.Field[Any, Any]":
    field = model._meta.get_field(name)
    if not isinstance(field, models.Field):
        message = f"{name} of {model.__name__} is not a column."
        raise TypeError(message)
    return field


class NoOverlap(BaseConstraint):
    """No two rows with the same `within` may share a moment between `start` and `end`.

    `within` names a foreign key (rows without one are free); `start` and `end` name columns;
    `range_type` is PostgreSQL's type for their range: "tstzrange" or "int4range".
    Deferred to the end of the transaction, so that rows can change places in it.
    """

    def __init__(
        self,
        *,
        name: str,
        within: str,
        start: str,
        end: str,
        range_type: str,
        violation_error_message: Any = None,
    ) -> None:
        self.within, self.start, self.end, self.range_type = within, start, end, range_type
        super().__init__(name=name, violation_error_message=violation_error_message)

    def _clause(self, model: type[models.Model], editor: BaseDatabaseSchemaEditor) -> str:
        def column(field: str) -> str:
            return editor.quote_name(str(_column_field(model, field).column))

        group, start, end = column(self.within), column(self.start), column(self.end)
        # A number as a range of one needs no extension (btree_gist), hence no extra right.
        return (
            f"CONSTRAINT {editor.quote_name(self.name)} EXCLUDE USING gist "
            f"(int8range({group}, {group}, '[]') WITH &&, "
            f"{self.range_type}({start}, {end}) WITH &&) "
            f"WHERE ({group} IS NOT NULL) DEFERRABLE INITIALLY DEFERRED"
        )

    def constraint_sql(
        self, model: type[models.Model] | None, schema_editor: BaseDatabaseSchemaEditor | None
    ) -> str:
        """Part of CREATE TABLE; "" where the database knows no exclusion constraint."""
        if (
            model is None
            or schema_editor is None
            or schema_editor.connection.vendor != "postgresql"
        ):
            return ""
        return self._clause(model, schema_editor)

    def create_sql(
        self, model: type[models.Model] | None, schema_editor: BaseDatabaseSchemaEditor | None
    ) -> str:
        clause = self.constraint_sql(model, schema_editor)
        if not clause or model is None or schema_editor is None:
            return ""
        return f"ALTER TABLE {schema_editor.quote_name(model._meta.db_table)} ADD {clause}"

    def remove_sql(
        self, model: type[models.Model] | None, schema_editor: BaseDatabaseSchemaEditor | None
    ) -> str:
        if (
            model is None
            or schema_editor is None
            or schema_editor.connection.vendor != "postgresql"
        ):
            return ""
        table, name = (
            schema_editor.quote_name(model._meta.db_table),
            schema_editor.quote_name(self.name),
        )
        return f"ALTER TABLE {table} DROP CONSTRAINT {name}"

    def validate(
        self,
        model: type[models.Model],
        instance: models.Model,
        exclude: Collection[str] | None = None,
        using: str = DEFAULT_DB_ALIAS,
    ) -> None:
        if exclude and {self.within, self.start, self.end} & set(exclude):
            return
        group = getattr(instance, _column_field(model, self.within).attname)
        start, end = self.range_of(instance)
        if group is None or start is None or end is None:
            return
        others = model._default_manager.using(using).filter(
            **{self.within: group, f"{self.start}__lt": end, f"{self.end}__gt": start}
        )
        if others.exclude(pk=instance.pk).exists():
            raise ValidationError(self.get_violation_error_message(), code="overlap")

    def range_of(self, instance: models.Model) -> tuple[Any, Any]:
        """Start and end of a row in memory."""
        return getattr(instance, self.start), getattr(instance, self.end)

    def deconstruct(self) -> tuple[str, tuple[Any, ...], dict[str, Any]]:
        path, args, kwargs = super().deconstruct()
        own = {
            "within": self.within,
            "start": self.start,
            "end": self.end,
            "range_type": self.range_type,
        }
        return path, tuple(args), {**kwargs, **own}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, NoOverlap) and self.deconstruct() == other.deconstruct()

    def __hash__(self) -> int:
        return hash((self.name, self.within, self.start, self.end))


def minutes_range(instance: models.Model) -> tuple[int | None, int | None]:
    """Start and end minute of a row in memory; a half-filled form has None for either."""
    start: int | None = getattr(instance, "start_minute", None)
    minutes: int | None = getattr(instance, "minutes", None)
    return start, None if start is None or minutes is None else start + minutes


class MinutesDoNotOverlap(NoOverlap):
    """For rows with `start_minute` and `minutes`, whose end the database computes.

    A row in memory that has not been saved has no such end yet.
    """

    def range_of(self, instance: models.Model) -> tuple[int | None, int | None]:
        return minutes_range(instance)
