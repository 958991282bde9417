"""Lets fail2ban's own counting, ban list, observer and database decide on a sequence of failures in two jails."""
import json
import logging
import sys
from types import SimpleNamespace

from fail2ban.server.banmanager import BanManager
from fail2ban.server.database import Fail2BanDb
from fail2ban.server.failmanager import FailManager
from fail2ban.server.jail import Jail
from fail2ban.server.mytime import MyTime
from fail2ban.server.observer import ObserverThread
from fail2ban.server.ticket import BanTicket, FailTicket

logging.disable(logging.NOTSET)
told = []


class Told(logging.Handler):
    def emit(self, record):
        told.append(record.getMessage())


log = logging.getLogger('fail2ban.observer')
log.handlers = [Told()]
log.setLevel(logging.INFO)
log.propagate = False


class TestJail:
    """The parts of a jail that the observer asks, without its threads."""

    def __init__(self, name, rules, db):
        self.name = name
        self.database = db
        self.extra = Jail.__new__(Jail)
        self.extra._banExtra = {}
        self.extra._Jail__db = db
        for option, value in {'increment': True, 'factor': '1', **rules['extra']}.items():
            self.extra.setBanTimeExtra(option, value)
        self.fails = FailManager()
        self.fails.setMaxRetry(rules['maxretry'])
        self.fails.setMaxTime(rules['findtime'])
        self.bans = BanManager()
        self.bans.setBanTime(rules['bantime'])
        self.filter = SimpleNamespace(failManager=self.fails, performBan=self.perform)
        self.actions = SimpleNamespace(getBanTime=self.bans.getBanTime)
        self.queue = []
        db.addJail(self)

    def isAlive(self):
        return True

    def getBanTimeExtra(self, option=None):
        return self.extra.getBanTimeExtra(option)

    def perform(self, ip=None):
        try:
            self.queue.append(self.fails.toBan(ip))
        except Exception:
            pass

    def decide(self, observer):
        decisions = []
        for ticket in self.queue:
            banned, reason = BanTicket.wrap(ticket), {}
            if self.bans.addBanTicket(banned, reason=reason):
                observer.banFound(banned, self, ticket.getBanTime(self.bans.getBanTime()))
                decisions.append(['ban', str(banned.getID()), banned.getTime(),
                                  banned.getEndOfBanTime(self.bans.getBanTime()), banned.getBanCount()])
            else:
                old = reason['ticket']
                decisions.append(['already-banned', str(old.getID()), ticket.getTime(),
                                  old.getEndOfBanTime(self.bans.getBanTime()), 0])
        self.queue = []
        return decisions


def run(rules, steps):
    db = Fail2BanDb(':memory:')
    observer = ObserverThread()
    observer.add_timer = lambda *_: None
    jails = [TestJail(name, rules, db) for name in ('first', 'second')]
    answers = []
    for step in steps:
        jail, now, ip = jails[step['jail']], step['t'], step['ip']
        MyTime.setTime(now)
        del told[:]
        # A ban that ends now is over, as is what failed last so long ago.
        for one in jails:
            one.bans.unBanList(now + 0.25)
            one.fails.cleanup(now)
        if step['op'] == 'unban':
            db.delBan(jail, ip)
            jail.bans.getTicketByID(ip)
            # fail2ban goes on numbering from failures that were found bad before the ban was forgotten.
            for ticket in jail.fails._FailManager__failList.values():
                if str(ticket.getID()) == ip:
                    ticket.setBanCount(0, True)
            answers.append({'decisions': [], 'bad': []})
            continue
        ticket = FailTicket(ip, now, data={'matches': ['line']})
        if jail.fails.addFailure(ticket) >= jail.fails.getMaxRetry():
            jail.perform(ip)
        observer.failureFound(jail, ticket)
        decisions = jail.decide(observer)
        answers.append({
            'decisions': decisions,
            'bad': [text.split(' - ', 1)[1].split(', ', 1)[1] for text in told if ', bad - ' in text],
        })
    return answers


print(json.dumps([run(one['rules'], one['steps']) for one in json.load(sys.stdin)]))
