"""Texts for calendars, e-mail and search."""

import pytest

from submissions.domain.abstracts import count_words, plain_text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("", ""),
        ("One.\n\nTwo\nlines.\n\n\n\nThree.", "One.\n\nTwo lines.\n\nThree."),
        ("*a* **b** `c` &alpha;", "a b c α"),
        ("a\\\nb", "a\nb"),
        ("- one\n- two\n\nafter", "- one\n- two\n\nafter"),
        ("1. one\n2. two\n   - three", "1. one\n2. two\n  - three"),
        ("3) c\n5) e", "3) c\n5) e"),
        ("- one\n\n- two", "- one\n- two"),
        ("[data](https://a.example/x)", "data (https://a.example/x)"),
        ("[https://a.example](https://a.example)", "https://a.example"),
        ("[a.example](https://a.example/)", "a.example"),
        ("https://a.example.", "https://a.example."),
        ("<me@a.example> [me](mailto:me@a.example)", "me@a.example me (me@a.example)"),
        ("[x](javascript:alert)", "[x](javascript:alert)"),
        ("<p>a</p> H&K", "<p>a</p> H&K"),
        (r"$\alpha$", "α"),
        ("$10^5$", "10^5"),
        ("10$^{-3}$", "10^-3"),
        (r"$\sim$5", "~5"),
        (r"$\sim 5$", "~5"),
        (r"$z \gtrsim 6$", "z ≳ 6"),
        (r"$M_{\rm BH} \sim 10^{8}\,M_\odot$", "M_BH ~ 10^8 M_⊙"),
        (r"$\Msun$ at 5 $\kms$", "M_⊙ at 5 km s^-1"),
        (r"$\mathrm{km\,s^{-1}}$", "km s^-1"),
        (r"$6563\,\AA$", "6563 Å"),
        (r"\(3\farcs5\)", "3″.5"),
        (r"$\ion{Ca}{2}$ and $\ion{H}{ii}$", "Ca II and H II"),
        (r"$x^{n+1}y$", "x^(n+1) y"),
        (r"$\log_{10} x$", "log_10 x"),
        (r"$p(\theta \mid x)$", "p(θ ∣ x)"),
        (r"$\frac{1}{2}$", r"\frac{1}{2}"),
        ("$$\n\\frac{a}\n{b}\n$$", r"\frac{a} {b}"),
        (r"$\foo$", r"\foo"),
        ("$5 and $6", "$5 and $6"),
    ],
)
def test_plain_text_is_what_a_reader_needs(source: str, text: str) -> None:
    assert plain_text(source) == text


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("", 0),
        ("one two\nthree\n\nfour", 4),
        ("**one** *two* `three`", 3),
        ("- one\n- two", 2),
        ("signals -- those → → without", 3),
        ("$c > b > a$", 1),
        ("more than $10^5$ lenses", 4),
        ("10$^{-3}$ dex", 2),
        ("$$E = m$$", 1),
        ("one$$x$$\ntwo", 2),
        ("[two words](https://a.example/not/counted)", 2),
        ("https://a.example/one", 1),
        ("time-series and H&K", 3),
        ("日本語", 1),
    ],
)
def test_words_are_counted_as_a_reader_would(source: str, words: int) -> None:
    assert count_words(source) == words
