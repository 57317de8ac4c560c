"""The papers say what the code does: nothing undocumented, nothing documented that is gone."""

import re
from pathlib import Path

import pytest
import yaml

from submissions.domain.email_kinds import PLACEHOLDERS, email_kinds
from submissions.domain.lifecycle import Action, State
from submissions.domain.outbox import EmailState, actions_on
from submissions.operations.periodic import PERIODIC_JOBS

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")])
RECORDS = sorted((DOCS / "decisions").glob("*.md"))


def text_of(*parts: str) -> str:
    return ROOT.joinpath(*parts).read_text(encoding="utf-8")


def section(page: str, heading: str) -> str:
    """What stands between this heading and the next of its kind."""
    return page.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]


def first_words_of_rows(table: str) -> list[str]:
    """The first word in code type of each row of a Markdown table."""
    return re.findall(r"^\| `([\w-]+)", table, re.MULTILINE)


def settings_read() -> set[str]:
    return set(re.findall(r"\benv\.\w+\(\s*\"([A-Z_]+)\"", text_of("config", "settings.py")))


def own_commands() -> set[str]:
    modules = ROOT.glob("*/management/commands/*.py")
    return {module.stem for module in modules if module.stem != "__init__"}


def compose() -> str:
    return text_of("docker-compose.yml")


def assigned_in_env_example() -> set[str]:
    return set(re.findall(r"^#?([A-Z_]+)=", text_of(".env.example"), re.MULTILINE))


def test_every_setting_is_in_the_table_of_settings() -> None:
    documented = first_words_of_rows(section(text_of("docs", "operating.md"), "Settings"))
    assert sorted(documented) == sorted(settings_read())


def test_every_command_is_in_the_table_of_commands() -> None:
    documented = first_words_of_rows(section(text_of("docs", "operating.md"), "Commands"))
    assert sorted(documented) == sorted(own_commands())


@pytest.mark.parametrize("word", [*State, *Action])
def test_every_state_and_action_is_in_the_lifecycle(word: str) -> None:
    rows = [line for line in text_of("docs", "lifecycle.md").splitlines() if line[:2] == "| "]
    cells = [re.split(r"[|,(] ?", row) for row in rows]
    assert word in {cell.strip() for row in cells for cell in row}


def test_every_target_of_the_makefile_is_explained() -> None:
    targets = set(re.findall(r"^([a-z-]+):.*## ", text_of("Makefile"), re.MULTILINE))
    papers = text_of("README.md") + text_of("CONTRIBUTING.md")
    assert targets - set(re.findall(r"`?make ([a-z-]+)", papers)) == {"help"}


def test_decision_records_are_numbered_without_gaps() -> None:
    numbers = [record.name[:4] for record in RECORDS]
    assert numbers == [f"{number:04}" for number in range(1, len(RECORDS) + 1)]


def test_the_index_of_decisions_lists_every_record_by_its_title() -> None:
    titles = [record.read_text(encoding="utf-8").partition("\n")[0] for record in RECORDS]
    expected = [
        f"- [{title.removeprefix('# ')}](decisions/{record.name})"
        for record, title in zip(RECORDS, titles, strict=True)
    ]
    index = section(text_of("docs", "architecture.md"), "Decisions")
    assert [line for line in index.splitlines() if line.startswith("- ")] == expected


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.stem)
def test_a_decision_record_has_its_four_parts(record: Path) -> None:
    page = record.read_text(encoding="utf-8")
    assert page.startswith(f"# {record.name[:4]}: ")
    parts = re.findall(r"^\*\*(Context|Decision|Consequences|Undo if)\b", page, re.MULTILINE)
    assert parts == ["Context", "Decision", "Consequences", "Undo if"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\(([^)#:]+?)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    assert [target for target in targets if not (page.parent / target).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_within_a_page_lead_to_a_heading(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    anchors = {re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-") for heading in headings}
    assert set(re.findall(r"\]\(#([^)]+)\)", text)) <= anchors


def test_containers_are_given_only_settings_that_exist() -> None:
    given = yaml.safe_load(compose())["x-conjunction"]["environment"]
    assert set(given) - settings_read() == set()


def test_containers_run_only_commands_that_exist() -> None:
    run = set(re.findall(r"manage\.py\W+([a-z_]+)", compose()))
    assert run - own_commands() == {"createsuperuser", "migrate"}


def test_the_example_environment_names_what_the_containers_ask_for() -> None:
    asked_for = set(re.findall(r"\$\{([A-Z_]+)", compose()))
    assert asked_for - assigned_in_env_example() == {"LOG_LEVEL"}  # its default does


def test_the_example_environment_names_nothing_that_nobody_reads() -> None:
    asked_for = set(re.findall(r"\$\{([A-Z_]+)", compose()))
    assert assigned_in_env_example() - asked_for - settings_read() == set()


def test_every_kind_of_mail_and_every_placeholder_is_explained_to_organisers() -> None:
    page = text_of("docs", "emails.md")
    kinds = re.findall(r"^\| `(\w+)` \| (When|Once)(.*) \|$", page, re.MULTILINE)
    assert {name: begin + rest for name, begin, rest in kinds} == {
        kind.name: kind.meaning for kind in email_kinds()
    }
    placeholders = re.findall(r"^\| `\{(\w+)\}` \| (.*) \|$", page, re.MULTILINE)
    assert dict(placeholders) == {name: each.meaning for name, each in PLACEHOLDERS.items()}


def test_every_state_of_a_mail_is_explained_with_what_organisers_can_do() -> None:
    rows = re.findall(
        r"^\| `(\w+)` \| [^|]+ \| ([^|]+) \|$", text_of("docs", "emails.md"), re.MULTILINE
    )
    assert dict(rows) == {state.value: ", ".join(actions_on(state)) or "–" for state in EmailState}


def test_every_periodic_job_is_explained() -> None:
    page = section(text_of("docs", "operating.md"), "E-mail")
    rows = re.findall(r"^\| `([\w-]+)` \| [^|]+ \| (.*) \|$", page, re.MULTILINE)
    assert dict(rows) == {job.name: job.meaning for job in PERIODIC_JOBS}
