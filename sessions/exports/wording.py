"""The words that all exported files share, and text made safe to be written into any of them."""

from datetime import date, datetime

from sessions.domain.programme import Programme
from sessions.domain.published import PublishedMeeting, PublishedSession, PublishedSlot
from submissions.domain.abstracts import plain_text
from submissions.domain.abstracts.characters import clean
from submissions.domain.talk import Person


def one_line(text: str) -> str:
    """No line ends, no control characters, no half characters."""
    return " ".join(clean(text).split())


def slot_title(slot: PublishedSlot) -> str:
    """What stands in the programme, without marks; formulas as a person would type them."""
    if slot.talk:
        return one_line(plain_text(slot.talk.title)) + withdrawn_mark(slot)
    return own_title(slot)


def own_title(slot: PublishedSlot) -> str:
    """The title of a slot without a talk."""
    if slot.is_to_be_announced:
        return "To be announced"
    return one_line(slot.title) or slot.kind.value.capitalize()


def withdrawn_mark(slot: PublishedSlot) -> str:
    return " (withdrawn)" if slot.talk and slot.talk.is_withdrawn else ""


def speakers(slot: PublishedSlot) -> tuple[Person, ...]:
    """Who stands in front: the presenting authors, or who leads an introduction or discussion."""
    if slot.talk:
        return slot.talk.presenters
    return (slot.led_by,) if slot.led_by else ()


def names(people: tuple[Person, ...]) -> str:
    return ", ".join(one_line(person.name) for person in people)


def on_behalf(slot: PublishedSlot) -> str:
    """What stands after the authors: "for the Euclid Consortium", or ""."""
    collaboration = one_line(slot.talk.collaboration) if slot.talk else ""
    return f"for the {collaboration}" if collaboration else ""


def session_title(session: PublishedSession) -> str:
    return f"{session.number}. {one_line(session.theme)}"


def place(session: PublishedSession, meeting: PublishedMeeting) -> str:
    """Room, venue and city, as far as they are known."""
    return ", ".join(filter(None, map(one_line, (session.room, meeting.venue, meeting.place))))


def day(at: date) -> str:
    """7 June 2027."""
    return f"{at.day} {at:%B %Y}"


def dates(first: date, last: date) -> str:
    """7–8 June 2027, with no more than what differs said twice."""
    shown = [f"{first.day}", f"{first:%B}", f"{first:%Y}"]
    end = [f"{last.day}", f"{last:%B}", f"{last:%Y}"]
    while shown and shown[-1] == end[len(shown) - 1]:
        shown.pop()
    if not shown:
        return day(last)
    return f"{' '.join(shown)}{'–' if len(shown) == 1 else ' – '}{day(last)}"


def zone_abbreviation(at: datetime) -> str:
    """CEST; zones without an abbreviation of their own by their offset, as UTC+0545."""
    abbreviation = at.tzname() or "UTC"
    return abbreviation if abbreviation[0].isalpha() else f"UTC{abbreviation}"


def description(programme: Programme) -> str:
    """Dates, place and zone in a sentence or two, for the head of a file."""
    meeting = programme.meeting
    where = ", ".join(filter(None, map(one_line, (meeting.venue, meeting.place))))
    when = dates(meeting.starts_on, meeting.ends_on)
    return (
        f"{when}{', ' if where else ''}{where}. All times are in the zone {meeting.time_zone}. "
        f"Release {programme.number} of the programme, {day(programme.published_at)}."
    )
