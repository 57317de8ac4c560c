from submissions.domain.areas.nearness import Near, Nearness

NEARNESS = Nearness.of(
    [
        ("lensing", ("gravitational", "lensing")),
        ("waves", ("gravitational", "wave")),
        ("cnn", ("convolutional", "neural", "network")),
    ]
)


def test_a_misspelt_word_comes_near() -> None:
    assert NEARNESS.nearest(("convolutonal", "neural", "netwrok")) == (
        Near("cnn", (0, 1, 2), 0.95),
    )


def test_a_shared_word_counts_by_how_rare_it_is() -> None:
    nearest = NEARNESS.nearest(("strong", "gravitational", "lensing"))
    assert [(near.slug, near.because) for near in nearest] == [("lensing", (1, 2))]
    assert 0 < nearest[0].score < 0.95


def test_nothing_in_common_is_not_near() -> None:
    assert NEARNESS.nearest(("comet", "tails")) == ()
    assert NEARNESS.nearest(()) == ()


def test_short_words_are_not_corrected() -> None:
    assert NEARNESS.nearest(("wav",)) == ()
