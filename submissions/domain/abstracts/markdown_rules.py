"""The rules by which our Markdown differs from the parser's own, as functions the parser calls.

Their signature is the parser's: a state to read from and write tokens to, and whether to write any
(``silent``).
"""

import re

from markdown_it.rules_block import StateBlock, list_block
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Delimiter
from markdown_it.token import Token

from submissions.domain.abstracts.addresses import bare_address_at, is_address
from submissions.domain.abstracts.formulas import Formula, formula_at, unclosed_at
from submissions.domain.abstracts.problems import Problem, ProblemKind
from submissions.domain.abstracts.tex_macros import is_known

MOST_FORMULAS = 200

_LIST_NESTING = 12
_MOST_EMPHASIS_MARKS = 200
_ESCAPABLE = frozenset("\\`*_]$<&#%+-.)")
_SCHEME_BEFORE = re.compile(r"(?:^|[^A-Za-z0-9.+-])(https?)$", re.IGNORECASE)
_TEX_QUOTATION = re.compile(r"(``(?=[^`]+'')|`(?=[^`]+?'(?![\w`'])))")
_MACRO = re.compile(r"\\[A-Za-z]{2,}")


def formula(state: StateInline, silent: bool) -> bool:
    character = state.src[state.pos]
    if character not in "$\\":
        return False
    formula = formula_at(state.src, state.pos, state.posMax)
    if formula is None or state.env["formulas"] >= MOST_FORMULAS:
        return _not_a_formula(state, formula, silent=silent)
    if not silent:
        state.env["formulas"] += 1
        _set_formula(state.push("formula", "math", 0), formula)
    state.pos = formula.end
    return True


def _not_a_formula(state: StateInline, formula: Formula | None, *, silent: bool) -> bool:
    """Note what looks like a formula and is none; a formula beyond the limit becomes text."""
    if formula is not None:
        if not silent:
            if state.env["formulas"] == MOST_FORMULAS:  # told once
                state.env["problems"].append(Problem(ProblemKind.TOO_MANY_FORMULAS, formula.source))
            state.env["formulas"] += 1
            state.append_pending(formula.source)
        state.pos = formula.end
        return True
    if silent:
        return False
    if word := unclosed_at(state.src, state.pos):
        state.env["problems"].append(Problem(ProblemKind.FORMULA_NOT_CLOSED, word))
    elif macro := _stray_macro(state):
        state.env["problems"].append(Problem(ProblemKind.MACRO_OUTSIDE_FORMULA, macro))
    return False


def _stray_macro(state: StateInline) -> str:
    r"""Return the macro typed here, if it is one of TeX's (``C:\data`` holds none)."""
    macro = _MACRO.match(state.src, state.pos)
    if macro is None or not is_known(macro[0]):
        return ""
    word = state.src[max(0, state.pos - 80) : state.pos].rpartition(" ")[2]
    return "" if "$" in word else macro[0]  # what began with a dollar has been reported as a whole


def formula_block(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """A formula that begins and ends on lines of its own is not cut up by list marks inside it."""
    start = state.bMarks[start_line] + state.tShift[start_line]
    if not state.src.startswith(("$$", r"\["), start) or state.env["formulas"] >= MOST_FORMULAS:
        return False
    formula = formula_at(state.src, start, state.eMarks[end_line - 1])
    if formula is None or not formula.is_display:
        return False
    last_line = start_line
    while state.eMarks[last_line] < formula.end:
        last_line += 1
    if state.src[formula.end : state.eMarks[last_line]].strip():
        return False
    if not silent:
        state.env["formulas"] += 1
        state.line = last_line + 1
        token = state.push("formula_block", "math", 0)
        token.block = True
        _set_formula(token, formula)
    return True


def _set_formula(token: Token, formula: Formula) -> None:
    token.content = formula.tex
    token.meta = {"source": formula.source, "is_display": formula.is_display}


def quotation(state: StateInline, silent: bool) -> bool:
    """TeX's ``quotation marks'' and `single ones' do not begin code."""
    match = _TEX_QUOTATION.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if not silent:
        state.append_pending(match[1])
    state.pos += len(match[1])
    return True


def escape(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "\\" or state.pos + 1 >= state.posMax:
        return False
    character = state.src[state.pos + 1]
    if character == "\n":
        if not silent:
            state.push("hardbreak", "br", 0)
    elif character not in _ESCAPABLE:
        return False
    elif not silent:
        token = state.push("text_special", "", 0)
        token.content = character
        token.info = "escape"
    state.pos += 2
    return True


def emphasis(state: StateInline, silent: bool) -> bool:
    """As the parser's own rule, but a star inside a word is a star, as an underscore is already."""
    marker = state.src[state.pos]
    if silent or marker not in "*_":
        return False
    scanned = state.scanDelims(state.pos, canSplitWord=False)
    is_usable = len(state.delimiters) < _MOST_EMPHASIS_MARKS and scanned.length <= 3
    for _ in range(scanned.length if is_usable else 0):
        state.push("text", "", 0).content = marker
        state.delimiters.append(
            Delimiter(
                marker=ord(marker),
                length=scanned.length,
                token=len(state.tokens) - 1,
                end=-1,
                open=scanned.can_open,
                close=scanned.can_close,
            )
        )
    if not is_usable:
        state.append_pending(marker * scanned.length)
    state.pos += scanned.length
    return True


def bare_address(state: StateInline, silent: bool) -> bool:
    if state.linkLevel or not state.src.startswith("://", state.pos):
        return False
    scheme = _SCHEME_BEFORE.search(state.src[max(0, state.pos - 6) : state.pos])
    if scheme is None or not state.pending.endswith(scheme[1]):
        return False
    shown = bare_address_at(state.src[: state.posMax], state.pos - len(scheme[1]))
    address = state.md.normalizeLink(shown)
    if not shown or not is_address(address):
        return False
    if not silent:
        state.pending = state.pending[: -len(scheme[1])]
        state.push("link_open", "a", 1).attrs = {"href": address}
        state.push("text", "", 0).content = shown
        state.push("link_close", "a", -1)
    state.pos += len(shown) - len(scheme[1])
    return True


def list_within_limit(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    return state.level < _LIST_NESTING and list_block(state, start_line, end_line, silent)


def number_items(state: StateCore) -> None:
    """Keep the numbers as typed: "3. … 5. …" must not become 3 and 4; "1. … 1. …" counts on."""
    counting: list[tuple[int, int]] = []
    for token in state.tokens:
        if token.type == "ordered_list_open":
            start = int(token.attrs.get("start", 1))
            counting.append((start, start))
        elif token.type == "ordered_list_close":
            counting.pop()
        elif token.type == "list_item_open" and token.info:
            expected, previous = counting[-1]
            typed = int(token.info)
            if typed not in {expected, previous}:
                token.attrs["value"] = expected = typed
            counting[-1] = (expected + 1, typed)
