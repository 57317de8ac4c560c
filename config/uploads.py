"""Receiving files: never more than the site takes, and calmly when the disk is full.

Django itself writes whatever arrives to the temporary folder before any view is asked. These two
handlers skip a file instead; the rest of the form still arrives, so that its page can say why.
"""

import logging
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import (
    FileUploadHandler,
    SkipFile,
    TemporaryFileUploadHandler,
)

logger = logging.getLogger(__name__)

TOO_LARGE = "too-large"
DISK_FULL = "disk-full"


def note_problem(handler: FileUploadHandler, problem: str) -> None:
    """For the view: why a file that the browser sent is not there."""
    if handler.request is not None:
        handler.request.META["conjunction.upload_problem"] = problem


class LimitedUploadHandler(FileUploadHandler):
    """The first of all: skips every file of a request that is larger than the site takes."""

    is_too_large = False

    def handle_raw_input(
        self,
        input_data: Any,  # noqa: ARG002 - Django's signature
        META: dict[str, Any],  # noqa: ARG002, N803 - Django's signature
        content_length: int,
        boundary: Any,  # noqa: ARG002 - Django's signature
        encoding: str | None = None,  # noqa: ARG002 - Django's signature
    ) -> None:
        self.is_too_large = content_length > settings.LARGEST_UPLOAD_MEGABYTES * 1024 * 1024

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        if self.is_too_large:
            note_problem(self, TOO_LARGE)
            raise SkipFile

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:  # noqa: ARG002 - Django's signature
        return raw_data

    def file_complete(self, file_size: int) -> "UploadedFile[bytes] | None":  # noqa: ARG002 - Django's signature
        return None


class CalmTemporaryFileUploadHandler(TemporaryFileUploadHandler):
    """As Django's; a full disk loses the file, not the form."""

    has_failed = False

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        self.has_failed = False
        try:
            super().new_file(*args, **kwargs)
        except OSError as error:
            self._give_up(error)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        try:
            return super().receive_data_chunk(raw_data, start)
        except OSError as error:
            self._give_up(error)
            return None

    def file_complete(self, file_size: int) -> "UploadedFile[bytes] | None":
        return None if self.has_failed else super().file_complete(file_size)

    def _give_up(self, error: OSError) -> None:
        self.has_failed = True
        logger.error("An upload could not be kept: %s", error)
        note_problem(self, DISK_FULL)
        raise SkipFile from error
