r"""Imported texts that are HTML, converted once to the Markdown of this package.

Every word, link, entity and formula is kept. What has no counterpart loses its formatting, not its
text; a subscript or superscript becomes a formula (``H<sub>2</sub>`` → ``H$_{2}$``). Characters
that mean something in Markdown get a backslash only where the text would otherwise change, so that
it stays pleasant to edit.
"""

from functools import partial

from submissions.domain.abstracts.characters import clean
from submissions.domain.abstracts.html_blocks import Block, read_blocks
from submissions.domain.abstracts.html_tags import is_html, without_silent_parts
from submissions.domain.abstracts.markdown import LONGEST_TEXT, NotParsed, parse, walk
from submissions.domain.abstracts.markdown_writing import Style, shown_links, shown_text, written

# Nobody has typed a longer abstract; it is returned as it came, and shown so.
LONGEST_IMPORT = 200_000

# The first style under which the parser reads back the same text wins; the last one always may.
_STYLES = (
    Style(escaped=False, emphasis=True),
    Style(escaped=True, emphasis=True),
    Style(escaped=False, emphasis=False),
    Style(escaped=True, emphasis=False),
)
_AS_TYPED = Style(escaped=False, emphasis=False)
_SAFEST = Style(escaped=True, emphasis=False, formulas_escaped=True)


def from_html(text: str) -> str:
    """Convert a text that is HTML; return any other text unchanged.

    HTML is what holds at least one real tag that formats text (``<p>``, ``<br>``, ``<b>…</b>``, a
    link, a list …); "if a<b then c>d" and ``$a <b> c$`` are not. Converting a converted text
    changes nothing.
    """
    cleaned = clean(text)
    if len(cleaned) > LONGEST_IMPORT or not is_html(cleaned):
        return text
    chunks = _chunks(read_blocks(without_silent_parts(cleaned)))
    is_shown_as_typed = len(cleaned) > LONGEST_TEXT
    write = partial(_lines, style=_AS_TYPED) if is_shown_as_typed else _best
    markdown = "\n\n".join(write(chunk) for chunk in chunks)
    if is_html(markdown):  # a text about tags; now every sign is escaped
        markdown = "\n\n".join(_lines(chunk, _SAFEST) for chunk in chunks)
    return markdown


def _chunks(blocks: list[Block]) -> list[list[Block]]:
    """Put the items of one list together; every paragraph stays alone."""
    chunks: list[list[Block]] = []
    for block in blocks:
        if block.depth and chunks and chunks[-1][-1].depth:
            chunks[-1].append(block)
        else:
            chunks.append([block])
    return chunks


def _best(chunk: list[Block]) -> str:
    for style in _STYLES[:-1]:
        candidate = _lines(chunk, style)
        if _reads_back(candidate, chunk) and not is_html(candidate):
            return candidate
    return _lines(chunk, _STYLES[-1])


def _lines(chunk: list[Block], style: Style) -> str:
    """Write one paragraph or one list; what belongs to an item is indented as far as its text."""
    lines = []
    widths: list[int] = []
    depth = 0
    for block in chunk:
        text = written(block, style)
        # Only a list that begins with 1 may follow a text without a blank line.
        if block.depth > depth > 0 and block.marker not in {"- ", "1. "}:
            lines.append("")
        depth = block.depth
        if depth:
            widths = [*widths, *[2] * block.depth][: block.depth - 1]
            indent = " " * sum(widths)
            widths.append(len(block.marker))
            text = indent + block.marker + text.replace("\n", "\n" + " " * sum(widths))
        lines.append(text)
    return "\n".join(lines)


def _reads_back(candidate: str, chunk: list[Block]) -> bool:
    """Whether the Markdown shows the same text, with all links and items."""
    shown: list[str] = []
    links = items = 0
    try:
        tokens = parse(candidate).tokens
    except NotParsed:
        return False
    for token in walk(tokens):
        links += token.type == "link_open"
        items += token.type == "list_item_open"
        if token.type in {"formula", "formula_block"}:
            shown.append(token.meta["source"])
        elif token.type == "code_inline":
            return False
        else:
            shown.append(token.content or (" " if token.block or token.tag == "br" else ""))
            shown.append(" " if token.type == "softbreak" else "")
    expected = " ".join(shown_text(block) for block in chunk)
    return (
        "".join(shown).split() == expected.split()
        and links >= sum(map(shown_links, chunk))
        and items == sum(bool(block.depth) for block in chunk)
    )
