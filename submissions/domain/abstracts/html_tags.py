"""Which angle brackets in an imported text are HTML: tags somebody meant, not a < b > c.

Read by a strict pattern and not by an HTML parser: parsers repair what they are given, which turns
"if a<b then c>d" into a tag called b with two attributes and loses the words.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from submissions.domain.abstracts.characters import clean
from submissions.domain.abstracts.formulas import formulas_in


def _names(names: str) -> frozenset[str]:
    return frozenset(names.split())


# Finding one of these as a real tag makes a text HTML.
_DECISIVE = _names("p a br i b em strong sub sup ul ol li")
# These mean nothing on their own: an <i> without its </i> is an i between two signs.
_PAIRED = _names(
    """
    a i b em strong sub sup ul ol span font u small big mark s strike del ins
    code tt kbd samp var cite q abbr label dfn time
    """
)
_UNPAIRED = _names(
    """
    p br li div h1 h2 h3 h4 h5 h6 hr table caption thead tbody tfoot tr td th blockquote pre section
    article header footer main aside nav center figure figcaption dl dt dd img wbr html body
    """
)
_KNOWN = _PAIRED | _UNPAIRED

_ATTRIBUTE = r"""\s++[A-Za-z_][-\w:.]*+\s*+=\s*+(?:"[^"<]*+"|'[^'<]*+'|[^\s"'=<>`]++)"""
_TAG = re.compile(rf"<(/?)([A-Za-z][A-Za-z0-9]*+)((?:{_ATTRIBUTE})*+)\s*+(/?)>")
_ONE_ATTRIBUTE = re.compile(
    r"""([A-Za-z_][-\w:.]*+)\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'>]++))"""
)
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
# Not words of the author: comments, and what word processors put into a paste.
# Word's own tags, such as <o:p>: they say nothing about the text between them.
_OF_WORD = re.compile(r"</?[ovwm]:[A-Za-z]+(?:\s[^<>]*)?/?>")
_SILENT = re.compile(
    r"<!--|<(script|style|head|title|xml)\b[^<>]*>|<[?!][A-Za-z\[][^<>]*>", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Tag:
    """One real tag at ``text[start:end]``."""

    start: int
    end: int
    name: str
    is_closing: bool
    attributes: str = ""

    def attribute(self, name: str) -> str:
        """Return the decoded value of an attribute, or nothing."""
        for match in _ONE_ATTRIBUTE.finditer(self.attributes):
            if match[1].lower() == name:
                return decode(match[2] or match[3] or match[4] or "").strip()
        return ""


def is_html(text: str) -> bool:
    """Whether a text holds at least one real tag that formats text."""
    return any(tag.name in _DECISIVE for tag in tags_in(text))


def tags_in(text: str) -> list[Tag]:
    """Return the real tags in order.

    They are well formed, have a known name, have a partner where they need one, and stand neither
    in a formula nor behind a backslash.
    """
    tags = list(_candidates(text))
    paired: set[int] = set()
    waiting: dict[str, list[int]] = {}
    for index, tag in enumerate(tags):
        if tag.name not in _PAIRED:
            paired.add(index)
        elif not tag.is_closing:
            waiting.setdefault(tag.name, []).append(index)
        elif waiting.get(tag.name):
            paired |= {index, waiting[tag.name].pop()}
    return [tag for index, tag in enumerate(tags) if index in paired]


def without_silent_parts(text: str) -> str:
    """Drop comments, scripts, style sheets and declarations; one that is never closed is text."""
    kept: list[str] = []
    position = 0
    unclosed: set[str] = set()
    for match in _SILENT.finditer(text):
        if match.start() < position:
            continue
        end = match.end()
        name = (match[1] or "").lower()
        closer = "-->" if match[0] == "<!--" else f"</{name}>" if name else ""
        if closer:
            ends = re.compile(closer, re.IGNORECASE)
            closing = None if closer in unclosed else ends.search(text, end)
            if closing is None:
                unclosed.add(closer)
                continue
            end = closing.end()
        kept.append(text[position : match.start()])
        position = end
    return _OF_WORD.sub("", "".join([*kept, text[position:]]))


def decode(text: str) -> str:
    """Replace entities that end in a semicolon ("H&K" and "&copy" are text); clean the result."""
    return clean(_ENTITY.sub(lambda match: html.unescape(match[0]), text))


def _candidates(text: str) -> Iterator[Tag]:
    formulas = [span for span in formulas_in(text) if not _holds_html(span.source)]
    waiting = iter([*formulas, None])
    formula = next(waiting)
    for match in _TAG.finditer(text):
        while formula is not None and formula.end <= match.start():
            formula = next(waiting)
        is_in_formula = formula is not None and formula.start <= match.start()
        is_escaped = text[match.start() - 1 : match.start()] == "\\"
        if match[2].lower() in _KNOWN and not is_in_formula and not is_escaped:
            yield Tag(match.start(), match.end(), match[2].lower(), bool(match[1]), match[3])


def _holds_html(formula: str) -> bool:
    """Two dollars with tags between them are usually money: ``<p>$5.</p><p>€6 or 7$</p>``."""
    return "</" in formula or "<br" in formula.lower() or '="' in formula
