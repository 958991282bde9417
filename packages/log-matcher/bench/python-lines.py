"""Counts the lines of a file that one of some patterns matches, trying one after the other as fail2ban does.

usage: python-lines.py FILE PATTERNS, the latter a JSON array
"""
import json
import re
import sys

with open(sys.argv[2], encoding="utf-8") as file:
    patterns = [re.compile(pattern) for pattern in json.load(file)]
count = 0
groups = 0
with open(sys.argv[1], encoding="utf-8", errors="replace", newline="\n") as lines:
    for line in lines:
        for pattern in patterns:
            match = pattern.search(line)
            if match is not None:
                count += 1
                groups += len(match.groupdict())
                break
print(count)
