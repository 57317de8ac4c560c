r"""The Markdown of abstracts: which marks mean something, as a parser that returns tokens.

The subset is chosen so that text pasted from anywhere loses nothing a reader could see:

* Paragraphs (blank lines), ``*emphasis*``, ``**strong**`` (or with ``_``), lists (``-``, ``*``,
  ``+``, ``1.``, ``1)``), ``[text](address)``, ``<address>``, bare ``https://…``, ``\`code\```, a
  backslash before a line end as a line break, entities (``&alpha;``), formulas.
* Stars and underscores count only around whole words: ``Sgr A*``, ``M_*``, ``a*b*c`` and
  ``snake_case`` stay.
* Headings, block quotes, rules, tables, images, code blocks, reference definitions and HTML do not
  exist: their characters are shown as typed, so a line may begin with ``#``, ``>`` (as in "> 5
  sigma") or four blanks, and ``<p>``, ``a<b``, ``~10^9`` and ``---`` are ordinary text. An image
  becomes a link to it after its ``!``.
* A numbered list shows the numbers as typed.
* TeX's quotation marks (two grave accents … two apostrophes, or one of each) do not begin code.
* A backslash is an escape only before one of ``\ ` * _ ] $ < & # % + - . )`` (``5\%`` shows 5%, as
  in TeX); before anything else (``\alpha``, ``C:\data``, ``Schr\"odinger``) it is shown.
* An address is http, https or mailto; anything else leaves ``[text](…)`` as typed.
"""

from collections.abc import Iterator
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from submissions.domain.abstracts import markdown_rules
from submissions.domain.abstracts.addresses import is_address
from submissions.domain.abstracts.problems import Problem, ProblemKind

# Forty abstracts' worth: room for a meeting's introduction. Beyond it, time is better spent than
# on marks.
LONGEST_TEXT = 20_000
# The parser drops what is nested deeper than this without a word, so lists stop well before it.
_PARSER_NESTING = 20
# What a text nobody has thought of might raise inside the parser. It is not meant to raise
# anything.
_PARSER_FAILURES = (
    ArithmeticError,
    AttributeError,
    LookupError,
    RuntimeError,
    TypeError,
    ValueError,
)


class NotParsed(Exception):
    """The text must be shown without any formatting; ``kind`` says why."""

    def __init__(self, kind: ProblemKind) -> None:
        super().__init__(kind)
        self.kind = kind


class Parsed:
    """The tokens of one text, and the problems met while reading it."""

    __slots__ = ("problems", "tokens")

    def __init__(self, tokens: list[Token], problems: list[Problem]) -> None:
        self.tokens = tokens
        self.problems = problems


def parse(source: str, *, inline: bool = False) -> Parsed:
    """Read a cleaned text; ``inline`` knows no paragraphs, lists and links. Raise ``NotParsed``."""
    if len(source) > LONGEST_TEXT:
        raise NotParsed(ProblemKind.TEXT_TOO_LONG)
    found: list[Problem] = []
    environment = {"problems": found, "formulas": 0}
    parser = _inline_parser() if inline else _block_parser()
    read = parser.parseInline if inline else parser.parse
    try:
        return Parsed(read(source, environment), found)
    except _PARSER_FAILURES as failure:
        raise NotParsed(ProblemKind.TEXT_NOT_UNDERSTOOD) from failure


def walk(tokens: list[Token]) -> Iterator[Token]:
    """Yield block tokens in order, with the inline tokens in the place of what contains them."""
    for token in tokens:
        if token.type == "inline":
            yield from token.children or ()
        else:
            yield token


class _Parser(MarkdownIt):
    def validateLink(self, url: str) -> bool:  # noqa: N802 -- the parser's name for it
        return is_address(url)


@cache
def _block_parser() -> MarkdownIt:
    parser = _new_parser()
    parser.enable(["list", "link", "autolink"])
    parser.block.ruler.at("list", markdown_rules.list_within_limit, {"alt": ["paragraph"]})
    parser.block.ruler.before(
        "list", "formula_block", markdown_rules.formula_block, {"alt": ["paragraph", "list"]}
    )
    parser.inline.ruler.push("bare_address", markdown_rules.bare_address)
    parser.core.ruler.push("numbering", markdown_rules.number_items)
    return parser


@cache
def _inline_parser() -> MarkdownIt:
    return _new_parser()


def _new_parser() -> MarkdownIt:
    parser = _Parser("zero", {"maxNesting": _PARSER_NESTING, "html": False})
    parser.enable(["newline", "escape", "backticks", "emphasis", "entity"])
    parser.inline.ruler.at("escape", markdown_rules.escape)
    parser.inline.ruler.at("emphasis", markdown_rules.emphasis)
    parser.inline.ruler.before("backticks", "quotation", markdown_rules.quotation)
    parser.inline.ruler.before("escape", "formula", markdown_rules.formula)
    return parser
