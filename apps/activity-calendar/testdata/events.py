"""The events of a calendar as JSON, in the order of their uids, as another reader understands them: events.py FILE..."""

import json
import sys

import vobject


def text(event, name):
    return getattr(event, name).value if hasattr(event, name) else None


def described(event):
    start = event.dtstart.value
    return {
        "uid": event.uid.value,
        "start": start.timestamp(),
        "end": event.dtend.value.timestamp() if hasattr(event, "dtend") else None,
        "summary": text(event, "summary"),
        "description": text(event, "description"),
        "categories": text(event, "categories"),
        "url": text(event, "url"),
    }


events = []
for path in sys.argv[1:]:
    with open(path, encoding="utf-8", newline="") as file:
        for calendar in vobject.readComponents(file.read()):
            events += [described(event) for event in getattr(calendar, "vevent_list", [])]
events.sort(key=lambda event: (event["start"], event["uid"]))
json.dump(events, sys.stdout)
