"""What the markup could not show, told to the author in a sentence."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from submissions.domain.abstracts import Problem, ProblemKind

SENTENCES: dict[ProblemKind, Promise] = {
    ProblemKind.TEXT_TOO_LONG: _("The text is too long to be typeset; it will be shown as typed."),
    ProblemKind.TEXT_NOT_UNDERSTOOD: _("The text could not be typeset; it will be shown as typed."),
    ProblemKind.TOO_MANY_FORMULAS: _(
        "Too many formulas: from “%(source)s” on they are shown as typed."
    ),
    ProblemKind.FORMULA_TOO_LONG: _(
        "This formula is too long and will be shown as typed: %(source)s"
    ),
    ProblemKind.FORMULA_TOO_DEEP: _(
        "This formula is nested too deeply and will be shown as typed: %(source)s"
    ),
    ProblemKind.FORMULA_UNBALANCED: _(
        "Braces do not match in this formula; it will be shown as typed: %(source)s"
    ),
    ProblemKind.FORMULA_NOT_CLOSED: _(
        "A formula seems not to be closed by a dollar sign: %(source)s"
    ),
    ProblemKind.FORMULA_NOT_TYPESET: _(
        "This formula could not be typeset and will be shown as typed: %(source)s"
    ),
    ProblemKind.UNKNOWN_MACRO: _(
        "The command %(source)s is not known here; its formula will be shown as typed."
    ),
    ProblemKind.MACRO_OUTSIDE_FORMULA: _(
        "%(source)s stands outside dollar signs and will be shown as typed."
    ),
}


def sentences(problems: Iterable[Problem]) -> list[str]:
    """One sentence for each different finding, in order."""
    told = (
        str(SENTENCES[problem.kind]) % {"source": Truncator(problem.source).chars(80)}
        for problem in problems
    )
    return list(dict.fromkeys(told))
