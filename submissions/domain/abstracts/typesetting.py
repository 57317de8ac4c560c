"""One formula from TeX to safe MathML, or to its source and the reason why not."""

import html
from dataclasses import dataclass
from functools import lru_cache

from latex2mathml import exceptions as latex_errors
from latex2mathml.converter import Converter

from submissions.domain.abstracts.mathml import NotAllowed, markup
from submissions.domain.abstracts.problems import Problem, ProblemKind
from submissions.domain.abstracts.tex import TexNotAccepted, prepare

LONGEST_FORMULA = 1_000

_UNBALANCED = (
    latex_errors.DoubleSubscriptsError,
    latex_errors.DoubleSuperscriptsError,
    latex_errors.ExtraLeftOrMissingRightError,
    latex_errors.MissingEndError,
    latex_errors.MissingSuperScriptOrSubscriptError,
    latex_errors.NoAvailableTokensError,
)
# Its own exceptions share no base class, and malformed input also runs into these built-in ones.
_FAILURES = (
    latex_errors.DenominatorNotFoundError,
    latex_errors.InvalidAlignmentError,
    latex_errors.InvalidStyleForGenfracError,
    latex_errors.InvalidWidthError,
    latex_errors.LimitsMustFollowMathOperatorError,
    latex_errors.NumeratorNotFoundError,
    AttributeError,
    LookupError,
    RuntimeError,  # RecursionError is one, and so is a generator that ends too early
    StopIteration,
    TypeError,
    ValueError,
    NotAllowed,
)


@dataclass(frozen=True, slots=True)
class Typeset:
    """HTML for one formula, and the problem if it could only be shown as its source."""

    html: str
    problem: Problem | None = None


@lru_cache(maxsize=4096)
def typeset(tex: str, *, is_display: bool) -> Typeset:
    """Return ``<math>``, or ``<code class="tex">`` with the source of what cannot be typeset."""
    tex = tex.strip()
    try:
        return Typeset(_math(tex, is_display=is_display))
    except TexNotAccepted as refusal:
        problem = refusal.problem
    except _UNBALANCED:
        problem = Problem(ProblemKind.FORMULA_UNBALANCED, tex)
    except _FAILURES:
        problem = Problem(ProblemKind.FORMULA_NOT_TYPESET, tex)
    return Typeset(f'<code class="tex">{html.escape(tex)}</code>', problem)


def _math(tex: str, *, is_display: bool) -> str:
    if len(tex) > LONGEST_FORMULA:
        raise TexNotAccepted(ProblemKind.FORMULA_TOO_LONG, tex)
    prepared = prepare(tex)
    tree = Converter(display="block" if is_display else "inline").convert_to_element(prepared.tex)
    return markup(tree, prepared.atoms, tex=tex, is_display=is_display)
