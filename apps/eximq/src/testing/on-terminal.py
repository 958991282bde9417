"""Runs a program on a terminal of 24 rows and 80 columns.

Usage: on-terminal.py JSON PROGRAM ARGUMENT...
JSON is a list of [text to wait for, text to type] pairs. What the program writes is printed, and its exit status is ours.
"""
import fcntl
import json
import os
import pty
import select
import struct
import sys
import termios
import time

steps = json.loads(sys.argv[1])
pid, terminal = pty.fork()
if pid == 0:
    os.execvp(sys.argv[2], sys.argv[2:])
fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
seen = b""
end = time.monotonic() + 20
while time.monotonic() < end:
    if steps and steps[0][0].encode() in seen:
        os.write(terminal, steps.pop(0)[1].encode())
    if not select.select([terminal], [], [], 0.02)[0]:
        continue
    try:
        block = os.read(terminal, 65536)
    except OSError:
        break
    if not block:
        break
    seen += block
else:
    os.kill(pid, 9)
sys.stdout.buffer.write(seen)
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) & 255)
