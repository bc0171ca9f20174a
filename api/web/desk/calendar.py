"""Words moments as a calendar that other programs read, with no more than their day and time."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from icalendar import Calendar, Component, Event

from api.reading.agenda import Coming
from domain.language import Language, Text
from eventlog.handler import HOME

_APPOINTMENT, _CONTACT = Text("Afspraak", "Appointment"), Text("Contact", "Contact")
_AGAIN = timedelta(hours=2)
# The rule since 1996; one with the years written out would have to be made anew each year.
_ZONE = b"""BEGIN:VTIMEZONE
TZID:Europe/Amsterdam
BEGIN:DAYLIGHT
DTSTART:19700329T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19701025T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE
"""


def calendar(
    moments: Iterable[Coming], mark: Callable[[str], str], language: Language, now: datetime
) -> bytes:
    """Give the bytes of it; `mark` makes an id that tells nothing out of what a moment is."""
    made = Calendar()
    made.add("version", "2.0")
    made.add("prodid", "-//Samenspoor//Agenda//NL")
    made.add("calscale", "GREGORIAN")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", "Samenspoor")
    made.add("refresh-interval", _AGAIN, parameters={"VALUE": "DURATION"})
    made.add_component(Component.from_ical(_ZONE))
    for each in moments:
        made.add_component(_event(each, mark(each.key), language, now))
    written: bytes = made.to_ical()
    return written


def _event(moment: Coming, uid: str, language: Language, now: datetime) -> Event:
    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", now)
    event.add("class", "PRIVATE")
    event.add("summary", (_APPOINTMENT if moment.appointment else _CONTACT).to(language))
    if moment.at is None:
        event.add("dtstart", moment.on)
        event.add("transp", "TRANSPARENT")
        return event
    event.add("dtstart", datetime.combine(moment.on, moment.at, HOME))
    if moment.minutes is not None:
        event.add("duration", timedelta(minutes=moment.minutes))
    return event
