"""Everything that is stored, as one text to search in."""

from collections.abc import Iterator

from django.apps import apps
from django.core.files.storage import default_storage


def everything_stored() -> dict[str, str]:
    """By table (or file) what is in it: every column of every row, and the files' own bytes."""
    found = {}
    for model in apps.get_models(include_auto_created=True):
        rows = [
            " | ".join(f"{field.attname}={_text(field.value_from_object(row))}" for field in fields)
            for fields in [model._meta.concrete_fields]
            for row in model._default_manager.all()
        ]
        found[model._meta.label] = "\n".join(rows)
    for name in _files("materials"):
        with default_storage.open(name) as file:
            found[f"file {name}"] = file.read().decode("latin-1")
    return found


def where(*words: str) -> dict[str, set[str]]:
    """In which tables and files each of these words is, in any case."""
    stored = {name: text.lower() for name, text in everything_stored().items()}
    return {word: {name for name, text in stored.items() if word.lower() in text} for word in words}


def forget_all_files() -> None:
    for name in list(_files("materials")):
        default_storage.delete(name)


def _text(value: object) -> str:
    return bytes(value).decode("latin-1") if isinstance(value, bytes | memoryview) else str(value)


def _files(folder: str) -> Iterator[str]:
    if not default_storage.exists(folder):
        return
    folders, names = default_storage.listdir(folder)
    yield from (f"{folder}/{name}" for name in names)
    for inner in folders:
        yield from _files(f"{folder}/{inner}")
