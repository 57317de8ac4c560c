"""How long a spreadsheet of 10,000 invented talks takes, and how much memory.

Run ``python -m tests.benchmarks.bench_import``; it prints one line of JSON. Each kind of file is
imported in a process of its own into a new SQLite file: preview, import, the same file again,
which must change nothing, and a file in which every talk is changed. Seconds of wall time;
megabytes are the most that the process ever held. ``limits`` are the figures not to exceed.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROWS = 10_000
KINDS = ("csv", "xlsx")
LIMITS = {
    "preview_seconds": 20,
    "import_seconds": 60,
    "again_seconds": 60,
    "changed_seconds": 60,
    "peak_mb": 500,
}
_ROOT = Path(__file__).resolve().parents[2]


def main() -> None:
    if len(sys.argv) > 2:
        sys.stdout.write(json.dumps(measured(Path(sys.argv[2]))))
        return
    files = {kind: _measured_alone(kind) for kind in KINDS}
    within = all(found[name] <= most for found in files.values() for name, most in LIMITS.items())
    result = {
        "benchmark": "import",
        "rows": ROWS,
        "files": files,
        "limits": LIMITS,
        "within_limits": within,
    }
    sys.stdout.write(json.dumps(result) + "\n")


def _measured_alone(kind: str) -> dict[str, Any]:
    """The file is made here, so that its making counts for nothing there."""
    from tests.benchmarks.spreadsheet_rows import as_csv, as_xlsx  # noqa: PLC0415 - not in the child

    with tempfile.TemporaryDirectory() as folder:
        made = as_csv if kind == "csv" else as_xlsx
        path = Path(folder, f"talks.{kind}")
        path.write_bytes(made(ROWS))
        path.with_stem("changed").write_bytes(made(ROWS, edition=2))
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "DATABASE_URL": f"sqlite:///{folder}/benchmark.sqlite3",
        }
        done = subprocess.run(  # noqa: S603 - ourselves
            [sys.executable, "-m", "tests.benchmarks.bench_import", "measure", str(path)],
            cwd=_ROOT,
            env=environment,
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def measured(path: Path) -> dict[str, Any]:
    """In the process of its own: preview, import and import again one file."""
    import django  # noqa: PLC0415 - this process alone needs it

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415 - needs Django set up

    call_command("migrate", verbosity=0)
    call_command("load_areas", verbosity=0, stdout=sys.stderr)
    from submissions.operations.importing import (  # noqa: PLC0415 - the same
        Upload,
        import_talks,
        preview,
    )
    from tests.make import NOW, make_meeting, make_organiser  # noqa: PLC0415 - the same

    meeting = make_meeting()
    organiser = make_organiser(meeting)
    upload = Upload(path.read_bytes(), name=path.name)
    started = time.perf_counter()
    plan = preview(meeting, upload)
    previewed = time.perf_counter()
    fingerprint, counts = plan.fingerprint, plan.counts
    del plan
    import_talks(meeting, upload, by=organiser, at=NOW, expected=fingerprint)
    imported = time.perf_counter()
    again = import_talks(meeting, upload, by=organiser, at=NOW).counts
    found_again = time.perf_counter()
    del upload
    changed = Upload(path.with_stem("changed").read_bytes(), name=path.name)
    changed_counts = import_talks(meeting, changed, by=organiser, at=NOW).counts
    finished = time.perf_counter()
    return {
        "megabytes": round(path.stat().st_size / 2**20, 1),
        "counts": counts,
        "again": again,
        "preview_seconds": round(previewed - started, 1),
        "import_seconds": round(imported - previewed, 1),
        "again_seconds": round(found_again - imported, 1),
        "changed": changed_counts,
        "changed_seconds": round(finished - found_again, 1),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


if __name__ == "__main__":
    main()
