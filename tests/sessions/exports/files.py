"""What the tests of exported files share."""

from sessions.exports.addresses import Addresses

ADDRESSES = Addresses(
    programme="https://example.org/sky/programme/",
    calendar="https://example.org/sky/programme.ics",
    talk=lambda code: f"https://example.org/sky/programme/talks/{code}/",
    session=lambda number: f"https://example.org/sky/programme/sessions/{number}/",
)
