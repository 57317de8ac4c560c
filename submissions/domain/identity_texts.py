"""Taking one person out of texts: name, e-mail address and ORCID, wherever they stand.

Texts are read as they are, so only what is spelt like the person is found. A family name alone is
taken for the person only where the text is about them anyway (`also_family_name`).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from submissions.domain.orcid import hyphenated

NAME_REMOVED: Final = "Name removed"
"""What stands where a name was; the same in every text, table and release."""

_SHORTEST_FAMILY_NAME: Final = 3


@dataclass(frozen=True)  # no slots: the patterns are made once and kept
class Identity:
    given_name: str
    family_name: str
    email: str = ""
    orcid: str = ""
    """Bare."""

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()

    @property
    def is_nobody(self) -> bool:
        """Whether there is nothing to look for (any more)."""
        return self.name in ("", NAME_REMOVED) and not self.email and not self.orcid

    def out_of(
        self, text: str, *, keeps_names: bool = False, also_family_name: bool = False
    ) -> str:
        """The text without address and ORCID and, unless `keeps_names`, without the name."""
        if not self._may_be_in(text):
            return text
        for pattern in self._numbers:
            text = pattern.sub("–", text)
        if keeps_names:
            return text
        for pattern in self._names:
            text = pattern.sub(NAME_REMOVED, text)
        if also_family_name and self._family_name is not None:
            text = self._family_name.sub(NAME_REMOVED, text)
        return text

    def out_of_data(
        self, data: Any, *, keeps_names: bool = False, also_family_name: bool = False
    ) -> Any:
        """The same for everything inside plain data, such as the changes of a history entry.

        A line of a list that begins with the person, as in lists of authors, goes whole: it tells
        where they work, too.
        """
        how = {"keeps_names": keeps_names, "also_family_name": also_family_name}
        if isinstance(data, str):
            return self.out_of(data, **how)
        if isinstance(data, Mapping):
            return {key: self.out_of_data(value, **how) for key, value in data.items()}
        if isinstance(data, list):
            return [
                NAME_REMOVED
                if not keeps_names and self._begins(line)
                else self.out_of_data(line, **how)
                for line in data
            ]
        return data

    def _begins(self, line: Any) -> bool:
        """Whether a line of history is about them: "Ada Lovelace *, ada@example.org, …"."""
        if not isinstance(line, str) or self.name in ("", NAME_REMOVED):
            return False
        return line.removesuffix(" *") == self.name or line.startswith(
            (f"{self.name} *,", f"{self.name},")
        )

    def _may_be_in(self, text: str) -> bool:
        """Quick, because nearly all texts of a meeting are about others."""
        lowered = text.lower()
        return any(needle in lowered for needle in self._needles)

    @cached_property
    def _needles(self) -> tuple[str, ...]:
        """Something of each of these is in every text that the patterns below could find."""
        words = [*self.family_name.split()[:1], *self.given_name.split()[:1]]
        last = words[:1] if self.name != NAME_REMOVED else []
        numbers = [self.email, self.orcid, hyphenated(self.orcid) if self.orcid else ""]
        return tuple(each.lower() for each in (*last, *numbers) if each)

    @cached_property
    def _numbers(self) -> tuple[re.Pattern[str], ...]:
        found = []
        if self.email:
            found.append(
                re.compile(rf"(?<![\w.+-]){re.escape(self.email)}(?![\w-])", re.IGNORECASE)
            )
        if self.orcid:
            spelt = f"{re.escape(hyphenated(self.orcid))}|{re.escape(self.orcid)}"
            found.append(re.compile(rf"(?<!\w)(?:{spelt})(?!\w)", re.IGNORECASE))
        return tuple(found)

    @cached_property
    def _names(self) -> tuple[re.Pattern[str], ...]:
        given, family = self.given_name.strip(), self.family_name.strip()
        if self.name == NAME_REMOVED:
            return ()
        if not given or not family:
            # One word may be any word; `also_family_name` looks for it.
            return (_words(self.name),) if len(self.name.split()) > 1 else ()
        spelt = (f"{given} {family}", f"{family}, {given}", f"{family} {given}")
        return tuple(_words(each) for each in spelt)

    @cached_property
    def _family_name(self) -> re.Pattern[str] | None:
        family = self.family_name.strip() or self.given_name.strip()
        if len(family) < _SHORTEST_FAMILY_NAME or family == NAME_REMOVED:
            return None
        return re.compile(rf"(?<!\w){re.escape(family)}(?!\w)")


def _words(text: str) -> re.Pattern[str]:
    """The words of `text` with any blanks between them, in any case."""
    spelt = r"\s+".join(re.escape(word) for word in text.split())
    return re.compile(rf"(?<!\w){spelt}(?!\w)", re.IGNORECASE)
