r"""Checks and rewrites the TeX of one formula into the part of TeX that latex2mathml gets right.

Everything that is shown as text (``\text{…}``, units, Å …) is taken out and replaced by one
character of the private use area per piece: latex2mathml never sees it, so it can neither misread
it nor fail to escape it.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import ClassVar

from submissions.domain.abstracts.problems import Problem, ProblemKind
from submissions.domain.abstracts.tex_macros import (
    ATOMS,
    ENVIRONMENTS,
    IN_TEXT,
    RENAMED,
    REWRITTEN,
    STRUCTURES,
    TEXTS,
    is_symbol,
    roman,
)

DEEPEST_GROUP = 20

_PART = re.compile(r"\\[A-Za-z]+|\\.|[{}]|[^\\{}]+|\\", re.DOTALL)
# A formula of the length allowed has room for far fewer pieces than there are such characters.
_FIRST_PLACEHOLDER = 0xE000
_LAST_PLACEHOLDER = 0xF8FF
_PRIVATE_USE = re.compile(f"[{chr(_FIRST_PLACEHOLDER)}-{chr(_LAST_PLACEHOLDER)}]")
# latex2mathml reads "10 pc" as a length in the printer's pica; an empty group keeps number and
# letters apart.
_LENGTH = re.compile(r"(?<=[0-9])(?=\s*(?:in|mm|cm|pt|em|ex|pc|bp|dd|cc|sp|mu))")
# Opens a group of upright letters. The empty group is there because latex2mathml looks
# "\mathrm{d}" up as a symbol and sets it in italics.
_UPRIGHT = r"\mathrm{{}"
# TeX's way to spell any character; nobody types it in an abstract, and filters have been passed
# with it.
_CARET_NOTATION = "^^"


class TexNotAccepted(Exception):
    """The formula cannot be typeset; ``problem`` says why."""

    def __init__(self, kind: ProblemKind, source: str) -> None:
        super().__init__(kind, source)
        self.problem = Problem(kind, source)


@dataclass(frozen=True, slots=True)
class Atom:
    """What takes the place of a placeholder: an element, its text, its style."""

    tag: str
    text: str
    variant: str = ""


@dataclass(frozen=True, slots=True)
class PreparedTex:
    """TeX for latex2mathml, and what its placeholders stand for."""

    tex: str
    atoms: Mapping[str, Atom]


def prepare(tex: str) -> PreparedTex:
    """Rewrite one formula; raise ``TexNotAccepted`` if it holds anything that is not allowed."""
    if _PRIVATE_USE.search(tex) or _CARET_NOTATION in tex:
        raise TexNotAccepted(ProblemKind.FORMULA_NOT_TYPESET, tex)
    parts = _PART.findall(tex)
    _check_groups(parts, tex)
    rewriter = _Rewriter(parts, tex)
    return PreparedTex(rewriter.rewrite(), rewriter.atoms)


def _check_groups(parts: list[str], tex: str) -> None:
    depth = deepest = 0
    for part in parts:
        depth += (part == "{") - (part == "}")
        deepest = max(deepest, depth)
        if depth < 0:
            break
    if depth != 0:
        raise TexNotAccepted(ProblemKind.FORMULA_UNBALANCED, tex)
    if deepest > DEEPEST_GROUP:
        raise TexNotAccepted(ProblemKind.FORMULA_TOO_DEEP, tex)


class _Rewriter:
    """Walks once over the parts of one formula."""

    def __init__(self, parts: list[str], tex: str) -> None:
        self.atoms: dict[str, Atom] = {}
        self._waiting = parts[::-1]
        self._tex = tex

    def rewrite(self) -> str:
        written = []
        while self._waiting:
            part = self._waiting.pop()
            written.append(self._macro(part) if part.startswith("\\") else self._characters(part))
        return "".join(written)

    def _characters(self, part: str) -> str:
        if part == "{" and self._waiting[-2:] == ["}", ","]:
            del self._waiting[-2:]  # 314{,}000: a comma without the space of a list
            return self._placeholder(Atom("mn", ","))
        # A percent sign begins a comment in TeX; in an abstract it is a percent sign.
        part = part.replace("%", self._placeholder(Atom("mi", "%"))) if "%" in part else part
        return _LENGTH.sub("{}", part)

    def _macro(self, macro: str) -> str:
        if macro in ATOMS:
            return self._placeholder(Atom(*ATOMS[macro]))
        if macro in TEXTS:
            return self._text(macro)
        macro = RENAMED.get(macro, macro)
        if macro in REWRITTEN:
            self._waiting.extend(_PART.findall("{" + REWRITTEN[macro] + "}")[::-1])
            return ""
        if macro in self._with_arguments:
            return self._with_arguments[macro](self)
        if macro not in STRUCTURES and not is_symbol(macro):
            raise TexNotAccepted(ProblemKind.UNKNOWN_MACRO, macro)
        if macro == r"\mathrm" and self._waiting[-1:] == ["{"]:
            self._waiting.pop()
            return _UPRIGHT
        return macro

    def _placeholder(self, atom: Atom) -> str:
        character = chr(_FIRST_PLACEHOLDER + len(self.atoms))
        self.atoms[character] = atom
        return character

    def _argument(self) -> list[str]:
        """Take the parts of the next group, without its braces, or the next single thing."""
        while self._waiting and self._waiting[-1].isspace():
            self._waiting.pop()
        if not self._waiting:
            raise TexNotAccepted(ProblemKind.FORMULA_UNBALANCED, self._tex)
        part = self._waiting.pop()
        if part == "{":
            return self._rest_of_group()
        if part.startswith("\\") or part == "}":
            return [part]
        part = part.lstrip()
        if part[1:]:
            self._waiting.append(part[1:])
        return [part[0]]

    def _rest_of_group(self) -> list[str]:
        taken: list[str] = []
        depth = 1
        while self._waiting:
            part = self._waiting.pop()
            depth += (part == "{") - (part == "}")
            if depth == 0:
                return taken
            taken.append(part)
        raise TexNotAccepted(ProblemKind.FORMULA_UNBALANCED, self._tex)

    def _skip(self, sign: str) -> bool:
        """Take the sign if it comes next, and tell whether it did."""
        if not self._waiting or not self._waiting[-1].startswith(sign):
            return False
        if rest := self._waiting.pop().removeprefix(sign):
            self._waiting.append(rest)
        return True

    def _plain(self, parts: list[str]) -> str:
        """Return the characters a group of ordinary text shows."""
        shown = []
        for part in parts:
            if part.startswith("\\"):
                if part not in IN_TEXT:
                    raise TexNotAccepted(ProblemKind.UNKNOWN_MACRO, part)
                shown.append(IN_TEXT[part])
            elif "$" in part:  # a formula inside the text of a formula
                raise TexNotAccepted(ProblemKind.FORMULA_NOT_TYPESET, self._tex)
            elif part not in {"{", "}"}:
                shown.append(part.replace("~", "\u00a0").replace("---", "—").replace("--", "–"))
        return re.sub(r"[ \t\n]+", " ", "".join(shown))

    def _text(self, macro: str) -> str:
        shown = self._plain(self._argument())
        # Unicode has no small capitals that fonts can be trusted with.
        shown = shown.upper() if macro == r"\textsc" else shown
        return self._placeholder(Atom("mtext", shown, TEXTS[macro]))

    def _ion(self) -> str:
        r"""``\ion{Ca}{2}`` and ``\ion{Ca}{ii}`` show Ca II (AASTeX)."""
        element, stage = self._plain(self._argument()), self._plain(self._argument())
        return self._placeholder(Atom("mtext", f"{element}\u202f{roman(stage)}"))

    def _unit(self) -> str:
        r"""``\unit{km s^{-1}}``: upright, with thin spaces for blanks and full stops."""
        parts = self._argument()
        spaced = [
            part if part.startswith("\\") else re.sub(r"[\s.~]+", r"\,", part) for part in parts
        ]
        self._waiting.extend(_PART.findall("".join(spaced) + "}")[::-1])
        return _UPRIGHT

    def _quantity(self) -> str:
        r"""``\SI{5}{km}``: a number and its unit, a thin space between them."""
        number = self._argument()
        return (
            "{" + "".join(number) + r"}\," + self._unit() if _is_number(number) else self._refuse()
        )

    def _number(self) -> str:
        r"""``\num{1.5e4}`` shows 1.5 × 10⁴."""
        digits = "".join(self._argument())
        match = re.fullmatch(r"([-+]?[0-9.]+)(?:[eE]([-+]?[0-9]+))?", digits)
        if match is None:
            return self._refuse()
        return match[1] + (rf"\times 10^{{{match[2]}}}" if match[2] else "")

    def _operator_name(self) -> str:
        self._skip("*")
        return self._placeholder(Atom("mi", self._plain(self._argument()), "function"))

    def _contents(self) -> str:
        self._waiting.extend(["}", *self._argument()[::-1], "{"])
        return ""

    def _nothing(self) -> str:
        self._argument()
        return ""

    def _thin_space(self) -> str:
        self._argument()
        return r"\,"

    def _negation(self) -> str:
        return r"\neq " if self._skip("=") else r"\not"

    def _environment(self, boundary: str) -> str:
        name = "".join(self._argument()).strip()
        if name not in ENVIRONMENTS:
            raise TexNotAccepted(ProblemKind.UNKNOWN_MACRO, rf"{boundary}{{{name}}}")
        return f"{boundary}{{{ENVIRONMENTS[name]}}}" if ENVIRONMENTS[name] else ""

    def _begin(self) -> str:
        return self._environment(r"\begin")

    def _end(self) -> str:
        return self._environment(r"\end")

    def _refuse(self) -> str:
        raise TexNotAccepted(ProblemKind.FORMULA_NOT_TYPESET, self._tex)

    _with_arguments: ClassVar[Mapping[str, Callable[["_Rewriter"], str]]] = {
        r"\begin": _begin,
        r"\end": _end,
        r"\ion": _ion,
        r"\unit": _unit,
        r"\si": _unit,
        r"\SI": _quantity,
        r"\qty": _quantity,
        r"\num": _number,
        r"\operatorname": _operator_name,
        r"\ensuremath": _contents,
        r"\label": _nothing,
        r"\hspace": _thin_space,
        r"\not": _negation,
    }


def _is_number(parts: list[str]) -> bool:
    return bool(re.fullmatch(r"[-+0-9.,]+", "".join(parts)))
