"""Slides and other material of a talk: added, corrected, taken away; history keeps the names."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Final

from django.core.files.base import File
from django.db import transaction

from submissions.domain.materials import FileType, Kind, file_type, safe_name
from submissions.models import Material, Talk, User
from submissions.models.material import stored_name
from submissions.operations import history
from submissions.permissions import may_add_material

logger = logging.getLogger(__name__)

MOST: Final = 20
"""Of one talk; more is no set of slides but a store."""


class NotTakenNow(Exception):
    """The talk has no place, or the meeting takes no material (any more)."""


class TooMany(Exception):
    """The talk has MOST already."""


class NotKept(Exception):
    """The file could not be written; the disk is full, perhaps."""


@dataclass(frozen=True, slots=True)
class Description:
    kind: Kind
    label: str = ""
    is_public: bool = False


def add(
    talk: Talk,
    description: Description,
    *,
    url: str = "",
    upload: "File[bytes] | None" = None,
    by: User | None,
    at: datetime,
) -> Material:
    """Add an address or a file, whichever is given.

    Raises NotTakenNow, TooMany, NotKept, and what domain.materials.file_type raises.
    """
    material = Material(talk=talk, url=url, uploaded_at=at, uploaded_by=by)
    _describe(material, description)
    with _file_kept(material, upload), transaction.atomic():
        talk = _held(talk.pk)
        if not may_add_material(talk, at=at):
            raise NotTakenNow
        if talk.materials.count() >= MOST:
            raise TooMany
        material.save()
        changes = {"material": ["", summary(material)]}
        history.record(talk, "add material", by=by, at=at, changes=changes)
    return material


def change(
    material: Material,
    description: Description,
    *,
    url: str = "",
    upload: "File[bytes] | None" = None,
    by: User | None,
    at: datetime,
) -> Material:
    """Describe it anew and, if one is given, put another file or address in its place.

    Raises NotTakenNow where something new would come in too late; describing, and taking back from
    the public, is always possible. Also NotKept, and what domain.materials.file_type raises.
    """
    before, old_file = summary(material), material.file.name
    is_new = upload is not None or (bool(url) and url != material.url)
    _describe(material, description)
    if is_new:
        material.url, material.uploaded_at, material.uploaded_by = url, at, by
    with _file_kept(material, upload), transaction.atomic():
        talk = _held(material.talk_id)
        if is_new and not may_add_material(talk, at=at):
            raise NotTakenNow
        material.save(force_update=True)
        after = summary(material)
        if is_new or before != after:
            changes = {"material": [before, after]}
            history.record(talk, "change material", by=by, at=at, changes=changes)
        if upload is not None and old_file:
            transaction.on_commit(lambda: delete_file(material, old_file))
    return material


def remove(material: Material, *, by: User | None, at: datetime, note: str = "") -> None:
    """Take it away for good; its file goes once that is certain."""
    with transaction.atomic():
        changes = {"material": [summary(material), ""]}
        history.record(material.talk, "remove material", by=by, at=at, changes=changes, note=note)
        material.delete()


def summary(material: Material) -> str:
    """What history says of it."""
    public = "public" if material.is_public else "not public"
    parts = [material.kind, material.label, material.file_name or material.url, public]
    return ", ".join(part for part in parts if part)


def delete_file(material: Material, name: str) -> None:
    """Delete a stored file; one that cannot be deleted is no reason to fail."""
    try:
        material.file.storage.delete(name)
    except OSError:
        logger.exception("The file %s could not be deleted.", name)


def _held(talk_id: int) -> Talk:
    return Talk.objects.select_for_update(of=("self",)).select_related("meeting").get(pk=talk_id)


def _describe(material: Material, description: Description) -> None:
    material.kind = description.kind.value
    material.label = description.label
    material.is_public = description.is_public


@contextmanager
def _file_kept(material: Material, upload: "File[bytes] | None") -> Iterator[None]:
    """Write the file first, and delete it if what follows fails: a row never lacks its file."""
    if upload is None:
        yield
        return
    size = upload.size or 0
    _note_file(material, upload, file_type(upload, size), size)
    written = stored_name(material, "")
    try:
        material.file = material.file.storage.save(written, upload)
    except OSError as error:
        logger.exception("A file of %s bytes could not be kept.", size)
        delete_file(material, written)
        raise NotKept from error
    try:
        yield
    except BaseException:
        delete_file(material, written)
        raise


def _note_file(material: Material, upload: "File[bytes]", kind: FileType, size: int) -> None:
    digest = sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    material.file_name = safe_name(upload.name or "", kind)
    material.content_type = kind.content_type
    material.size, material.sha256, material.url = size, digest.hexdigest(), ""
