"""Nothing an author types may become more than text, a link or a formula on a page."""

import pytest

from submissions.domain.abstracts import from_html, plain_text, render, render_inline
from tests.submissions.domain.abstracts.allowed_html import inline_offences, offences, shown

HOSTILE = [
    "<script>alert(1)</script>",
    "<ScRiPt src=//evil.example></sCrIpT >",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<math><mi xlink:href='javascript:alert(1)'>x</mi></math>",
    "<math><annotation-xml encoding='text/html'><img src=x onerror=alert(1)></annotation-xml>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href='jav&#x09;ascript:alert(1)'>x</a>",
    "<a href='http://a.example' onclick='alert(1)' style='position:fixed'>x</a>",
    "<p onmouseover=alert(1) style='background:url(//evil.example)'>x</p>",
    "<b onclick='alert(1)'>x</b>",
    "<style>@import '//evil.example';</style><p>x</p>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "<base href='//evil.example/'><p>x</p>",
    "<!--><img src=x onerror=alert(1)>--><p>x</p>",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?php echo 1 ?><p>x</p>",
    "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt&colon;alert(1))",
    "[x](java\nscript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:msgbox(1))",
    "[x](file:///etc/passwd)",
    "[x](//evil.example)",
    "[x](/logout)",
    "[x](http://user:word@evil.example/)",
    '[x](http://a.example/"onmouseover="alert(1))',
    "[x](http://a.example 'onmouseover=alert(1)')",
    '[x](<http://a.example/" onclick=alert(1) x=">)',
    "![x](http://tracker.example/pixel.gif)",
    "![x](javascript:alert(1))",
    "[x]: javascript:alert(1)\n\n[x]",
    "<javascript:alert(1)>",
    "<http://a.example/<script>alert(1)</script>>",
    'https://a.example/"onmouseover=alert(1)',
    "https://a.example/'><img src=x onerror=alert(1)>",
    "`<img src=x onerror=alert(1)>`",
    "```html\n<script>alert(1)</script>\n```",
    "    <script>alert(1)</script>",
    r"$\text{<img src=x onerror=alert(1)>}$",
    r"$\mbox{</mtext></math><script>alert(1)</script>}$",
    r"$<img src=x onerror=alert(1)>$",
    r"$\href{javascript:alert(1)}{x}$",
    r"$\url{javascript:alert(1)}$",
    r"$\style{position:fixed}{x}$",
    r"$\class{btn btn-danger}{x}$",
    r"$\cssId{x}{y}$",
    r"$\color{red;background:url(//evil.example)}x$",
    r"$\textcolor{red}{x}$",
    r"$\colorbox{red}{<b>x</b>}$",
    r"$\fcolorbox{red}{x}{<b>x</b>}$",
    r"$\unicode{x3cscript}$",
    r"$\unicode{x3c}script\unicode{x3e}$",
    r"$\require{html}\href{javascript:alert(1)}{x}$",
    r"$\def\x{\x\x}\x$",
    r"$\newcommand{\a}{\a}\a$",
    r"$\DeclareMathOperator{\x}{<img>}\x$",
    r"$\newenvironment{x}{<b>}{</b>}\begin{x}\end{x}$",
    r"$\input{/etc/passwd}$",
    r"$\immediate\write18{id}$",
    r"$\csname input\endcsname$",
    r"$\catcode`\<=13$",
    r"$^^5cinput{x}$",
    r"$\verb|<script>alert(1)</script>|$",
    r"$\verb<<img src=x onerror=alert(1)><$",
    r"$\operatorname{<img src=x onerror=alert(1)>}$",
    r"$\tag{<img src=x onerror=alert(1)>}$",
    r"$\hskip{expression(alert(1))}x$",
    r"$\rule{1em;position:fixed}{1em}$",
    r"$\begin{array}{<script>}a\end{array}$",
    r"$\begin{<script>}a\end{<script>}$",
    r"$\left<script\right>$",
    "$\ue000\ue001$",
    "$&lt;script&gt;$",
    r'$x" onmouseover="alert(1)$',
    r"$$\text{$<b>$}$$",
    r"\(\text{<b>x</b>}\)",
    r"\[\href{javascript:alert(1)}{x}\]",
    "\x00<scr\x00ipt>alert(1)</script>",
    "\ud800<script>alert(1)</script>",
    "\u202e<script>\u202calert(1)",
]


@pytest.mark.parametrize("source", HOSTILE)
def test_a_hostile_text_renders_to_allowed_html_only(source: str) -> None:
    assert offences(render(source).html) == []


@pytest.mark.parametrize("source", HOSTILE)
def test_a_hostile_title_renders_to_allowed_html_only(source: str) -> None:
    assert inline_offences(render_inline(source).html) == []


@pytest.mark.parametrize("source", HOSTILE)
def test_a_hostile_import_renders_to_allowed_html_only(source: str) -> None:
    assert offences(render(from_html(source)).html) == []


def test_tags_typed_by_an_author_are_shown_as_text() -> None:
    rendered = render("<script>alert(1)</script> and <p>this</p>")

    assert rendered.html == (
        "<p>&lt;script&gt;alert(1)&lt;/script&gt; and &lt;p&gt;this&lt;/p&gt;</p>"
    )


def test_tags_in_the_text_of_a_formula_are_shown_as_text() -> None:
    rendered = render(r"$\text{<img src=x onerror=alert(1)>}$")

    assert rendered.html == (
        r'<p><math alttext="\text{<img src=x onerror=alert(1)>}">'
        "<mtext>&lt;img src=x onerror=alert(1)&gt;</mtext></math></p>"
    ).replace("{<img", "{&lt;img").replace(")>}", ")&gt;}")


@pytest.mark.parametrize(
    "macro",
    [r"\href", r"\style", r"\class", r"\def", r"\newcommand", r"\unicode", r"\input", r"\color"],
)
def test_a_macro_that_could_do_more_than_typeset_shows_its_source(macro: str) -> None:
    source = macro + "{javascript:alert(1)}{x}"
    rendered = render(f"${source}$")

    assert rendered.html == f'<p><code class="tex">{source}</code></p>'
    assert [(problem.kind.value, problem.source) for problem in rendered.problems] == [
        ("unknown-macro", macro)
    ]


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "//evil.example",
        "/logout",
        "http://u:p@e.example",
    ],
)
def test_a_link_elsewhere_than_to_the_web_or_a_mailbox_stays_as_typed(address: str) -> None:
    source = f"[here]({address})"

    assert render(source).html == f"<p>{source}</p>"


def test_characters_that_disturb_other_formats_are_removed() -> None:
    source = "a\x00b\x08c\x0ed\x1fe\x7ff\ufeffg\u202eh\u2066i\uffff"

    assert render(source).html == "<p>abcdefghi</p>"
    assert plain_text(source) == "abcdefghi"


def test_half_a_surrogate_pair_becomes_the_replacement_character() -> None:
    assert render("a\ud83db").html == "<p>a\ufffdb</p>"


def test_look_alike_letters_are_kept() -> None:
    omicron = "phοtometry"  # its third letter is Greek

    assert shown(render(omicron).html) == omicron
    assert plain_text(omicron) == omicron
