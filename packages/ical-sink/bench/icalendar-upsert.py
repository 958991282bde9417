"""Changes events of a calendar with python-icalendar. Usage: icalendar-upsert.py CALENDAR CHANGES.json"""
import json
import os
import sys

from icalendar import Calendar

path, changes = sys.argv[1:]
titles = {change["uid"]: change["title"] for change in json.load(open(changes, encoding="utf-8"))}
with open(path, "rb") as file:
    calendar = Calendar.from_ical(file.read())
for event in calendar.walk("VEVENT"):
    title = titles.get(str(event["UID"]))
    if title is not None:
        event["SUMMARY"] = event["SUMMARY"].__class__(title)
with open(path + ".new", "wb") as file:
    file.write(calendar.to_ical())
    file.flush()
    os.fsync(file.fileno())
os.rename(path + ".new", path)
