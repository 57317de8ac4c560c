import pytest

from submissions.domain.areas.splitting import Run, split


def shown(text: str, runs: tuple[Run, ...] | None = None) -> list[object]:
    """Runs as lists of (link, words, asides)."""
    return [
        [
            (
                part.link.value,
                " ".join(token.text for token in part.tokens),
                shown(text, part.asides),
            )
            for part in run.parts
        ]
        for run in (split(text) if runs is None else runs)
    ]


def test_commas_semicolons_and_full_stops_separate() -> None:
    assert shown("CNN, GAN; VAE. SVM,") == [
        [("none", "CNN", [])],
        [("none", "GAN", [])],
        [("none", "VAE", [])],
        [("none", "SVM", [])],
    ]


def test_list_words_slashes_colons_and_dashes_join_a_run() -> None:
    assert shown("stars: hot and cool / dwarf – giant & blue + red") == [
        [
            ("none", "stars", []),
            ("colon", "hot", []),
            ("and", "cool", []),
            ("slash", "dwarf", []),
            ("dash", "giant", []),
            ("and", "blue", []),
            ("and", "red", []),
        ]
    ]


def test_a_comma_before_and_is_a_comma() -> None:
    assert shown("CNN, and GAN") == [[("none", "CNN", [])], [("none", "GAN", [])]]


def test_brackets_stay_beside_what_they_belong_to() -> None:
    assert shown("Extragalactic (optical and radio), bursts") == [
        [
            (
                "none",
                "Extragalactic",
                [[("none", "optical", []), ("and", "radio", [])]],
            )
        ],
        [("none", "bursts", [])],
    ]


def test_brackets_in_the_middle_leave_one_phrase() -> None:
    assert shown("Deep (Bayesian, sparse) networks") == [
        [("none", "Deep networks", [[("none", "Bayesian", [])], [("none", "sparse", [])]])]
    ]


def test_a_bracketed_prefix_means_both_words() -> None:
    assert shown("(un)supervised learning") == [
        [("none", "supervised learning", []), ("and", "(un)supervised learning", [])]
    ]


def test_a_bracketed_plural_is_no_aside() -> None:
    assert shown("gravitational wave(s)") == [[("none", "gravitational wave", [])]]


@pytest.mark.parametrize("text", ["N/A", "S/N", "R&D", "time-series", "3:4", "e.g."])
def test_some_signs_do_not_separate(text: str) -> None:
    assert [len(run.parts) for run in split(text)] == [1]


@pytest.mark.parametrize(
    "text", ["", " ", ",;/", "()", "((((", "))))", "and", "&", "\n\n", "—", "…"]
)
def test_signs_alone_give_nothing(text: str) -> None:
    assert split(text) == ()


def test_unbalanced_brackets_are_forgiven() -> None:
    assert shown("stars) (hot") == [[("none", "stars", [[("none", "hot", [])]])]]


def test_parts_are_found_again_in_the_text() -> None:
    text = " C++ ,  R&D: (x) and y "
    spans = [text[part.start : part.end] for run in split(text) for part in run.parts]
    assert spans == ["C++", "R&D", "", "y"]
