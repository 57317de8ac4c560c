"""Tokens to HTML that may be put into any page as it is."""

import html
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import nh3
from markdown_it.token import Token

from submissions.domain.abstracts import mathml
from submissions.domain.abstracts.characters import clean
from submissions.domain.abstracts.markdown import NotParsed, Parsed, parse, walk
from submissions.domain.abstracts.plaintext import split_paragraphs, words_in_text, words_in_tokens
from submissions.domain.abstracts.problems import Problem
from submissions.domain.abstracts.typesetting import typeset

ALLOWED_ELEMENTS = (
    frozenset({"p", "br", "em", "strong", "code", "a", "ul", "ol", "li"}) | mathml.ALLOWED_ELEMENTS
)
ALLOWED_ATTRIBUTES: Mapping[str, frozenset[str]] = {
    "a": frozenset({"href", "title"}),
    "ol": frozenset({"start"}),
    "li": frozenset({"value"}),
    **mathml.ALLOWED_ATTRIBUTES,
}

# Everything below is escaped as it is written and should pass unchanged: this is the second lock
# on the door.
_SANITISER = nh3.Cleaner(
    tags=set(ALLOWED_ELEMENTS),
    clean_content_tags=set(),
    attributes={tag: set(names) for tag, names in ALLOWED_ATTRIBUTES.items()},
    allowed_classes={"code": {"tex"}},
    url_schemes={"http", "https", "mailto"},
    url_relative="deny",
    link_rel="noopener nofollow ugc",
)


@dataclass(frozen=True, slots=True)
class RenderedAbstract:
    """A text ready to be shown, what was wrong with it, and how many words it has."""

    html: str
    problems: tuple[Problem, ...]
    words: int


def render(source: str) -> RenderedAbstract:
    """Render an abstract as paragraphs and lists."""
    source = clean(source)
    try:
        return _rendered(parse(source))
    except NotParsed as failure:
        paragraphs = "\n".join(f"<p>{text}</p>" for text in split_paragraphs(html.escape(source)))
        return RenderedAbstract(paragraphs, (Problem(failure.kind),), words_in_text(source))


def render_inline(source: str) -> RenderedAbstract:
    """Render a title: formulas and emphasis in one line, without paragraphs, lists and links."""
    source = " ".join(clean(source).split())
    try:
        return _rendered(parse(source, inline=True), one_line=True)
    except NotParsed as failure:
        return RenderedAbstract(
            html.escape(source), (Problem(failure.kind),), words_in_text(source)
        )


def _rendered(parsed: Parsed, *, one_line: bool = False) -> RenderedAbstract:
    problems = list(parsed.problems)
    pieces = [_token(token, problems, one_line=one_line) for token in walk(parsed.tokens)]
    return RenderedAbstract(
        html=_SANITISER.clean("".join(pieces)).strip(),
        problems=tuple(dict.fromkeys(problems)),
        words=words_in_tokens(parsed.tokens),
    )


def _token(token: Token, problems: list[Problem], *, one_line: bool) -> str:
    if token.type in _LEAVES:
        return _LEAVES[token.type](token)
    if token.type in {"formula", "formula_block"}:
        return _formula(token, problems, one_line=one_line)
    if token.hidden:  # the paragraphs of a list without blank lines
        return ""
    if token.nesting == -1:
        return f"</{token.tag}>" + ("\n" if token.block else "")
    attributes = "".join(
        f' {name}="{html.escape(str(value))}"' for name, value in token.attrs.items()
    )
    return f"<{token.tag}{attributes}>"


def _formula(token: Token, problems: list[Problem], *, one_line: bool) -> str:
    is_display = bool(token.meta["is_display"]) and not one_line
    result = typeset(token.content, is_display=is_display)
    if result.problem is not None:
        problems.append(result.problem)
    return f"<p>{result.html}</p>\n" if token.type == "formula_block" else result.html


_LEAVES: Mapping[str, Callable[[Token], str]] = {
    "text": lambda token: html.escape(token.content, quote=False),
    "code_inline": lambda token: f"<code>{html.escape(token.content, quote=False)}</code>",
    "softbreak": lambda _: "\n",
    "hardbreak": lambda _: "<br>\n",
}
