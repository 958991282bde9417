"""Searches as Python's re does: reads a JSON array of [pattern, flags, subject] and writes one result per row.

A result is null (no match), [[start, end] or null per group] in UTF-16 units, {"error": text} when the pattern is
refused, {"timeout": true}, or {"fault": text} where re finds that it has gone wrong itself.
"""
import json
import re
import signal
import sys
import warnings

warnings.simplefilter("ignore")


class Timeout(Exception):
    pass


def on_alarm(_signal, _frame):
    raise Timeout


signal.signal(signal.SIGALRM, on_alarm)
seconds = float(sys.argv[1])
compiled = {}


def compile_pattern(pattern, flags):
    key = (pattern, flags)
    if key not in compiled:
        number = 0
        for letter in flags:
            number |= getattr(re, letter.upper())
        try:
            compiled[key] = re.compile(pattern, number)
        except (re.error, ValueError, OverflowError, RecursionError) as error:
            compiled[key] = str(error)
    return compiled[key]


def search(pattern, flags, subject):
    regex = compile_pattern(pattern, flags)
    if isinstance(regex, str):
        return {"error": regex}
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        match = regex.search(subject)
    except Timeout:
        return {"timeout": True}
    except SystemError as error:
        # "The span of capturing group is wrong, please report a bug for the re module."
        return {"fault": str(error)}
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    if match is None:
        return None
    if subject.isascii():
        spans = [match.span(group) for group in range(regex.groups + 1)]
    else:
        unit = [0]
        for char in subject:
            unit.append(unit[-1] + (2 if ord(char) > 0xFFFF else 1))
        spans = [
            (-1, -1) if match.start(group) < 0 else (unit[match.start(group)], unit[match.end(group)])
            for group in range(regex.groups + 1)
        ]
    return [None if start < 0 else [start, end] for start, end in spans]


json.dump([search(*row) for row in json.load(sys.stdin)], sys.stdout)
