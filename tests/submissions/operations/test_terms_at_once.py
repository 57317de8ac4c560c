"""Two organisers decide about one term at the same moment."""

from pathlib import Path
from typing import Any

import pytest

from submissions.importers.vocabulary import Kind
from submissions.models import AreaTerm, AreaTermEntry, MLArea
from submissions.operations import terms
from tests.make import NOW, make_meeting, make_ml_area, make_organiser, make_talk
from tests.together import shared_database, together

pytestmark = pytest.mark.django_db(transaction=True)


def test_one_decides_and_the_others_are_told(tmp_path: Path) -> None:
    with shared_database(tmp_path):
        make_ml_area("Clustering")
        make_ml_area("Boosting")
        meeting = make_meeting()
        people = [make_organiser(meeting) for _number in range(4)]
        talk = make_talk(meeting, ml_areas_text="Zwicky boxes")

        def decide(number: int) -> str:
            say: dict[str, Any] = {"by": people[number], "at": NOW}
            try:
                if number % 2:
                    area = ("clustering", "boosting")[number // 2]
                    terms.take_as_synonym(meeting, Kind.ML, "Zwicky boxes", area=area, **say)
                else:
                    label = f"Boxes {number}"
                    terms.add_as_area(
                        meeting, Kind.ML, "Zwicky boxes", label=label, parent="", **say
                    )
            except terms.TermDecided:
                return "told"
            return "decided"

        assert sorted(together(decide, 4)) == ["decided", "told", "told", "told"]
        term = AreaTerm.objects.get()
        assert [area.slug for area in talk.ml_areas.all()] == [term.area.slug if term.area else ""]
        assert AreaTermEntry.objects.count() == 1
        made = MLArea.objects.filter(label__startswith="Boxes").count()
        assert made == (1 if term.meaning == "new-area" else 0)
