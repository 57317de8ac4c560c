"""What others may listen to. Lower layers know nothing of who listens.

`state_changed` is sent inside the transaction that changes the talk, so that what follows from it
(a withdrawn talk leaves its slot) happens together with it or not at all.
Arguments: `talk` (Talk, saved), `before` and `after` (State), `by` (User or None), `at` (datetime).
"""

from django.dispatch import Signal

state_changed = Signal()
