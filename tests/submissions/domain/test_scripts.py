from submissions.domain.scripts import mixed_words


def test_words_of_two_scripts_that_look_alike() -> None:
    assert mixed_words("Jаne Doe Ρavel") == ("Jаne", "Ρavel")


def test_names_of_one_script_and_ordinary_mixtures_are_nothing_to_mention() -> None:
    assert mixed_words("Jane Иван Ελένη 张伟 O’Neill Łódź José 😀 X線") == ()
