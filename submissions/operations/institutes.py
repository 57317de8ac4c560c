"""Institutes that are suggested: the shipped ones, and those of an operator's ROR data dump."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from django.core.cache import cache
from django.db import transaction

from submissions.importers.institutes import KnownInstitute
from submissions.models import Institute, InstituteOrigin

PORTION: Final = 1000


@dataclass(slots=True)
class Loaded:
    new: int = 0
    changed: int = 0
    same: int = 0
    removed: int = 0


def load_shipped(institutes: Iterable[KnownInstitute]) -> Loaded:
    """Make the shipped institutes those of the list; what a data dump said is left alone."""
    loaded = Loaded()
    with transaction.atomic():
        there = {one.name: one for one in Institute.objects.filter(origin=InstituteOrigin.SHIPPED)}
        dumped = set(
            Institute.objects.filter(origin=InstituteOrigin.ROR).values_list("ror_id", flat=True)
        )
        wanted = [one for one in institutes if not one.ror_id or one.ror_id not in dumped]
        names = {one.name for one in wanted}
        gone = [one.pk for name, one in there.items() if name not in names]
        loaded.removed = Institute.objects.filter(pk__in=gone).delete()[0]
        for known in wanted:
            _write_shipped(known, there.get(known.name), loaded)
    _forget_answers()
    return loaded


def load_dump(institutes: Iterable[KnownInstitute], *, is_whole: bool) -> Loaded:
    """Write the institutes of a data dump; all of it or, if it proves broken, nothing.

    With `is_whole`, institutes that an earlier dump had and this one has not are removed. An
    institute that is no longer active is not suggested any more. Affiliations of talks keep
    their identifiers.
    """
    loaded = Loaded()
    seen: set[str] = set()
    with transaction.atomic():
        for portion in _portions(institutes):
            active = {one.ror_id: one for one in portion if one.is_active}
            _write_portion(active, loaded)
            seen |= active.keys()
            retired = [one.ror_id for one in portion if not one.is_active]
            loaded.removed += Institute.objects.filter(ror_id__in=retired).delete()[0]
        if is_whole:
            loaded.removed += _remove_unseen(seen)
    _forget_answers()
    return loaded


def _write_shipped(known: KnownInstitute, there: Institute | None, loaded: Loaded) -> None:
    institute = there or Institute(origin=InstituteOrigin.SHIPPED)
    before = None if there is None else _content(institute)
    _fill(institute, known)
    if before == _content(institute):
        loaded.same += 1
        return
    institute.save()
    if there is None:
        loaded.new += 1
    else:
        loaded.changed += 1


def _write_portion(portion: dict[str, KnownInstitute], loaded: Loaded) -> None:
    there = {one.ror_id: one for one in Institute.objects.filter(ror_id__in=portion)}
    new, changed = [], []
    for ror_id, known in portion.items():
        institute = there.get(ror_id) or Institute()
        before = (institute.origin, _content(institute)) if ror_id in there else None
        institute.origin = InstituteOrigin.ROR
        _fill(institute, known)
        if before is None:
            new.append(institute)
        elif before != (institute.origin, _content(institute)):
            changed.append(institute)
        else:
            loaded.same += 1
    Institute.objects.bulk_create(new)
    Institute.objects.bulk_update(
        changed,
        ["name", "other_names", "city", "country", "origin", "search_text", "name_length"],
        batch_size=200,
    )
    loaded.new += len(new)
    loaded.changed += len(changed)


def _remove_unseen(seen: set[str]) -> int:
    dumped = Institute.objects.filter(origin=InstituteOrigin.ROR).values_list("pk", "ror_id")
    unseen = iter([pk for pk, ror_id in dumped if ror_id not in seen])
    removed = 0
    while pks := list(islice(unseen, PORTION)):
        removed += Institute.objects.filter(pk__in=pks).delete()[0]
    return removed


def _fill(institute: Institute, known: KnownInstitute) -> None:
    institute.name = known.name
    institute.other_names = list(known.other_names)
    institute.ror_id = known.ror_id or None
    institute.city, institute.country = known.city, known.country
    institute.fold_names()


def _content(institute: Institute) -> tuple[object, ...]:
    return (
        institute.name,
        institute.other_names,
        institute.ror_id,
        institute.city,
        institute.country,
    )


def _portions(institutes: Iterable[KnownInstitute]) -> Iterator[list[KnownInstitute]]:
    waiting = iter(institutes)
    while portion := list(islice(waiting, PORTION)):
        yield portion


def _forget_answers() -> None:
    """Suggestions that are remembered were made of what is there no longer."""
    cache.set(ANSWERS_KEY, cache.get(ANSWERS_KEY, 0) + 1, None)


ANSWERS_KEY: Final = "institutes:edition"
"""Raised with every load; part of the key of every remembered answer."""
