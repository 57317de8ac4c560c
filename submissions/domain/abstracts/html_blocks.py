"""Reads HTML into paragraphs and list items whose text carries inline marks as control characters.

Control characters are free for this: ``clean`` has removed all that the text came with.
"""

import re
from dataclasses import dataclass

from submissions.domain.abstracts.addresses import is_address
from submissions.domain.abstracts.html_tags import Tag, decode, tags_in

EMPHASIS, EMPHASIS_END = "\x01", "\x02"
STRONG, STRONG_END = "\x03", "\x04"
SUBSCRIPT, SUPERSCRIPT, SCRIPT_END = "\x05", "\x06", "\x07"
LINE_BREAK = "\x08"
LINK, LINK_TEXT, LINK_END = (
    "\x0e",
    "\x0f",
    "\x10",
)  # LINK, number of the address, LINK_TEXT, text, LINK_END
ALL_MARKS = "\x01-\x08\x0e-\x10"

_MARKS = {
    "em": EMPHASIS,
    "i": EMPHASIS,
    "cite": EMPHASIS,
    "dfn": EMPHASIS,
    "var": EMPHASIS,
    "strong": STRONG,
    "b": STRONG,
    "sub": SUBSCRIPT,
    "sup": SUPERSCRIPT,
}
_ENDS = {
    EMPHASIS: EMPHASIS_END,
    STRONG: STRONG_END,
    SUBSCRIPT: SCRIPT_END,
    SUPERSCRIPT: SCRIPT_END,
    LINK: LINK_END,
}
_LISTS = frozenset({"ul", "ol", "li"})
_LINK_START = re.compile(f"{LINK}[0-9]+{LINK_TEXT}")
# Known tags that neither mark a piece of text nor begin a paragraph.
_WITHOUT_EFFECT = frozenset(
    """
    span font u small big mark s strike del ins code tt kbd samp q abbr label time wbr
    """.split()  # noqa: SIM905 -- eighteen quoted words read worse
)


# Deeper lists are set as deep as this: the parser reads no deeper ones.
_DEEPEST_LIST = 5


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph (depth 0), or an item of a list that deep and its marker (``- `` or ``2. ``)."""

    text: str
    addresses: tuple[str, ...]
    depth: int = 0
    marker: str = ""


def read_blocks(text: str) -> list[Block]:
    """Read a text that is HTML."""
    reader = _Reader()
    position = 0
    for tag in tags_in(text):
        reader.text(decode(text[position : tag.start]))
        reader.tag(tag)
        position = tag.end
    reader.text(decode(text[position:]))
    reader.end_block()
    return reader.blocks


class _Reader:
    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._pieces: list[str] = []
        self._addresses: list[str] = []
        self._open: list[
            str
        ] = []  # the marks that are open, innermost last; links with their number
        self._lists: list[int | None] = []  # the next number of each open list, or none for bullets
        self._marker = ""  # of the item whose text is about to come

    def text(self, text: str) -> None:
        self._pieces.append(text)

    def tag(self, tag: Tag) -> None:
        if tag.name in _MARKS:
            self._mark(_MARKS[tag.name], is_closing=tag.is_closing)
        elif tag.name == "a":
            self._anchor(tag)
        elif tag.name == "br":
            self._pieces.append(LINE_BREAK)
        elif tag.name == "img":
            self._pieces.append(tag.attribute("alt"))
        elif tag.name in {"td", "th"}:
            self._pieces.append(" ")
        elif tag.name in _LISTS or (tag.name not in _WITHOUT_EFFECT and not self._marker):
            self.end_block()
            self._structure(tag)
        elif tag.name not in _WITHOUT_EFFECT:  # the paragraphs of an item become its lines
            self._pieces.append(LINE_BREAK)

    def end_block(self) -> None:
        """Finish a paragraph or item; marks that are open go on in the next one."""
        text = "".join([*self._pieces, *(_ENDS[mark[0]] for mark in reversed(self._open))])
        self._pieces = []
        visible = _LINK_START.sub("", text)
        if any(character.isprintable() and not character.isspace() for character in visible):
            self._add(text)
            self._addresses = [
                self._addresses[int(mark[1:-1])] for mark in self._open if mark[0] == LINK
            ]
        numbers = iter(range(len(self._addresses)))
        self._open = [
            f"{LINK}{next(numbers)}{LINK_TEXT}" if mark[0] == LINK else mark for mark in self._open
        ]
        self._pieces = list(self._open)

    def _add(self, text: str) -> None:
        depth = min(max(1, len(self._lists)), _DEEPEST_LIST) if self._marker else 0
        self.blocks.append(Block(text, tuple(self._addresses), depth, self._marker))
        self._marker = ""

    def _mark(self, mark: str, *, is_closing: bool) -> None:
        if not is_closing:
            self._open.append(mark)
            self._pieces.append(mark)
            return
        reopened: list[str] = []
        while self._open:  # <b><i>…</b></i> ends both and begins the <i> again
            innermost = self._open.pop()
            self._pieces.append(_ENDS[innermost[0]])
            if innermost[0] == mark:
                break
            reopened.append(innermost)
        self._open += reopened[::-1]
        self._pieces += reopened[::-1]

    def _anchor(self, tag: Tag) -> None:
        is_inside = any(mark[0] == LINK for mark in self._open)
        address = _completed(tag.attribute("href"))
        if tag.is_closing and is_inside:
            self._mark(LINK, is_closing=True)
        elif not tag.is_closing and not is_inside and is_address(address):
            mark = f"{LINK}{len(self._addresses)}{LINK_TEXT}"
            self._addresses.append(address)
            self._open.append(mark)
            self._pieces.append(mark)

    def _structure(self, tag: Tag) -> None:
        self._marker = ""
        if tag.name in {"ul", "ol"} and not tag.is_closing:
            start = tag.attribute("start")
            first = int(start) if start.isascii() and start.isdecimal() and len(start) < 9 else 1
            self._lists.append(first if tag.name == "ol" else None)
        elif tag.name in {"ul", "ol"}:
            self._lists = self._lists[:-1]
        elif tag.name == "li" and not tag.is_closing:
            number = self._lists[-1] if self._lists else None
            self._marker = "- " if number is None else f"{number}. "
            if number is not None:
                self._lists[-1] = number + 1


def _completed(address: str) -> str:
    """Return an address as its author meant it: "www.…" without a scheme, a blank not encoded."""
    address = re.sub(r"\s", "%20", address)
    if address.startswith("//"):
        return f"https:{address}"
    return f"https://{address}" if address.lower().startswith("www.") else address
