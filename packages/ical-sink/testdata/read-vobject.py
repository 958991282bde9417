"""Reads a calendar with vobject. Usage: read-vobject.py FILE; prints {"errors": 0, "events": [...]}."""
import json
import sys

import vobject

calendar = vobject.readOne(open(sys.argv[1], encoding="utf-8", newline="").read())


def text(event, name):
    found = event.contents.get(name)
    return found[0].value if found else None


def time(event, name):
    value = text(event, name)
    return None if value is None else value.strftime("%Y%m%dT%H%M%SZ").rjust(16, "0")


events = [
    {
        "uid": text(event, "uid"),
        "summary": text(event, "summary"),
        "description": text(event, "description"),
        "start": time(event, "dtstart"),
        "end": time(event, "dtend"),
        "url": text(event, "url"),
    }
    for event in calendar.contents.get("vevent", [])
]
json.dump({"errors": 0, "events": events}, sys.stdout)
