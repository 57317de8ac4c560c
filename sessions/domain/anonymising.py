"""Taking one person out of the content of a release, whatever version its shape has.

Works on the plain data and not on the values made of them: a release may be older than the program.
"""

from collections.abc import Callable, Mapping
from typing import Any

Cleaner = Callable[[str], str]
"""Takes the person out of a text."""


def without_person(data: Any, slug: str, *, new_slug: str, name: str, clean: Cleaner) -> Any:
    """The same data, in which the person of `slug` is called `name` and has nothing else."""
    if isinstance(data, str):
        return clean(data)
    if isinstance(data, list):
        return [
            without_person(item, slug, new_slug=new_slug, name=name, clean=clean) for item in data
        ]
    if not isinstance(data, Mapping):
        return data
    if data.get("slug") == slug and "family_name" in data:
        kept = {"slug": new_slug, "given_name": "", "family_name": name}
        return kept | {key: data[key] for key in ("is_presenting",) if key in data}
    return {
        key: without_person(value, slug, new_slug=new_slug, name=name, clean=clean)
        for key, value in data.items()
    }


def people_in(data: Any) -> frozenset[str]:
    """The slugs of all people in the data."""
    if isinstance(data, list):
        return frozenset[str]().union(*map(people_in, data))
    if not isinstance(data, Mapping):
        return frozenset()
    own = frozenset({data["slug"]}) if "family_name" in data and "slug" in data else frozenset()
    return own.union(*map(people_in, data.values()))


def codes_in(data: Any) -> frozenset[str]:
    """The codes of all talks in the data."""
    if isinstance(data, list):
        return frozenset[str]().union(*map(codes_in, data))
    if not isinstance(data, Mapping):
        return frozenset()
    own = frozenset({data["code"]}) if "code" in data and "title" in data else frozenset()
    return own.union(*map(codes_in, data.values()))
