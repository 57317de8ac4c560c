"""How long the public programme takes, and how many queries, for a small and a large meeting.

Run ``python -m tests.benchmarks.bench_programme``; it prints one line of JSON. Per number of talks:
what publishing takes; the first answer of a process (the release is read and parsed, abstracts are
set) and the next ones; queries of both; the size of the page as sent and compressed. The number of
queries must not depend on the number of talks.
"""

import json
import os
import sys

import django

SIZES = (40, 4_000)


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    from django.core.management import call_command  # noqa: PLC0415 - needs Django set up

    from tests.benchmarks.programme_pages import measured  # noqa: PLC0415 - the same

    call_command("migrate", verbosity=0)
    results = {str(size): measured(size) for size in SIZES}
    queries = [result["programme"]["queries"] for result in results.values()]
    result = {
        "benchmark": "programme",
        "talks": results,
        "same_queries": len(set(map(tuple, queries))) == 1,
    }
    sys.stdout.write(json.dumps(result) + "\n")


if __name__ == "__main__":
    main()
