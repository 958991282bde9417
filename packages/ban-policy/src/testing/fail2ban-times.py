"""Lets fail2ban's own failure and ban managers count and ban: when, with which end, and what was over at once."""
import json
import sys

from fail2ban.server.banmanager import BanManager
from fail2ban.server.failmanager import FailManager, FailManagerEmpty
from fail2ban.server.mytime import MyTime
from fail2ban.server.ticket import BanTicket, FailTicket


def run(rules, times):
    fails, bans, answers = FailManager(), BanManager(), []
    fails.setMaxRetry(rules['maxretry'])
    fails.setMaxTime(rules['findtime'])
    bans.setBanTime(rules['bantime'])
    for now in times:
        # A line is read after the second in which it was written began.
        MyTime.setTime(now + 0.25)
        bans.unBanList(now + 0.25)
        fails.addFailure(FailTicket('203.0.113.1', now))
        try:
            ticket = BanTicket.wrap(fails.toBan())
        except FailManagerEmpty:
            continue
        reason = {}
        banned = bans.addBanTicket(ticket, reason=reason)
        kind = 'ban' if banned else 'expired' if 'expired' in reason else 'already-banned'
        answers.append([kind, now])
    return answers


print(json.dumps([run(one['rules'], one['times']) for one in json.load(sys.stdin)]))
