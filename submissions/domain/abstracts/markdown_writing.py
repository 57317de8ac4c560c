"""Writes one paragraph or list item, read from HTML, as Markdown."""

import re
from dataclasses import dataclass
from functools import partial

from submissions.domain.abstracts.addresses import BARE_ADDRESS, bare_address_at
from submissions.domain.abstracts.formulas import formulas_in
from submissions.domain.abstracts.html_blocks import (
    ALL_MARKS,
    EMPHASIS,
    EMPHASIS_END,
    LINE_BREAK,
    LINK,
    LINK_END,
    LINK_TEXT,
    SCRIPT_END,
    STRONG,
    STRONG_END,
    SUBSCRIPT,
    SUPERSCRIPT,
    Block,
)

_BLANKS = re.compile(r"[ \t\n]+")
_SCRIPT = re.compile(
    rf"([{SUBSCRIPT}{SUPERSCRIPT}])([^{SUBSCRIPT}{SUPERSCRIPT}{SCRIPT_END}]*){SCRIPT_END}"
)
_SIMPLE_SCRIPT = re.compile(r"[A-Za-z0-9+\-−,.()/=* ]{1,30}")
_LINK = re.compile(rf"{LINK}(\d+){LINK_TEXT}([^{LINK}{LINK_END}]*){LINK_END}")
_ANY_MARK = re.compile(rf"{LINK}\d+{LINK_TEXT}|[{ALL_MARKS}]")
_STARS = {EMPHASIS: "*", STRONG: "**"}
_EMPHASIS_MARKS = re.compile(f"[{EMPHASIS}-{STRONG_END}]")
ALL_EMPHASIS = EMPHASIS + EMPHASIS_END + STRONG + STRONG_END
_SPACES = f" \u00a0{LINE_BREAK}"
_BREAK = re.compile(rf" ?{LINE_BREAK}[{_SPACES}]*")
# Signs that mean something where they stand; "H&K", "a < b" and "snake_case" need no backslash.
_SPECIAL = re.compile(
    rf"\\(?=[\\`*_\[\]$<&#%+\-.()\n{ALL_MARKS}]|\Z)"
    r"|&(?=#?\w+;)|<(?=[A-Za-z/!?]|\Z)|[*_](?![^\W_])|(?<![^\W_])[*_]|[`$]|\](?=\(|\Z)"
)
_LINE_START = re.compile(r"^([-+]|\d{1,9}(?=[.)]))", re.MULTILINE)
_DESTINATION = {ord(sign): f"%{ord(sign):02X}" for sign in "()<>\"'`*[] "}


@dataclass(frozen=True, slots=True)
class Style:
    """How careful to be: whether signs get backslashes, and whether emphasis is written at all."""

    escaped: bool
    emphasis: bool
    formulas_escaped: bool = False


def written(block: Block, style: Style) -> str:
    """Return the block's text as Markdown, without its list marker."""
    pieces = [
        _formula(text, style) if is_formula else _prose(text, style)
        for is_formula, text in _parts(block.text)
    ]
    text = _LINK.sub(partial(_link, block.addresses, style), _with_emphasis("".join(pieces), style))
    text = _BREAK.sub(LINE_BREAK, text).strip(f"\n{_SPACES}")
    # A display formula at the beginning of a line begins a paragraph; nothing is left to break.
    text = re.sub(rf"{LINE_BREAK}(?=\$\$|\\\[)", "\n", text).replace(LINE_BREAK, "\\\n")
    text = _ANY_MARK.sub("", text)
    if style.escaped:
        text = _LINE_START.sub(
            lambda mark: f"{mark[1]}\\" if mark[1].isdecimal() else f"\\{mark[1]}", text
        )
    return text


def shown_text(block: Block) -> str:
    """Return what a reader of the block sees, formulas as typed."""
    shown = "".join(text for _, text in _parts(block.text)).replace(LINE_BREAK, " ")
    return _ANY_MARK.sub("", shown)


def shown_links(block: Block) -> int:
    """Count the links that have a text; one without is nothing a reader could see."""
    return sum(bool(_ANY_MARK.sub("", link[2]).strip()) for link in _LINK.finditer(block.text))


def _parts(text: str) -> list[tuple[bool, str]]:
    """Cut a text into formulas and prose."""
    parts: list[tuple[bool, str]] = []
    position = 0
    for formula in formulas_in(text):
        if LINE_BREAK in formula.source or LINK in formula.source or LINK_END in formula.source:
            continue
        parts += _prose_parts(text[position : formula.start])
        source = (
            formula.source.replace(SUBSCRIPT, "_{")
            .replace(SUPERSCRIPT, "^{")
            .replace(SCRIPT_END, "}")
        )
        parts.append((True, _ANY_MARK.sub("", source)))
        position = formula.end
    return parts + _prose_parts(text[position:])


def _prose_parts(text: str) -> list[tuple[bool, str]]:
    """Turn simple subscripts and superscripts into formulas, others into ``_(…)`` and ``^(…)``."""
    parts: list[tuple[bool, str]] = []
    position = 0
    for script in _SCRIPT.finditer(text):
        parts.append((False, _BLANKS.sub(" ", text[position : script.start()])))
        sign = "_" if script[1] == SUBSCRIPT else "^"
        content = script[2].strip()
        if _SIMPLE_SCRIPT.fullmatch(_EMPHASIS_MARKS.sub("", content)):
            parts.append((True, f"${sign}{{{_as_tex(_EMPHASIS_MARKS.sub('', content))}}}$"))
        else:
            parts.append((False, f"{sign}({content})" if _ANY_MARK.sub("", content) else content))
        position = script.end()
    return [*parts, (False, _BLANKS.sub(" ", text[position:]))]


def _as_tex(content: str) -> str:
    content = content.replace("−", "-")
    upright = content.replace(" ", "\\ ")
    return rf"\mathrm{{{upright}}}" if re.search("[A-Za-z]", content) else content


def _formula(source: str, style: Style) -> str:
    return re.sub(r"<(?=[A-Za-z/])", r"\\lt ", source) if style.formulas_escaped else source


def _prose(text: str, style: Style) -> str:
    if not style.escaped:
        return text
    pieces = []
    position = 0
    for match in BARE_ADDRESS.finditer(text):
        address = bare_address_at(text, match.start())
        pieces += [_escaped(text[position : match.start()]), address]
        position = match.start() + len(address)
    return "".join([*pieces, _escaped(text[position:])])


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\g<0>", text)


def _with_emphasis(text: str, style: Style) -> str:
    """Write stars where they will be read as emphasis: around words no other emphasis touches."""
    text = re.sub(rf"([{EMPHASIS}{STRONG}]+)([{_SPACES}]+)", r"\2\1", text)
    text = re.sub(rf"(?<![{_SPACES}])([{_SPACES}]+)([{EMPHASIS_END}{STRONG_END}]+)", r"\2\1", text)
    characters = list(text)
    opened: list[int] = []
    for position, character in enumerate(text):
        if character in _STARS:
            opened.append(position)
        elif character in {EMPHASIS_END, STRONG_END} and opened:
            start = opened.pop()
            is_written = style.emphasis and _stands_alone(text, start, position)
            characters[start] = characters[position] = _STARS[text[start]] if is_written else ""
    return "".join(characters)


def _stands_alone(text: str, start: int, end: int) -> bool:
    before_start, after_end = start, end
    while before_start and text[before_start] in _STARS:
        before_start -= 1
    before = "" if text[before_start] in _STARS else text[before_start]
    while text[after_end : after_end + 1] in {EMPHASIS_END, STRONG_END}:
        after_end += 1
    after = text[after_end : after_end + 1]
    is_empty = not text[start + 1 : end].strip(ALL_EMPHASIS)
    return not is_empty and not any(map(_touches, (before, after)))


def _touches(neighbour: str) -> bool:
    return neighbour.isalnum() or (neighbour != "" and neighbour in ALL_EMPHASIS + "*_")


def _link(addresses: tuple[str, ...], style: Style, match: re.Match[str]) -> str:
    address = addresses[int(match[1])]
    text = match[2].strip()
    blank = " " if match[2].endswith(" ") else ""
    shown = text.replace("\\", "")
    after = match.string[match.end() : match.end() + 40]
    if shown == address and bare_address_at(address + after, 0) == address:
        return address + blank
    if shown == address.removeprefix("mailto:"):
        return f"<{shown}>{blank}"
    destination = re.sub(r"&(?=#?\w+;)", "&amp;", address.translate(_DESTINATION))
    if not text:
        return blank
    if style.escaped and re.search(r"[\[\]]", text):
        if re.search(r"\$|\\[(\[]", text):  # brackets of a formula cannot be escaped
            return f"{text} <{destination}>{blank}"
        text = re.sub(r"(?<!\\)((?:\\\\)*)\]", r"\1\\]", text).replace("[", "&#91;")
    return f"[{text}]({destination}){blank}"
