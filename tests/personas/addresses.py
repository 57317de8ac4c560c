"""Every address of the site, and what goes into it: a real object, or one that does not exist."""

import re
from collections.abc import Callable, Iterator, Mapping
from itertools import count
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from submissions.models import AstronomyArea, Authorship, Material, MLArea, Talk
from submissions.operations import deciding_together, importing
from tests.personas.world import World

Arguments = Mapping[str, Any]

_ARGUMENT = re.compile(r"<(?:\w+:)?(\w+)>")
"""In a route; also in (?P<name>…) of one written as a regular expression."""

_ALWAYS: Arguments = {
    "extension": "csv",
    "decision": "reject",
    "action": "withdraw",
    "app_label": "submissions",
    "url": "no-such-page",
    "kind": "receipt",
}
_MISSING: Arguments = {
    "slug": "no-such-meeting",
    "code": "ZZZZZZ",
    "number": 999,
    "person": "nobody-at-all",
    "token": "forged",
    "secret": "forged",
    "pk": 999_999,
    "object_id": 999_999,
    "id": 999_999,
}


def all_addresses(
    resolver: URLResolver | None = None, namespaces: tuple[str, ...] = (), before: str = ""
) -> Iterator[tuple[str, str]]:
    """Name and route of every address; the route in place of a name that is missing."""
    for entry in (resolver or get_resolver()).url_patterns:
        route = before + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield ":".join((*namespaces, entry.name)) if entry.name else route, route
        else:
            inner = (*namespaces, entry.namespace) if entry.namespace else namespaces
            yield from all_addresses(entry, inner, route)


class Addresses:
    """Where the objects of a world are."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.routes = dict(all_addresses())
        self.objects = _objects(world)

    def path(self, name: str, about: str) -> str:
        """The address called `name` of the object called `about` ("-" for none).

        "sky.*" is the row in `sky` of the model that this page of the admin is about.
        """
        return self._path(name, {**_ALWAYS, **self.identifiers(name, about)}) + self._query(
            name, about
        )

    def missing(self, name: str, about: str) -> str:
        """The same for an object that does not exist (in the same meeting, if it has one)."""
        identifiers = self.identifiers(name, about)
        kept = {"slug"} if "." in about else set()
        gone = {key: _MISSING[key] for key in identifiers.keys() & _MISSING.keys() - kept}
        if isinstance(identifiers.get("pk"), UUID):
            gone["pk"] = UUID(int=0)
        return self._path(name, {**_ALWAYS, **identifiers, **gone}) + self._query(name, about)

    def identifiers(self, name: str, about: str) -> Arguments:
        if about.endswith(".*"):
            model = re.split("[:_/]", name)[2]
            about = about[:-2] if model == "meeting" else about[:-1] + model
        return self.objects[about]

    def _path(self, name: str, values: Arguments) -> str:
        wanted = _ARGUMENT.findall(self.routes[name])
        if "/" not in name:
            return reverse(name, kwargs={key: values[key] for key in wanted})
        route = re.sub(r"\(\?P<(\w+)>[^)]*\)\$?", r"<\1>", name)  # a route without a name
        return "/" + _ARGUMENT.sub(lambda found: str(values[found[1]]), route)

    def _query(self, name: str, about: str) -> str:
        slug = self.identifiers(name, about).get("slug")
        if name == "admin:autocomplete":
            wanted = {"app_label": "submissions", "model_name": "membership"}
            return f"?{urlencode({**wanted, 'field_name': 'meeting', 'term': slug})}"
        in_admin = name.startswith(
            (
                "admin:submissions_talk",
                "admin:submissions_areaterm",
                "admin:submissions_emailtemplate",
                "admin:programme_",
            )
        )
        of_meeting = name.endswith(("_changelist", "_add", "_announce", "_import"))
        return f"?meeting={slug}" if slug and in_admin and of_meeting else ""


def _objects(world: World) -> dict[str, Arguments]:
    """By the name that the matrix gives it, everything that identifies an object."""
    found: dict[str, Arguments] = {
        "-": {},
        "user": _keys(world.users["reviewer"]),
        "passkey": {"pk": world.passkey.pk},
        "area": _keys(AstronomyArea.objects.get()),
        "ml-area": _keys(MLArea.objects.get()),
        "sky.accepted": _of_talk(world.accepted),
        "sky.draft": _of_talk(world.draft),
        "sky.poster": _of_material(world.poster),
    }
    for name, place in world.places.items():
        slug = {"slug": place.meeting.slug}
        found |= {
            name: {**slug, **_keys(place.meeting)},
            f"{name}.talk": _of_talk(place.talk),
            f"{name}.placed": _of_talk(place.placed),
            f"{name}.author": _of_author(place.talk.authorships.get(position=1)),
            f"{name}.room": {**slug, **_keys(place.room)},
            f"{name}.material": _of_material(place.material),
            f"{name}.unpublished": _of_material(place.unpublished),
            f"{name}.of-organisers": {**_keys(place.placed), "material": place.unpublished.pk},
            f"{name}.session": {**slug, **_keys(place.session), "number": place.session.number},
            f"{name}.email": {**slug, **_keys(place.email)},
            f"{name}.emailtemplate": {**slug, **_keys(place.wording)},
            f"{name}.latelink": {
                **slug,
                **_keys(place.late_link),
                "secret": place.late_link.secret,
            },
            f"{name}.import": {**slug, **_keys(place.pending)},
            f"{name}.speaker": {**slug, **_keys(place.speaker), "person": place.speaker.slug},
            f"{name}.presenter": {**slug, "person": place.placed.authors.get().slug},
        }
    return found


def _keys(row: Model) -> Arguments:
    kind = ContentType.objects.get_for_model(row).pk
    return {"pk": row.pk, "object_id": row.pk, "id": row.pk, "content_type_id": kind}


def _of_talk(talk: Talk) -> Arguments:
    return {
        "slug": talk.meeting.slug,
        "code": talk.code,
        "token": talk.private_token(),
        **_keys(talk),
    }


def _of_author(author: Authorship) -> Arguments:
    return {
        "slug": author.talk.meeting.slug,
        "pk": author.pk,
        "token": author.coauthor_token(),
    }


def _of_material(material: Material) -> Arguments:
    talk = material.talk
    return {"slug": talk.meeting.slug, "code": talk.code, "pk": material.pk}


# --- What is posted ---------------------------------------------------------------------------


def posted(world: World, name: str, about: str) -> dict[str, Any]:
    """What a form at this address sends; nothing where the address alone says everything."""
    if name.endswith("_delete"):
        return {"post": "yes"}
    make = _FORMS.get(name)
    return make(world, about) if make else {}


def _talk(world: World, about: str) -> Talk:
    place, _, which = about.partition(".")
    if which in ("accepted", "draft"):
        return world.accepted if which == "accepted" else world.draft
    return world.places[place].talk


def _proposal(world: World, about: str) -> dict[str, Any]:
    place = world.places[about.partition(".")[0]]
    kind = place.meeting.talk_formats.first()
    return {
        "authors-TOTAL_FORMS": "1",
        "authors-INITIAL_FORMS": "1",
        "authors-0-family_name": "Lovelace",
        "authors-0-email": "ada@example.org",
        "authors-0-is_presenting": "on",
        "authors-0-ORDER": "1",
        "title": "Engines",
        "astronomy_areas_text": "engines",
        "ml_areas_text": "engines",
        "abstract": "We learn.",
        "format": kind.pk if kind else "",
        "version": _talk(world, about).changed_at.isoformat(),
    }


def _begun(world: World, about: str) -> dict[str, Any]:
    return {**_proposal(world, about), "submit_key": str(uuid4()), "draft": "1"}


def _address(_world: World, _about: str) -> dict[str, Any]:
    """Another one each time: an address is sent only so many codes."""
    return {"email": f"somebody{next(_numbers)}@example.org"}


_numbers = count()


def _seen(world: World, about: str) -> dict[str, Any]:
    talk = _talk(world, about)
    return {f"seen-{talk.pk}": deciding_together.stamp(talk)}


def _mail() -> dict[str, Any]:
    return {
        "recipient": "ada@example.org",
        "subject": "Received: {talk_title}",
        "body": "Come back: {private_link}",
        "sends_at_once": "on",
    }


def _pasted(_world: World, _about: str) -> dict[str, Any]:
    return {"text": "Surname\tTitle\tAbstract\nPasted\tPasted\tIn short.\n"}


def _previewed(world: World, about: str) -> dict[str, Any]:
    pending = world.places[about.partition(".")[0]].pending
    upload = importing.Upload(bytes(pending.content), is_pasted=True, name="")
    return {"fingerprint": importing.preview(pending.meeting, upload, {}).fingerprint}


_LINK = {"kind": "recording", "url": "https://example.org/recording"}

_FORMS: Mapping[str, Callable[[World, str], dict[str, Any]]] = {
    "submissions:account-sign-in": _address,
    "account_login": _address,
    "submissions:account-add-address": _address,
    "submissions:account-password": lambda _world, _about: {
        "login": "speaker@example.org",
        "password": "password",
    },
    "account_reauthenticate": lambda _world, _about: {"password": "password"},
    "mfa_edit_webauthn": lambda _world, _about: {"name": "Another name"},
    "submissions:talk-submit": _proposal,
    "submissions:talk-edit": _proposal,
    "submissions:talk-materials": lambda _world, _about: _LINK,
    "submissions:material-change": lambda _world, _about: {**_LINK, "label": "Poster"},
    "admin:submissions_speaker_erase": lambda _world, _about: {"erase": "1"},
    "submissions:talk-draft": _begun,
    "submissions:talk-edit-draft": _begun,
    "admin:submissions_talk_decide": _seen,
    "admin:submissions_talk_announce": _seen,
    "admin:submissions_areaterm_changelist": lambda _world, _about: {
        "kind": "ml",
        "term": "Zwicky boxes",
        "meaning": "no-area",
    },
    "admin:submissions_talk_changelist": lambda world, about: {
        "action": "take_back",
        "_selected_action": _talk(world, about).pk,
    },
    "admin:submissions_email_change": lambda _world, _about: _mail(),
    "admin:submissions_emailtemplate_change": lambda _world, _about: _mail(),
    "admin:submissions_emailtemplate_edit": lambda _world, _about: _mail(),
    "admin:submissions_talk_import": _pasted,
    "admin:submissions_talk_import_run": _previewed,
    "admin:programme_room_add": lambda _world, _about: {"name": "Attic", "position": "1"},
}
