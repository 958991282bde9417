"""Counts failures with the fail2ban that is installed and prints how long that took.

Usage: fail2ban-counting.py FAILURES bans|counts
FAILURES has one failure a line: ID TIME. "bans" also keeps the list of bans, as the daemon does.
"""
import json
import sys
import time

from fail2ban.server.banmanager import BanManager
from fail2ban.server.failmanager import FailManager
from fail2ban.server.ticket import BanTicket, FailTicket

with open(sys.argv[1]) as lines:
    failures = [(ip, int(when)) for ip, when in (line.split() for line in lines)]

counts = FailManager()
counts.setMaxRetry(5)
counts.setMaxTime(600)
bans = BanManager()
bans.setBanTime(600)
with_bans = sys.argv[2] == 'bans'

wall, cpu = time.perf_counter(), time.process_time()
cleaned = checked = 0
for ip, when in failures:
    if when - cleaned >= 5:
        counts.cleanup(when)
        cleaned = when
    if with_bans and when - checked >= 1:
        bans.unBanList(when)
        checked = when
    if counts.addFailure(FailTicket(ip, when, ['line'])) >= 5:
        ticket = counts.toBan(ip)
        if with_bans:
            bans.addBanTicket(BanTicket.wrap(ticket))
print(json.dumps({'cpuMs': (time.process_time() - cpu) * 1000, 'wallMs': (time.perf_counter() - wall) * 1000}))
