from submissions.domain.codes import ALPHABET, LENGTH, new_code


def test_codes_are_short_and_hold_no_character_that_is_taken_for_another() -> None:
    codes = {new_code() for _ in range(1000)}
    assert {len(code) for code in codes} == {LENGTH}
    assert set().union(*codes) <= set(ALPHABET)
    assert not set("01OIL") & set(ALPHABET)


def test_codes_differ() -> None:
    assert len({new_code() for _ in range(1000)}) > 990
