"""Who sees what in the admin: every page of every model, with rows of other meetings."""

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from submissions.domain.lifecycle import State
from submissions.models import Email, EmailTemplate, LateLink, Meeting, User
from tests.make import (
    NOW,
    make_area,
    make_format,
    make_meeting,
    make_ml_area,
    make_organiser,
    make_reviewer,
    make_room,
    make_session,
    make_speaker,
    make_talk,
    make_user,
)

pytestmark = pytest.mark.django_db

SCOPED = [
    "submissions_meeting",
    "submissions_talk",
    "submissions_speaker",
    "submissions_email",
    "submissions_emailtemplate",
    "submissions_latelink",
    "programme_session",
    "programme_room",
]
OWN_PAGES = ["clear", "private_link", "private_link_send", "private_link_renew"]
ABSENT = 999_999


def make_rows(meeting: Meeting) -> dict[str, int]:
    """One row of each kind, all with the word “secret” in them; keys by the names of SCOPED."""
    talk = make_talk(meeting, title=f"secret talk of {meeting.slug}")
    email = Email.objects.create(
        meeting=meeting,
        talk=talk,
        kind="receipt",
        recipient=f"secret@{meeting.slug}.example.org",
        subject=f"secret mail of {meeting.slug}",
        body="text",
        dedupe_key=meeting.slug,
        queued_at=NOW,
    )
    wording = EmailTemplate.objects.create(
        meeting=meeting, kind="receipt", subject=f"secret wording of {meeting.slug}", body="text"
    )
    link = LateLink.objects.create(
        meeting=meeting,
        note=f"secret guest of {meeting.slug}",
        created_at=NOW,
        created_by=make_user(),
    )
    return {
        "submissions_meeting": meeting.pk,
        "submissions_talk": talk.pk,
        "submissions_speaker": make_speaker(meeting, family_name=f"Secret {meeting.slug}").pk,
        "submissions_email": email.pk,
        "submissions_emailtemplate": wording.pk,
        "submissions_latelink": link.pk,
        "programme_session": make_session(meeting, theme=f"secret session of {meeting.slug}").pk,
        "programme_room": make_room(meeting, name=f"secret room of {meeting.slug}").pk,
    }


@pytest.fixture
def mine() -> Meeting:
    return make_meeting(slug="mine", name="My meeting")


@pytest.fixture
def other() -> Meeting:
    return make_meeting(slug="other", name="Another meeting")


@pytest.fixture
def client_of(client: Client, mine: Meeting) -> Client:
    """Signed in as an organiser of `mine`."""
    client.force_login(make_organiser(mine))
    return client


def test_every_model_of_the_admin_is_known_to_these_tests() -> None:
    registered = {f"{m._meta.app_label}_{m._meta.model_name}" for m in admin.site._registry}
    site_wide = {"submissions_user", "submissions_astronomyarea", "submissions_mlarea"}
    # One page and no rows of its own to open; test_terms tells who sees it.
    single_page = {"submissions_areaterm"}
    assert registered == {*SCOPED, *site_wide, *single_page}


@pytest.mark.parametrize("model", SCOPED)
def test_lists_show_rows_of_own_meetings_alone(
    client_of: Client, mine: Meeting, other: Meeting, model: str
) -> None:
    make_rows(mine)
    make_rows(other)
    page = client_of.get(reverse(f"admin:{model}_changelist")).content.decode()
    name = {"submissions_meeting": "My meeting", "submissions_speaker": "Secret mine"}
    assert name.get(model, "mine") in page
    assert "of other" not in page
    assert "Another meeting" not in page
    assert "Secret other" not in page
    assert "other.example.org" not in page


@pytest.mark.parametrize("model", SCOPED)
@pytest.mark.parametrize("page", ["change", "delete", "history"])
def test_a_row_of_another_meeting_answers_as_one_that_does_not_exist(
    client_of: Client, other: Meeting, model: str, page: str
) -> None:
    foreign = make_rows(other)[model]
    for method in (client_of.get, client_of.post):
        answers = []
        for key in (ABSENT, foreign):
            response = method(reverse(f"admin:{model}_{page}", args=[key]))
            told = [str(m) for m in client_of.get("/admin/", follow=True).context["messages"]]
            texts = [text.replace(f"“{key}”", "“key”") for text in told]
            answers.append((response.status_code, response.headers.get("Location"), texts))
        assert answers[0] == answers[1]
        assert answers[0][0] in (302, 403)


@pytest.mark.parametrize("page", OWN_PAGES)
def test_own_pages_of_a_talk_of_another_meeting_are_not_found(
    client_of: Client, other: Meeting, page: str
) -> None:
    url = reverse(f"admin:submissions_talk_{page}", args=[make_talk(other).pk])
    assert client_of.post(url).status_code == 404


def test_nobody_answers_for_a_speaker_of_another_meeting(client_of: Client, other: Meeting) -> None:
    talk = make_talk(other, State.ACCEPTED)
    url = reverse("admin:submissions_talk_answer", args=[talk.pk, "confirm"])
    assert client_of.get(url).status_code == 404
    assert client_of.post(url).status_code == 404
    talk.refresh_from_db()
    assert talk.state == "accepted"


def test_decisions_reach_own_talks_alone(client_of: Client, other: Meeting) -> None:
    foreign = make_talk(other)
    url = reverse("admin:submissions_talk_decide", args=["accept"])
    assert foreign.title not in client_of.get(url, {"talk": foreign.pk}).content.decode()
    client_of.post(url, {f"seen-{foreign.pk}": "submitted"})
    foreign.refresh_from_db()
    assert foreign.prepared_decision == ""


def test_bulk_actions_reach_own_talks_alone(
    client_of: Client, mine: Meeting, other: Meeting
) -> None:
    foreign, own = make_talk(other), make_talk(mine)
    for action in ("prepare_accept", "announce", "take_back", "download", "delete_selected"):
        data = {"action": action, "_selected_action": [foreign.pk, own.pk], "select_across": "1"}
        page = client_of.post(reverse("admin:submissions_talk_changelist"), data)
        assert foreign.title not in page.content.decode()
    client_of.post(
        reverse("admin:submissions_talk_changelist"),
        {"action": "delete_selected", "_selected_action": [foreign.pk], "post": "yes"},
    )
    foreign.refresh_from_db()


def test_filters_name_nothing_of_other_meetings(client_of: Client, other: Meeting) -> None:
    make_rows(other)
    make_talk(other).astronomy_areas.add(make_area("Quasars"))
    for model in ("submissions_talk", "programme_session"):
        url = reverse(f"admin:{model}_changelist")
        for query in ("", "?meeting=other", "?format=1", "?room=1", "?astronomy=quasars"):
            page = client_of.get(url + query).content.decode()
            assert "Another meeting" not in page
            assert "Quasars" not in page
            assert "secret" not in page


def test_filters_name_no_format_of_other_meetings_to_organisers_of_several(
    client: Client, mine: Meeting, other: Meeting
) -> None:
    user = make_organiser(mine)
    second = make_meeting(slug="second")
    second.memberships.create(user=user, role="organiser")
    make_format(mine, name="Format of mine")
    make_format(second, name="Format of second")
    make_format(other, name="Format of other")
    client.force_login(user)
    url = reverse("admin:submissions_talk_changelist")
    both = client.get(url).content.decode()
    assert ("Format of mine" in both, "Format of second" in both) == (True, True)
    assert "Format of other" not in both
    one = client.get(url, {"meeting": "second"}).content.decode()
    assert ("Format of mine" in one, "Format of second" in one) == (False, True)


@pytest.mark.parametrize("model", ["submissions_talk", "programme_session", "programme_room"])
def test_a_row_is_added_to_an_own_meeting_whatever_the_address_says(
    client: Client, mine: Meeting, other: Meeting, model: str
) -> None:
    user = make_organiser(mine)
    make_meeting(slug="second").memberships.create(user=user, role="organiser")
    client.force_login(user)
    url = reverse(f"admin:{model}_add")
    for query in ("", f"?meeting={other.slug}", "?meeting=absent"):
        page = client.get(url + query)
        assert page.templates[0].name == "admin/choose_meeting.html"
        assert "Another meeting" not in page.content.decode()
    assert client.get(f"{url}?meeting=second").context["meeting"].slug == "second"
    preserved = client.get(f"{url}?_changelist_filters=meeting%3Dsecond")
    assert preserved.context["meeting"].slug == "second"


def test_lists_cannot_be_searched_through_other_tables(client_of: Client, mine: Meeting) -> None:
    make_talk(mine)
    url = reverse("admin:submissions_talk_changelist")
    assert client_of.get(url, {"prepared_by__password__startswith": "a"}).status_code == 400


def pages_of_site() -> list[str]:
    names = [f"admin:{model}_{page}" for model in SCOPED for page in ("changelist", "add")]
    return [reverse(name) for name in (*names, "admin:index", "admin:submissions_talk_announce")]


@pytest.mark.parametrize("persona", ["anonymous", "speaker", "reviewer", "former organiser"])
def test_others_are_asked_to_sign_in_as_somebody_else(
    client: Client, mine: Meeting, persona: str
) -> None:
    rows = make_rows(mine)
    user: User | None = None
    if persona == "speaker":
        user = make_user()
        make_talk(mine, speakers=[make_speaker(mine, user=user)])
    elif persona == "reviewer":
        user = make_reviewer(mine)
    elif persona == "former organiser":
        user = make_organiser(mine)
        user.memberships.all().delete()
    if user is not None:
        client.force_login(user)
    changes = [reverse(f"admin:{model}_change", args=[key]) for model, key in rows.items()]
    own = [
        reverse(f"admin:submissions_talk_{p}", args=[rows["submissions_talk"]]) for p in OWN_PAGES
    ]
    for url in (*pages_of_site(), *changes, *own):
        for response in (client.get(url), client.post(url)):
            assert response.status_code == 302
            assert response.headers["Location"].startswith("/admin/login/?next=")


def test_a_superuser_sees_all_meetings(client: Client, mine: Meeting, other: Meeting) -> None:
    rows = make_rows(mine), make_rows(other)
    client.force_login(make_user(is_superuser=True))
    page = client.get(reverse("admin:submissions_talk_changelist")).content.decode()
    assert ("secret talk of mine" in page, "secret talk of other" in page) == (True, True)
    for model in SCOPED:
        for row in rows:
            url = reverse(f"admin:{model}_change", args=[row[model]])
            assert client.get(url).status_code == 200


@pytest.mark.parametrize(
    ("page", "organiser", "superuser"),
    [
        ("submissions_user_changelist", 403, 200),
        ("submissions_user_add", 403, 200),
        ("submissions_meeting_add", 403, 200),
        ("submissions_email_add", 403, 403),
        ("submissions_astronomyarea_changelist", 200, 200),
        ("submissions_astronomyarea_add", 403, 200),
        ("submissions_mlarea_changelist", 200, 200),
        ("submissions_mlarea_add", 403, 200),
    ],
)
def test_what_belongs_to_the_site_is_changed_by_superusers(
    client_of: Client, page: str, organiser: int, superuser: int
) -> None:
    url = reverse(f"admin:{page}")
    assert client_of.get(url).status_code == organiser
    client_of.force_login(make_user(is_superuser=True))
    assert client_of.get(url).status_code == superuser


def test_organisers_read_areas_and_change_none(client_of: Client) -> None:
    area, ml_area = make_area("Galaxies"), make_ml_area("Kernels")
    for model, row in (("astronomyarea", area), ("mlarea", ml_area)):
        url = reverse(f"admin:submissions_{model}_change", args=[row.pk])
        assert client_of.get(url).status_code == 200
        assert client_of.post(url, {"label": "Changed"}).status_code == 403


def test_organisers_delete_no_meeting(client_of: Client, mine: Meeting) -> None:
    url = reverse("admin:submissions_meeting_delete", args=[mine.pk])
    assert client_of.post(url, {"post": "yes"}).status_code == 403
    mine.refresh_from_db()


@pytest.mark.parametrize("page", ["add", "import"])
def test_an_address_about_another_meeting_never_acts_on_their_own(
    client_of: Client, mine: Meeting, other: Meeting, page: str
) -> None:
    url = reverse(f"admin:submissions_talk_{page}")
    assert client_of.get(url).context["meeting"] == mine
    asked = client_of.get(url, {"meeting": other.slug})
    assert "For which meeting?" in asked.content.decode()
    assert list(asked.context["meetings"]) == [mine]
