"""Reads a calendar with python-icalendar. Usage: read-icalendar.py FILE; prints {"errors": 0, "events": [...]}."""
import json
import sys

from icalendar import Calendar

calendar = Calendar.from_ical(open(sys.argv[1], "rb").read())


def text(event, name):
    return str(event[name]) if name in event else None


def time(event, name):
    return event[name].dt.strftime("%Y%m%dT%H%M%SZ").rjust(16, "0") if name in event else None


events = [
    {
        "uid": text(event, "UID"),
        "summary": text(event, "SUMMARY"),
        "description": text(event, "DESCRIPTION"),
        "start": time(event, "DTSTART"),
        "end": time(event, "DTEND"),
        "url": text(event, "URL"),
    }
    for event in calendar.walk("VEVENT")
]
json.dump({"errors": len(calendar.errors), "events": events}, sys.stdout)
