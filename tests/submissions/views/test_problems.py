from submissions.domain.abstracts import Problem, ProblemKind
from submissions.views.problems import SENTENCES, sentences


def test_every_kind_of_problem_has_a_sentence() -> None:
    assert set(SENTENCES) == set(ProblemKind)


def test_the_same_finding_is_told_once_and_a_long_one_is_cut() -> None:
    macro = Problem(ProblemKind.UNKNOWN_MACRO, r"\foo")
    told = sentences([macro, macro, Problem(ProblemKind.FORMULA_UNBALANCED, "{" * 4000)])
    assert told[0] == r"The command \foo is not known here; its formula will be shown as typed."
    assert len(told) == 2
    assert len(told[1]) < 200
