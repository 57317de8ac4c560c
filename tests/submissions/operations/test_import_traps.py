"""The traps of real spreadsheets, by their numbers in the collection made for this project.

1 to 8 are about files, 9 to 14 about texts, 15 to 22 about areas. 23 to 25 are about programmes,
which are not imported as talks.
"""

import csv
from pathlib import Path

import pytest

from submissions.domain.abstracts import plain_text, render
from submissions.importers.vocabulary import Kind, shipped_areas
from submissions.models import HistoryEntry, Meeting, Speaker, Talk
from submissions.operations.areas import load_areas
from submissions.operations.importing import ImportPlan, Upload, import_talks, preview
from tests.make import NOW, make_meeting
from tests.submissions.operations.spreadsheets import arriving

pytestmark = pytest.mark.django_db

COLUMNS = "Forename\tSurname\tTitle of your talk\tArea of astronomy\tAI / ML areas\tAbstract"


@pytest.fixture
def meeting() -> Meeting:
    for kind in Kind:
        load_areas(kind, shipped_areas(kind))
    return make_meeting(word_limit=250)


def take(meeting: Meeting, text: str) -> ImportPlan:
    return import_talks(meeting, Upload(text.encode(), name="talks.txt"), by=None, at=NOW)


def imported(meeting: Meeting, **cells: str) -> Talk:
    """The talk that comes of one row."""
    values = {"Title of your talk": "Rings", "Surname": "Example"} | {
        name.replace("_", " "): cell for name, cell in cells.items()
    }
    take(meeting, "\t".join(values) + "\n" + "\t".join(values.values()))
    return Talk.objects.for_meeting(meeting).get()


def areas(talk: Talk) -> tuple[set[str], set[str]]:
    return (
        set(talk.astronomy_areas.values_list("slug", flat=True)),
        set(talk.ml_areas.values_list("slug", flat=True)),
    )


class TestFile:
    def test_trap_01_the_header_is_not_the_first_line(self, meeting: Meeting) -> None:
        text = f"\n\n{COLUMNS}\nAda\tExample\tRings\tStars\tCNN\tText\n"
        assert csv.DictReader(text.splitlines(), delimiter="\t").fieldnames != COLUMNS.split("\t")
        assert take(meeting, text).counts["new"] == 1

    def test_trap_02_the_delimiter_is_not_sniffed(self, meeting: Meeting) -> None:
        prose = "A long text with 'marks' in it, blanks; and more of them. " * 60
        text = f"{COLUMNS}\n" + "".join(
            f"Ada\tExample\tRings {number}\tStars\tCNN\t{prose}\n" for number in range(3)
        )
        assert csv.Sniffer().sniff(text).delimiter != "\t"
        assert take(meeting, text).counts["new"] == 3

    def test_trap_03_commas_in_cells_do_not_cut_rows_of_tabs(self, meeting: Meeting) -> None:
        take(meeting, f"{COLUMNS}\nAda\tExample\tOne, two, three\tStars, gas\tCNN, GP\ta, b, c\n")
        assert Talk.objects.get().title == "One, two, three"

    def test_trap_04_blank_lines_are_padding_and_the_last_needs_no_end(
        self, meeting: Meeting
    ) -> None:
        row = "Ada\tExample\t{}\tStars\tCNN\tText"
        text = (
            f"{COLUMNS}\n{row.format('One')}\n\n\t\t\n{row.format('Two')}\n \n{row.format('Three')}"
        )
        assert take(meeting, text).counts["new"] == 3

    def test_trap_05_a_quotation_mark_swallows_nothing(self, meeting: Meeting) -> None:
        text = (
            f"{COLUMNS}\n"
            'Ada\tExample\t"Clean" data\tStars\tCNN\t"Gold-standard\n'
            'Bo\tSample\tMoons\tStars\tCNN\tA 5" mirror\n'
        )
        take(meeting, text)
        found = Talk.objects.order_by("pk").values_list("title", "abstract")
        assert list(found) == [('"Clean" data', '"Gold-standard'), ("Moons", 'A 5" mirror')]

    def test_trap_05_in_a_real_csv_marks_enclose_cells(self, meeting: Meeting) -> None:
        take(meeting, 'Surname,Title,Abstract\nExample,"Rings, ""new""","One\n\ntwo"\n')
        talk = Talk.objects.get()
        assert (talk.title, talk.abstract) == ('Rings, "new"', "One\n\ntwo")

    def test_trap_06_columns_are_mapped_by_meaning_not_place(self, meeting: Meeting) -> None:
        text = (
            "Summary\tTimestamp\tAreas of Machine Learning / AI\tYour surname\tProposed title\n"
            "Text\t12:00\tCNN\tExample\tRings\n"
        )
        plan = take(meeting, text)
        assert plan.columns.by_name() == {
            "Summary": "abstract",
            "Timestamp": None,
            "Areas of Machine Learning / AI": "ml_areas",
            "Your surname": "family_name",
            "Proposed title": "title",
        }
        assert plan.notes == ("Not imported: “Timestamp”.",)

    def test_trap_07_the_same_import_twice_doubles_nothing(self, meeting: Meeting) -> None:
        text = f"{COLUMNS}\nClár\tExample\tRings – of stars\tStars\tCNN\tText\n"
        take(meeting, text)
        assert take(meeting, text).counts == {"new": 0, "changed": 0, "same": 1, "refused": 0}
        shouted = text.replace("Clár", "CLAR").replace("Rings – of stars", "rings - of  Stars")
        plan = preview(meeting, Upload(shouted.encode()))
        assert plan.as_data()["changed"][0]["changes"] == {
            "title": ["Rings – of stars", "rings - of Stars"],
            "given_name": ["Clár", "CLAR"],
        }
        assert (Talk.objects.count(), HistoryEntry.objects.count()) == (1, 1)

    def test_trap_08_names_keep_their_accents_and_are_not_split(self, meeting: Meeting) -> None:
        text = "Speaker\tTitle\nÁñez-Łukasz D’Example\tRings\nvan der Sample, Jo-Ann\tMoons\n"
        take(meeting, text)
        found = Speaker.objects.order_by("family_name").values_list("given_name", "family_name")
        assert sorted(found) == [("", "Áñez-Łukasz D’Example"), ("Jo-Ann", "van der Sample")]


class TestText:
    @pytest.mark.parametrize(
        "text", ["if a<b then c>d", "a<b and 3 < 4 <alpha>", "we see $z > y > x$ ."]
    )
    def test_trap_09_signs_of_comparison_are_not_tags(self, meeting: Meeting, text: str) -> None:
        talk = imported(meeting, Abstract=text)
        assert talk.abstract == text
        assert plain_text(talk.abstract).replace(" .", "") == text.replace("$", "").replace(
            " .", ""
        )

    def test_trap_10_nothing_is_escaped_twice(self, meeting: Meeting) -> None:
        talk = imported(meeting, Abstract="Ca II H&K", Title_of_your_talk="H&K <lines>")
        assert (talk.abstract, talk.title) == ("Ca II H&K", "H&K <lines>")
        assert render(talk.abstract).html == "<p>Ca II H&amp;K</p>"
        from_html = imported(make_meeting(), Abstract="<p>H&amp;K</p>")
        assert from_html.abstract == "H&K"

    def test_trap_11_mathematics_stays_untouched(self, meeting: Meeting) -> None:
        text = r"More than $10^5$ in H $\alpha$, $a_i*b_i*c$, at 5 $ each"
        assert imported(meeting, Abstract=text).abstract == text
        converted = imported(make_meeting(), Abstract=f"<p>{text}</p>").abstract
        assert "$10^5$" in converted
        assert r"$\alpha$" in converted

    def test_trap_12_paragraphs_and_links_survive_conversion(self, meeting: Meeting) -> None:
        link = "https://archive.example/record/4"
        talk = imported(meeting, Abstract=f'<p>One.</p> <p>See <a href="{link}">{link}</a>.</p>')
        assert plain_text(talk.abstract) == f"One.\n\nSee {link}."
        assert render(talk.abstract).html.count(f'href="{link}"') == 1

    def test_trap_13_trailing_junk_and_foreign_letters_are_kept_and_pointed_out(
        self, meeting: Meeting
    ) -> None:
        text = "Surname\tTitle\tAbstract\nExample\tPh\u03bftometry\tThe end. →→\n"
        [new] = take(meeting, text).as_data()["new"]
        assert (new["title"], new["abstract"]) == ("Ph\u03bftometry", "The end. →→")
        assert [warning.split(":")[0] for warning in new["warnings"]] == [
            "The title has letters of two alphabets in one word",
            "The abstract ends with “→→”. It was kept.",
        ]

    def test_trap_14_words_are_counted_without_tags(self, meeting: Meeting) -> None:
        words = "<p>" + "<b>word</b> " * 250 + "</p>"
        [new] = take(meeting, f"Surname\tTitle\tAbstract\nA\tB\t{words}\n").as_data()["new"]
        assert new["warnings"] == ["The abstract was in HTML and has been converted."]


class TestAreas:
    @pytest.mark.parametrize(
        ("trap", "astronomy", "ml", "found"),
        [
            (15, "Nearby galaxies (infrared and radio), pulsars", "", "radio-astronomy"),
            (15, "space weather; pulsars", "", "space-weather"),
            (16, "", "Supervised and unsupervised learning", "supervised-learning"),
            (16, "", "Supervised and unsupervised learning", "unsupervised-learning"),
            (17, "Submm Galaxies", "", "galaxies"),
            (17, "Submm Galaxies", "", "infrared-submm-astronomy"),
            (18, "", "CNN", "convolutional-neural-networks"),
            (19, "", "Neural networks, TensorFlow", "neural-networks"),
            (21, "", "time-series classification", "time-series-classification"),
            (21, "", "Timeseries classifications", "time-series-classification"),
        ],
    )
    def test_traps_15_to_21_give_areas(
        self, meeting: Meeting, trap: int, astronomy: str, ml: str, found: str
    ) -> None:
        talk = imported(meeting, Area_of_astronomy=astronomy, ML_areas=ml)
        assert found in set.union(*areas(talk)), trap

    def test_trap_18_ml_is_not_always_machine_learning(self, meeting: Meeting) -> None:
        talk = imported(meeting, ML_areas="ML of posterior densities")
        assert "machine-learning" not in areas(talk)[1]

    def test_trap_20_self_supervised_is_not_supervised(self, meeting: Meeting) -> None:
        talk = imported(meeting, ML_areas="Self-supervised learning")
        assert "supervised-learning" not in areas(talk)[1]

    def test_trap_22_the_raw_text_is_kept_with_who_made_the_areas(self, meeting: Meeting) -> None:
        talk = imported(
            meeting, Area_of_astronomy="Extragalactic FIR,", ML_areas="CNN, basket weaving"
        )
        assert talk.astronomy_areas_text == "Extragalactic FIR,"
        assert talk.ml_areas_text == "CNN, basket weaving"
        assert set(talk.ml_tags.values_list("origin", flat=True)) == {"rule"}


class TestRealSpreadsheet:
    """Against an independent reading: lines with six cells between tabs, the first being names."""

    @pytest.fixture
    def path(self, shared: Path) -> Path:
        return next((shared / "seeds").glob("004_*.txt"))

    @pytest.fixture
    def rows(self, path: Path) -> list[list[str]]:
        lines = path.read_text(encoding="utf-8").split("\n")
        return [line.split("\t") for line in lines if line.count("\t") == 5][1:]

    def test_gives_exactly_nineteen_talks(
        self, meeting: Meeting, path: Path, rows: list[list[str]]
    ) -> None:
        plan = import_talks(meeting, Upload(path.read_bytes(), name=path.name), by=None, at=NOW)
        assert plan.counts == {"new": 19, "changed": 0, "same": 0, "refused": 0}
        talks = Talk.objects.order_by("pk")
        assert [
            [speaker.given_name, speaker.family_name, talk.title]
            for talk in talks
            for speaker in talk.authors.all()
        ] == [[cell.strip() for cell in row[:3]] for row in rows]
        assert [[talk.astronomy_areas_text, talk.ml_areas_text] for talk in talks] == [
            [cell.strip() for cell in row[3:5]] for row in rows
        ]

    def test_keeps_accents_mathematics_and_links(
        self, meeting: Meeting, path: Path, rows: list[list[str]]
    ) -> None:
        import_talks(meeting, Upload(path.read_bytes()), by=None, at=NOW)
        abstracts = list(Talk.objects.order_by("pk").values_list("abstract", flat=True))
        for stored, (*_others, typed) in zip(abstracts, rows, strict=True):
            if not typed.startswith("<p>"):
                assert stored == typed.strip()
                continue
            for piece in typed.replace("<p>", " ").replace("</p>", " ").split():
                if "<" not in piece and ">" not in piece and "=" not in piece:
                    assert piece in stored
            for link in (part.split('"')[0] for part in typed.split('href="')[1:]):
                assert link in stored

    @pytest.mark.parametrize("way", ["pasted", "xlsx", "csv", "utf-16"])
    def test_is_the_same_however_it_arrives(self, meeting: Meeting, path: Path, way: str) -> None:
        import_talks(meeting, Upload(path.read_bytes()), by=None, at=NOW)
        again = import_talks(meeting, arriving(path, way), by=None, at=NOW)
        assert again.counts == {"new": 0, "changed": 0, "same": 19, "refused": 0}

    def test_has_areas_of_both_kinds_on_every_talk(self, meeting: Meeting, path: Path) -> None:
        import_talks(meeting, Upload(path.read_bytes()), by=None, at=NOW)
        without = [talk.pk for talk in Talk.objects.all() if not all(kind for kind in areas(talk))]
        assert len(without) <= 2
