"""A pasted author list becomes entries of the form, which its owner corrects."""

import re
from dataclasses import dataclass
from typing import Final

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from submissions.domain.author_lists import (
    Doubt,
    Note,
    SplitAuthor,
    SplitList,
    split_author_list,
)
from submissions.forms.authors import LIST_FIELD, MOST_AUTHORS, AuthorEntries, counted

SPLIT: Final = "split"
"""The button that asks for it: "append" or "replace"."""

_TYPED: Final = ("given_name", "family_name", "email", "affiliations", "orcid")

DOUBTS: Final = {
    Doubt.FAMILY_NAME: gettext_lazy("where the family name begins was guessed"),
    Doubt.ONE_WORD: gettext_lazy("the name is a single word"),
    Doubt.ORDER: gettext_lazy("which of the names is the family name was guessed"),
    Doubt.INSTITUTE: gettext_lazy("a part of the list was taken for an institute"),
    Doubt.MARK: gettext_lazy("a mark behind the name belongs to no institute in the list"),
    Doubt.ORCID: gettext_lazy("the ORCID seems mistyped"),
    Doubt.DIGITS: gettext_lazy("there are digits in the name"),
    Doubt.LONG: gettext_lazy("the name is too long; perhaps two were not separated"),
    Doubt.SCRIPTS: gettext_lazy("letters of different alphabets look alike here"),
}

NOTES: Final = {
    Note.ET_AL: gettext_lazy("“et al.” was left out: add the others, or name a collaboration."),
    Note.ASTERISK: gettext_lazy("The asterisk was read as the mark of whoever presents."),
    Note.CORRESPONDING: gettext_lazy(
        "The asterisk marks the corresponding author; tick who presents the talk."
    ),
    Note.UNUSED: gettext_lazy("Some lines belong to no author; they are still in the box."),
    Note.CUT: gettext_lazy("The list was too long; its end was not read."),
}


@dataclass(frozen=True, slots=True)
class TakenOver:
    """The form with the entries of a list, and what is to be said about them."""

    data: QueryDict
    doubts: dict[int, list[str]]
    """By the index of an entry, in words."""
    notes: list[str]

    def tell(self, authors: AuthorEntries) -> None:
        """Write the words beside the entries of the form that was made of `data`."""
        authors.list_notes = self.notes
        for index, form in enumerate(authors.forms):
            form.doubts = self.doubts.get(index, [])


def taken_over(data: QueryDict, prefix: str) -> TakenOver:
    """Fill the entries from the box; what was typed before stays, unless it is to be replaced.

    What finds no room, and what was not understood, stays in the box.
    """
    found = split_author_list(data.get(LIST_FIELD, ""))
    filled = counted(data, prefix)
    if not found.authors and not found.collaboration:
        return TakenOver(filled, {}, [_("No name was found in the box.")])
    kept = [] if data.get(SPLIT) == "replace" and found.authors else _kept(filled, prefix)
    _forget_entries(filled, prefix)
    for index, values in enumerate(kept):
        _write(filled, f"{prefix}-{index}-", values | {"ORDER": [str(index + 1)]})
    room = max(0, MOST_AUTHORS - len(kept))
    doubts: dict[int, list[str]] = {}
    for index, author in enumerate(found.authors[:room], start=len(kept)):
        _write(filled, f"{prefix}-{index}-", _values(author) | {"ORDER": [str(index + 1)]})
        doubts[index] = [str(DOUBTS[doubt]) for doubt in author.doubts]
    _tick_somebody(filled, prefix)
    notes = [str(NOTES[note]) for note in found.notes]
    notes += _take_collaboration(filled, found.collaboration)
    rest = found.authors[room:]
    if rest:
        too_many = _("At most %(most)d authors fit; the other names are still in the box.")
        notes.insert(0, too_many % {"most": MOST_AUTHORS})
    filled[LIST_FIELD] = _left_over(found, rest)
    return TakenOver(counted(filled, prefix), doubts, notes)


def _kept(data: QueryDict, prefix: str) -> list[dict[str, list[str]]]:
    """The entries in which something is typed and which are not removed, in their order."""
    entries: dict[int, dict[str, list[str]]] = {}
    for key, values in data.lists():
        if match := re.fullmatch(rf"{re.escape(prefix)}-(\d+)-(\w+)", key, re.ASCII):
            entries.setdefault(int(match[1]), {})[match[2]] = [str(value) for value in values]
    filled = [
        entry
        for _index, entry in sorted(entries.items())
        if "DELETE" not in entry and any("".join(entry.get(name, [])).strip() for name in _TYPED)
    ]
    return sorted(filled, key=_place)


def _place(entry: dict[str, list[str]]) -> float:
    try:
        return int(entry["ORDER"][0])
    except (KeyError, IndexError, ValueError):
        return float("inf")


def _forget_entries(data: QueryDict, prefix: str) -> None:
    for key in [key for key in data if re.match(rf"{re.escape(prefix)}-\d", key, re.ASCII)]:
        del data[key]


def _write(data: QueryDict, start: str, values: dict[str, list[str]]) -> None:
    for name, texts in values.items():
        data.setlist(f"{start}{name}", texts)


def _values(author: SplitAuthor) -> dict[str, list[str]]:
    values = {
        "given_name": [author.given_name],
        "family_name": [author.family_name],
        "email": [author.email],
        "orcid": [author.orcid],
        "affiliations": ["\n".join(author.affiliations)],
    }
    return values | ({"is_presenting": ["on"]} if author.is_presenting else {})


def _tick_somebody(data: QueryDict, prefix: str) -> None:
    """The first author presents unless the list, or somebody before, says who does."""
    ticks = re.compile(rf"{re.escape(prefix)}-\d+-is_presenting", re.ASCII)
    if not any(ticks.fullmatch(key) for key in data):
        data[f"{prefix}-0-is_presenting"] = "on"


def _take_collaboration(data: QueryDict, name: str) -> list[str]:
    typed = data.get("collaboration", "").strip()
    if name and not typed:
        data["collaboration"] = name
    elif name and typed != name:
        other = _("The list names the collaboration “%(name)s”; yours was kept.")
        return [other % {"name": name}]
    return []


def _left_over(found: SplitList, rest: tuple[SplitAuthor, ...]) -> str:
    """As text that can be split again."""
    names = "; ".join(_written(author) for author in rest)
    return "\n".join(filter(None, [names, *found.unused]))


def _written(author: SplitAuthor) -> str:
    name = ", ".join(filter(None, (author.family_name, author.given_name)))
    beside = "; ".join(filter(None, (*author.affiliations, author.email, author.orcid)))
    return f"{name} ({beside})" if beside else name
