"""The way of svn2ical in Python 3, written anew from what is known of its behaviour, for comparisons.

The whole log goes into a file, the whole file into a tree, the whole calendar into memory, and that into a file at once.

    svn2ical-way.py URL OUTPUT [AUTHOR...]
"""

import datetime
import os
import random
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree

import icalendar

SLOT = datetime.timedelta(minutes=5)


def commit_event(entry):
    revision = entry.get("revision")
    author = entry.findtext("author")
    message = entry.find("msg")
    text = None if message is None else message.text
    date = entry.findtext("date")[:19]
    end = datetime.datetime.strptime(date, "%Y-%m-%dT%H:%M:%S").replace(tzinfo=datetime.timezone.utc)
    event = icalendar.Event()
    event.add("summary", "SVN REV %s" % revision)
    event.add("description", "%s:\n\n%s" % (author, text))
    event.add("dtstart", end - SLOT)
    event.add("dtend", end)
    event.add("dtstamp", end - SLOT)
    event.add("priority", 5)
    event["uid"] = "%s-%s-%s-%s@example.org" % (revision, end.isoformat(), author, random.random())
    return event


def main(url, output, authors):
    handle, log = tempfile.mkstemp(suffix=".xml")
    with os.fdopen(handle, "wb") as file:
        subprocess.run(["svn", "log", "--xml", "-r0:HEAD", "--non-interactive", "--", url], stdout=file, check=True)
    try:
        tree = ElementTree.parse(log)
    finally:
        os.remove(log)
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//SVN2ICAL//kev.coolcavemen.com//")
    calendar.add("version", "2.0")
    for entry in tree.getroot().findall("logentry"):
        if not authors or entry.findtext("author") in authors:
            calendar.add_component(commit_event(entry))
    with open(output, "wb") as file:
        file.write(calendar.to_ical())


main(sys.argv[1], sys.argv[2], sys.argv[3:])
