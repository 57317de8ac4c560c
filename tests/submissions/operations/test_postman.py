from threading import Event

import pytest

from submissions.operations.postman import Postman


def test_any_number_of_calls_while_a_round_waits_is_one_round() -> None:
    rounds: list[str] = []
    begun, may_end = Event(), Event()

    def deliver() -> None:
        rounds.append("round")
        begun.set()
        may_end.wait(5)

    postman = Postman(deliver)
    postman.go()
    begun.wait(5)
    for _ in range(100):
        postman.go()
    may_end.set()
    postman._round.shutdown()
    assert rounds == ["round", "round"]


def test_a_round_that_fails_is_written_down_and_the_next_is_walked(
    caplog: pytest.LogCaptureFixture,
) -> None:
    walked = []

    def deliver() -> None:
        walked.append(1)
        if len(walked) == 1:
            raise ConnectionError("no database")

    postman = Postman(deliver)
    postman.go()
    while postman._is_called or not walked:
        pass
    postman.go()
    postman._round.shutdown()
    assert (len(walked), "The outbox could not be emptied" in caplog.text) == (2, True)
