"""The way of maildir2ical in Python 3, written anew from what is known of its behaviour, for comparisons.

Where it was wrong, this is right: the zone of a date counts, and a mail that lacks a header is no end of the run.

    maildir2ical-way.py MAILDIR OUTPUT ADDRESS EXCLUDED_IP [confidential]
"""

import datetime
import email.header
import email.utils
import mailbox
import sys

import icalendar

SLOT = datetime.timedelta(minutes=5)


def decoded(header):
    parts = []
    for part, charset in email.header.decode_header(header or ""):
        parts.append(part if isinstance(part, str) else part.decode(charset or "utf-8", "replace"))
    return "".join(parts)


def body(message):
    texts = []
    for part in message.walk():
        if part.get_content_type() == "text/plain":
            texts.append(part.get_payload(decode=True).decode(part.get_content_charset() or "utf-8", "replace"))
    return "".join(texts)


def mail_event(message, confidential):
    end = email.utils.parsedate_to_datetime(message["Date"]).astimezone(datetime.timezone.utc)
    author = decoded(message["From"])
    recipient = "XXXX XXXXXXXXX <xxxx@xxxx.xxx>" if confidential else decoded(message["To"])
    subject = "Mail" if confidential else decoded(message["Subject"]).replace("\t", " ").replace("\n", "")
    text = "From: %s\nTo: %s\n\n%s" % (author, recipient, "" if confidential else body(message))
    event = icalendar.Event()
    event.add("summary", subject)
    event.add("description", text)
    event.add("dtstart", end - SLOT)
    event.add("dtend", end)
    event.add("dtstamp", end - SLOT)
    event.add("priority", 5)
    event["uid"] = message["Message-Id"]
    return event


def folders(maildir):
    yield maildir
    for name in maildir.list_folders():
        yield from folders(maildir.get_folder(name))


def main(directory, output, address, excluded, confidential):
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//MAILDIR2ICAL//kev.coolcavemen.com//")
    calendar.add("version", "2.0")
    for folder in folders(mailbox.Maildir(directory, factory=None)):
        for message in folder:
            is_test_report = any(excluded in received for received in message.get_all("Received", []))
            if address in decoded(message["From"]) and not is_test_report:
                calendar.add_component(mail_event(message, confidential))
    with open(output, "wb") as file:
        file.write(calendar.to_ical())


main(sys.argv[1], sys.argv[2], sys.argv[3], sys.argv[4], sys.argv[5:] == ["confidential"])
