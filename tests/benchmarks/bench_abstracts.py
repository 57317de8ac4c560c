"""How long an abstract takes from its source to safe HTML, on invented texts.

Run ``python -m tests.benchmarks.bench_abstracts``; it prints one line of JSON. Every abstract has
about 550 characters and three formulas found in no other, and the cache of formulas is emptied
first, so nothing is measured but work. ``limit`` is the figure not to exceed, in milliseconds.
"""

import json
import sys
import time

from submissions.domain.abstracts import render
from submissions.domain.abstracts.typesetting import typeset

ABSTRACTS = 500
ROUNDS = 3
LIMIT = 3


def abstract(number: int) -> str:
    """An invented abstract; the number makes its formulas its own."""
    return (
        f"Surveys of the next decade will deliver more than $10^{{{number}}}$ light curves, far "
        "too many to be *looked at* by people. We train a recurrent network on simulated curves "
        "and ask how well its score can be trusted when the real sky differs from the "
        f"simulation. For sources at $z \\lesssim {number / 100}$ with "
        f"$M_{{\\rm BH}} \\sim {number}\\,\\mathrm{{M_\\odot}}$ the calibrated network keeps "
        "**nine of ten** events and passes one false alarm per night. We discuss where it is "
        "wrong, and how a few labels it asks for, published at https://data.example.org/curves, "
        "repair most of it."
    )


def milliseconds_per_abstract(sources: list[str]) -> float:
    """The time to render every text once, with nothing remembered."""
    typeset.cache_clear()
    started = time.perf_counter()
    for source in sources:
        render(source)
    return (time.perf_counter() - started) * 1_000 / len(sources)


def main() -> None:
    sources = [abstract(number) for number in range(1, ABSTRACTS + 1)]
    render(sources[0])  # build the parser and read the symbol table
    best = min(milliseconds_per_abstract(sources) for _ in range(ROUNDS))
    result = {
        "benchmark": "abstracts",
        "abstracts": ABSTRACTS,
        "milliseconds_per_abstract": round(best, 2),
        "limit": LIMIT,
    }
    sys.stdout.write(json.dumps(result) + "\n")


if __name__ == "__main__":
    main()
