r"""Abstracts and titles as authors type them: Markdown with TeX formulas, as safe HTML and MathML.

>>> render("A lens with $10^5$ stars").html
'<p>A lens with <math alttext="10^5"><msup><mn>10</mn><mn>5</mn></msup></math> stars</p>'

``render(source)``
    An abstract or any longer text: a fragment of block-level HTML, safe to put into a page as it
    is.
``render_inline(source)``
    A title: formulas and emphasis only, one line, no paragraph around it.
``plain_text(source)``
    The same text for calendars, e-mail and search: paragraphs separated by blank lines.
``count_words(source)``
    Words as a reader counts them: a formula is one, marks and the addresses of links are none.
``from_html(text)``
    For imports: HTML converted once to this Markdown; any other text unchanged.

None of them raises anything for any ``str``, and all take time in proportion to the length of the
text: beyond 20,000 characters a text is shown without formatting, beyond 200 formulas the rest is
shown as typed, and a formula of more than 1,000 characters is shown as its source. Whatever cannot
be shown as meant is named in ``problems`` (``ProblemKind`` says what each one means), never
dropped. The source is what is stored; HTML is made on output.

Which marks mean something is told in ``markdown``, what is a formula in ``formulas``, and which
TeX is known in ``tex_macros``.
"""

from submissions.domain.abstracts.html_import import from_html
from submissions.domain.abstracts.plaintext import count_words, plain_text
from submissions.domain.abstracts.problems import Problem, ProblemKind
from submissions.domain.abstracts.rendering import RenderedAbstract, render, render_inline

__all__ = [
    "Problem",
    "ProblemKind",
    "RenderedAbstract",
    "count_words",
    "from_html",
    "plain_text",
    "render",
    "render_inline",
]
