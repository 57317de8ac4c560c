"""What can be wrong with a text, as kinds: the sentences shown to authors are worded elsewhere."""

from dataclasses import dataclass
from enum import StrEnum


class ProblemKind(StrEnum):
    r"""Why part of a text is not shown as its author may have meant it.

    ``Problem.source`` holds, for each kind:

    * ``TEXT_TOO_LONG``: nothing. The whole text is shown without any formatting.
    * ``TEXT_NOT_UNDERSTOOD``: nothing. As above; the parser itself failed or was nested too deeply.
    * ``TOO_MANY_FORMULAS``: the first formula beyond the limit. It and later ones are shown as
      typed.
    * ``FORMULA_TOO_LONG``, ``FORMULA_TOO_DEEP``: the formula, shown as its TeX source.
    * ``FORMULA_UNBALANCED``: the formula; a brace, a ``\right``, an argument or the content of a
      ``^`` is missing, or there are two exponents in a row.
    * ``FORMULA_NOT_CLOSED``: a word that begins like a formula but whose delimiter has no partner.
    * ``FORMULA_NOT_TYPESET``: the formula; nothing more is known about what is wrong with it.
    * ``UNKNOWN_MACRO``: the macro (``\foo``); the formula around it is shown as its TeX source.
    * ``MACRO_OUTSIDE_FORMULA``: the macro (``\alpha``), shown as typed because no ``$`` surrounds
      it.
    """

    TEXT_TOO_LONG = "text-too-long"
    TEXT_NOT_UNDERSTOOD = "text-not-understood"
    TOO_MANY_FORMULAS = "too-many-formulas"
    FORMULA_TOO_LONG = "formula-too-long"
    FORMULA_TOO_DEEP = "formula-too-deep"
    FORMULA_UNBALANCED = "formula-unbalanced"
    FORMULA_NOT_CLOSED = "formula-not-closed"
    FORMULA_NOT_TYPESET = "formula-not-typeset"
    UNKNOWN_MACRO = "unknown-macro"
    MACRO_OUTSIDE_FORMULA = "macro-outside-formula"


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding: its kind, and the piece of the source it is about (see ``ProblemKind``)."""

    kind: ProblemKind
    source: str = ""
