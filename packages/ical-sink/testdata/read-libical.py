"""Reads a calendar with libical, through ctypes. Usage: read-libical.py FILE; prints {"errors": n, "events": [...]}."""
import ctypes
import ctypes.util
import json
import sys

ical = ctypes.CDLL(ctypes.util.find_library("ical") or "libical.so.3")
text, pointer = ctypes.c_char_p, ctypes.c_void_p
for name, result, arguments in [
    ("icalparser_parse_string", pointer, [text]),
    ("icalcomponent_count_errors", ctypes.c_int, [pointer]),
    ("icalcomponent_string_to_kind", ctypes.c_int, [text]),
    ("icalproperty_string_to_kind", ctypes.c_int, [text]),
    ("icalcomponent_get_first_component", pointer, [pointer, ctypes.c_int]),
    ("icalcomponent_get_next_component", pointer, [pointer, ctypes.c_int]),
    ("icalcomponent_get_first_property", pointer, [pointer, ctypes.c_int]),
    ("icalproperty_get_value_as_string", text, [pointer]),
    ("icalcomponent_get_uid", text, [pointer]),
    ("icalcomponent_get_summary", text, [pointer]),
    ("icalcomponent_get_description", text, [pointer]),
]:
    function = getattr(ical, name)
    function.restype, function.argtypes = result, arguments

vevent = ical.icalcomponent_string_to_kind(b"VEVENT")
calendar = ical.icalparser_parse_string(open(sys.argv[1], "rb").read())


def value(event, name):
    found = ical.icalcomponent_get_first_property(event, ical.icalproperty_string_to_kind(name))
    return ical.icalproperty_get_value_as_string(found).decode() if found else None


def decoded(raw):
    return None if raw is None else raw.decode()


events = []
event = ical.icalcomponent_get_first_component(calendar, vevent)
while event:
    events.append(
        {
            "uid": decoded(ical.icalcomponent_get_uid(event)),
            "summary": decoded(ical.icalcomponent_get_summary(event)),
            "description": decoded(ical.icalcomponent_get_description(event)),
            "start": value(event, b"DTSTART"),
            "end": value(event, b"DTEND"),
            "url": value(event, b"URL"),
        }
    )
    event = ical.icalcomponent_get_next_component(calendar, vevent)
json.dump({"errors": ical.icalcomponent_count_errors(calendar), "events": events}, sys.stdout)
