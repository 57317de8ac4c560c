from io import StringIO

import pytest
from django.core.management import call_command

from submissions.models import AstronomyArea, MLArea
from tests.make import make_ml_area

pytestmark = pytest.mark.django_db


def load_areas() -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    call_command("load_areas", stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_both_vocabularies_are_loaded_and_counted() -> None:
    assert load_areas() == (
        "astronomy: 51 new, 0 changed, 0 same\nml: 102 new, 0 changed, 0 same\n",
        "",
    )
    assert (AstronomyArea.objects.count(), MLArea.objects.count()) == (51, 102)
    assert load_areas() == (
        "astronomy: 0 new, 0 changed, 51 same\nml: 0 new, 0 changed, 102 same\n",
        "",
    )


def test_an_area_of_the_site_in_the_way_is_named() -> None:
    make_ml_area("Deep learning")
    out, err = load_areas()
    assert "ml: 101 new, 0 changed, 0 same" in out
    assert err == (
        "ml: left as they are, because this site added areas with these slugs: deep-learning. "
        "Rename them in the admin to get the shipped ones.\n"
    )
