"""Codes for new talks."""

from submissions.domain.codes import new_code
from submissions.models import Talk


def free_code() -> str:
    """One of 900 million; that another form takes the same within the same second is no case."""
    code = new_code()
    while Talk.objects.filter(code=code).exists():
        code = new_code()
    return code
