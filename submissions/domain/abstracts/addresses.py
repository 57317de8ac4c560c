"""Which links an abstract may hold, and where an address typed without any mark ends."""

import re

LONGEST_ADDRESS = 2_000

# A dollar ends it: whether a formula begins there must not depend on what stands before.
BARE_ADDRESS = re.compile(r"https?://[^\s$<>\"\\^`{|}\[\]\x00-\x20]+", re.IGNORECASE)

_ADDRESS = re.compile(
    r"https?://[^\s/?#@\\]+(?:[/?#][^\s\\]*)?"
    r"|mailto:[^\s@,?&:/\\]+@[^\s@,?&/\\]+(?:\?[^\s\\]*)?",
    re.IGNORECASE,
)
_AFTER_ADDRESS = frozenset(".,;:!?'*_~")


def is_address(address: str) -> bool:
    """Whether a link may lead there: http or https with a host and no user name, or one mailbox."""
    return len(address) <= LONGEST_ADDRESS and bool(_ADDRESS.fullmatch(address))


def bare_address_at(text: str, start: int) -> str:
    """Return the address typed without any mark at ``start``, without the punctuation after it."""
    match = BARE_ADDRESS.match(text, start, start + LONGEST_ADDRESS + 1)
    if match is None or len(match[0]) > LONGEST_ADDRESS:
        return ""
    address = match[0]
    unpaired = address.count(")") - address.count("(")
    end = len(address)
    while end and (
        address[end - 1] in _AFTER_ADDRESS or (address[end - 1] == ")" and unpaired > 0)
    ):
        unpaired -= address[end - 1] == ")"
        end -= 1
    return address[:end] if is_address(address[:end]) else ""
