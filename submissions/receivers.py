"""What follows a deletion, however it came about: by a button, or together with its talk."""

from functools import partial
from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete
from django.dispatch import receiver

from submissions.models import Material
from submissions.operations.materials import delete_file


@receiver(post_delete, sender=Material)
def forget_the_file(sender: object, *, instance: Material, **kwargs: Any) -> None:  # noqa: ARG001 - the shape of a receiver
    """The file goes with its row, once it is certain that the row is gone."""
    if instance.file.name:
        transaction.on_commit(partial(delete_file, instance, instance.file.name))
