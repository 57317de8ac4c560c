"""Texts without marks: for calendars, e-mail, search and counting words."""

import re

from markdown_it.token import Token

from submissions.domain.abstracts.characters import clean
from submissions.domain.abstracts.markdown import NotParsed, parse, walk
from submissions.domain.abstracts.readable import readable

_PARAGRAPH_END = re.compile(r"\n[ \t]*\n\s*")
_BLANKS = re.compile(r"[ \t]+")


def plain_text(source: str) -> str:
    r"""Return a text without marks, with blank lines between paragraphs and list items on lines.

    Formulas are readable characters where that is possible in one line (``$10^5$`` is 10^5,
    ``$\alpha$`` is α), otherwise their TeX without dollars. A link is its text and, once, its
    address.
    """
    source = clean(source)
    try:
        tokens = parse(source).tokens
    except NotParsed:
        return "\n\n".join(split_paragraphs(source))
    writer = _Writer()
    for token in walk(tokens):
        writer.write(token)
    return writer.text()


def count_words(source: str) -> int:
    """Count words as a reader would: a formula is one, marks and hidden addresses are none."""
    source = clean(source)
    try:
        return words_in_tokens(parse(source).tokens)
    except NotParsed:
        return words_in_text(source)


def split_paragraphs(text: str) -> list[str]:
    """Cut a text at its blank lines."""
    return [part for part in _PARAGRAPH_END.split(text.strip()) if part]


def words_in_text(text: str) -> int:
    """Count the pieces between blanks that hold at least one letter or digit."""
    return sum(any(map(str.isalnum, piece)) for piece in text.split())


def words_in_tokens(tokens: list[Token]) -> int:
    """Count the words of a text that is parsed already."""
    pieces = []
    for token in walk(tokens):
        if token.type in {"formula", "formula_block"}:
            pieces.append("x")
        elif token.type in {"text", "code_inline"}:
            pieces.append(token.content)
        if token.block or token.type in {"softbreak", "hardbreak"}:
            pieces.append(" ")
    return words_in_text("".join(pieces))


class _Writer:
    """Collects the paragraphs of one text."""

    def __init__(self) -> None:
        self._finished: list[str] = []
        self._line: list[str] = []
        self._lists: list[int | None] = []  # per open list: the next number, or none for bullets
        self._address = ""
        self._address_from = 0

    def write(self, token: Token) -> None:
        if token.type in {"text", "code_inline"}:
            self._line.append(token.content)
        elif token.type == "formula":
            self._line.append(readable(token.content))
        elif token.type == "formula_block":
            self._line.append(readable(token.content))
            self._finish()
        elif token.type == "softbreak":
            self._line.append(" ")
        elif token.type == "hardbreak":
            self._line.append("\n")
        elif token.tag == "a":
            self._link(token)
        elif token.block:
            self._block(token)

    def text(self) -> str:
        self._finish()
        return "".join(self._finished).strip()

    def _link(self, token: Token) -> None:
        if token.nesting == 1:
            self._address = str(token.attrs["href"])
            self._address_from = len(self._line)
            return
        shown = "".join(self._line[self._address_from :]).strip()
        address = self._address.removeprefix("mailto:")
        if not _is_same_address(shown, address):
            self._line.append(f" ({address})" if shown else address)

    def _block(self, token: Token) -> None:
        if token.type in {"ordered_list_open", "bullet_list_open"}:
            self._finish(end="\n")
            is_ordered = token.type == "ordered_list_open"
            self._lists.append(int(token.attrs.get("start", 1)) if is_ordered else None)
        elif token.type in {"ordered_list_close", "bullet_list_close"}:
            self._lists.pop()
            if not self._lists:
                self._finished.append("\n")
        elif token.type == "list_item_open":
            self._open_item(token)
        elif token.nesting == -1:
            self._finish(end="\n" if self._lists else "\n\n")

    def _open_item(self, token: Token) -> None:
        number = self._lists[-1]
        if number is not None:
            number = int(token.attrs.get("value", number))
            self._lists[-1] = number + 1
        indent = "  " * (len(self._lists) - 1)
        self._line.append(indent + ("- " if number is None else f"{number}{token.markup} "))

    def _finish(self, end: str = "\n\n") -> None:
        line = "".join(self._line)
        self._line = []
        indent = len(line) - len(line.lstrip(" "))
        text = _BLANKS.sub(" ", line).strip()
        if text:
            self._finished.append(" " * indent + text + end)


def _is_same_address(shown: str, address: str) -> bool:
    """Whether the text of a link already tells its address (a missing scheme does not matter)."""
    without_scheme = re.sub(r"^https?://", "", address).rstrip("/")
    return re.sub(r"^https?://", "", shown).rstrip("/") == without_scheme
