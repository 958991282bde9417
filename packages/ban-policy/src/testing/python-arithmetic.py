"""What Python, and fail2ban's own code, make of formulas: JSON rows on standard input, answers on standard output."""
import json
import math
import random
import sys

from fail2ban.server.jail import Jail
from fail2ban.server.observer import ObserverThread


def answer(compute):
    try:
        value = compute()
    except Exception as error:
        return {'error': type(error).__name__}
    if isinstance(value, (bool, int)):
        return {'int': str(int(value))} if abs(value) < 1 << 8192 else {'error': 'large'}
    return {'float': repr(value)} if isinstance(value, float) else {'error': type(value).__name__}


def ban_time(options, time, count):
    jail = Jail.__new__(Jail)
    jail._banExtra = {}
    jail._Jail__db = None
    for name, value in options.items():
        jail.setBanTimeExtra(name, value)
    return jail._banExtra['evformula'](ObserverThread.BanTimeIncr(time, count))


class Ban:
    Time = 600
    Count = 3


rows = json.load(sys.stdin)
names = {'ban': Ban, 'banFactor': 1.5, 'math': math, 'random': random}
print(json.dumps([
    answer(lambda: eval(row['text'], dict(names))) if 'text' in row
    else answer(lambda: ban_time(row['options'], row['time'], row['count']))
    for row in rows
]))
