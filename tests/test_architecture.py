"""What the import linter cannot see: relations, templates and texts that would join the two apps.

The arrows between layers themselves are contracts of import-linter (pyproject.toml, `make check`).
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db.models import Field, ForeignObjectRel

ROOT = Path(__file__).resolve().parents[1]
OURS = ("config", "sessions", "submissions", "scripts", "tests")
LONGEST_FUNCTION = 60

Function = ast.FunctionDef | ast.AsyncFunctionDef


def python_files(*folders: str) -> list[Path]:
    found = (path for folder in folders for path in (ROOT / folder).rglob("*.py"))
    return sorted(path for path in found if "migrations" not in path.parts)


def functions(path: Path) -> Iterator[Function]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, Function):
            yield node


def place(path: Path, node: ast.expr | Function | None = None) -> str:
    line = f":{node.lineno}" if node else ""
    return f"{path.relative_to(ROOT)}{line}"


# --- The timetable knows the talks; the talks do not know the timetable -----------------------


def relations(label: str) -> Iterator[tuple[Field[Any, Any], ForeignObjectRel, str]]:
    """Every relation of an app's models: the field, what it leaves behind, the other's app."""
    for model in apps.get_app_config(label).get_models(include_auto_created=True):
        for field in [*model._meta.local_fields, *model._meta.local_many_to_many]:
            if field.remote_field and field.related_model:
                yield field, field.remote_field, field.related_model._meta.app_label


def test_no_model_of_submissions_refers_to_the_timetable() -> None:
    others = {str(field): label for field, _left, label in relations("submissions")}
    assert {field for field, label in others.items() if label == "programme"} == set()
    assert len(others) > 20


def test_the_timetable_puts_no_attribute_on_the_models_of_submissions() -> None:
    """`related_name="+"`: nothing in submissions could even spell a way to a session."""
    left = {str(f): left for f, left, label in relations("programme") if label == "submissions"}
    assert {field for field, behind in left.items() if not behind.hidden} == set()
    assert len(left) > 5


NAMES_OF_THE_TIMETABLE = re.compile(
    r"""["'](?:sessions:|admin:programme|admin:meeting-|sessions/|admin/sessions/|admin/programme/)"""
)


def test_code_and_templates_of_submissions_name_nothing_of_the_timetable() -> None:
    """A page that needs both sides belongs to the app `sessions`."""
    templates = [
        path
        for folder in ("submissions", "admin/submissions")
        for path in (ROOT / "templates" / folder).rglob("*.*")
    ]
    found = [
        f"{place(path)}:{number}: {line.strip()}"
        for path in [*templates, *python_files("submissions")]
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if NAMES_OF_THE_TIMETABLE.search(line)
    ]
    assert not found, "\n".join(found)


# --- Operations -------------------------------------------------------------------------------


def called(node: ast.AST) -> set[str]:
    return {ast.unparse(inner.func) for inner in ast.walk(node) if isinstance(inner, ast.Call)}


def test_whatever_writes_history_is_told_who_acts_and_when() -> None:
    """`by` and `at` by keyword: no operation looks at a clock or guesses whose doing it is."""
    writers = [
        (path, function)
        for path in python_files("submissions/operations", "sessions/operations")
        for function in functions(path)
        if "history.record" in called(function)
    ]
    careless = [
        f"{place(path, function)} {function.name}"
        for path, function in writers
        if not {"by", "at"} <= {argument.arg for argument in function.args.kwonlyargs}
    ]
    assert not careless, "\n".join(careless)
    assert len(writers) > 5


def test_no_operation_asks_for_a_request_or_the_time() -> None:
    clocks = {"timezone.now", "datetime.now", "date.today", "time.time"}
    found = [
        f"{place(path, function)} {function.name}"
        for path in python_files("submissions/operations", "sessions/operations")
        # Mail goes out after the transaction that caused it, at a time of its own.
        if path.name != "mailing.py"
        for function in functions(path)
        if clocks & called(function) or "request" in {a.arg for a in function.args.args}
    ]
    assert not found, "\n".join(found)


# --- Sizes ------------------------------------------------------------------------------------


def test_no_function_is_longer_than_60_lines() -> None:
    long = [
        f"{place(path, function)} {function.name}: {lines} lines"
        for path in python_files(*OURS)
        for function in functions(path)
        if (lines := (function.end_lineno or 0) - function.lineno + 1) > LONGEST_FUNCTION
    ]
    assert not long, "\n".join(long)
