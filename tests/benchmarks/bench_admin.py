"""How long the organisers' pages take, and how many queries, for a small and a large meeting.

Run ``python -m tests.benchmarks.bench_admin``; it prints one line of JSON. All talks are confirmed
and in a published timetable, which is the most that a page has to look at. The number of queries
must not depend on the number of talks.
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

    from tests.benchmarks.admin_pages import measured  # noqa: PLC0415 - the same

    call_command("migrate", verbosity=0)
    results = {str(size): measured(size) for size in SIZES}
    small, large = (results[str(size)] for size in SIZES)
    result = {
        "benchmark": "admin",
        "talks": results,
        "same_queries": all(small[name]["queries"] == large[name]["queries"] for name in small),
    }
    sys.stdout.write(json.dumps(result) + "\n")


if __name__ == "__main__":
    main()
