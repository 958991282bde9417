import { askPython } from '../../../../../tools/testing/python.ts';

/** A ban as fail2ban is to write it. Seconds; negative lengths are for ever. */
export interface WrittenBan {
  readonly jail: string;
  readonly id: string;
  readonly time: number;
  readonly length: number;
  readonly count?: number;
  readonly failures?: number;
  readonly matches?: readonly unknown[];
  /** Further groups of the failure. */
  readonly data?: Readonly<Record<string, unknown>>;
}

// fail2ban's own classes write the file.
const program = `
from fail2ban.server.database import Fail2BanDb
from fail2ban.server.ticket import BanTicket
import sqlite3
question = json.load(sys.stdin)
class Actions:
    def getBanTime(self): return 600
class Jail:
    def __init__(self, name): self.name = name; self.actions = Actions()
db = Fail2BanDb(question['file'], purgeAge=10**10)
jails = {}
for ban in question['bans']:
    if ban['jail'] not in jails:
        jails[ban['jail']] = Jail(ban['jail']); db.addJail(jails[ban['jail']])
    ticket = BanTicket(ban['id'], ban['time'], ban.get('matches', []))
    ticket.setAttempt(ban.get('failures', 3)); ticket.setBanTime(ban['length']); ticket.setBanCount(ban.get('count', 1))
    ticket.setData(**ban.get('data', {}))
    db.addBan(jails[ban['jail']], ticket)
db.close()
connection = sqlite3.connect(question['file'])
for statement in question['sql']: connection.execute(statement)
connection.commit()
json.dump(None, sys.stdout)
sys.stdout.flush()
if question['isLeftOpen']:
    import os; os._exit(0)
`;

/**
 * Makes a database by the installed fail2ban.
 *
 * @param sql run afterwards, for what fail2ban does not write today
 * @param isLeftOpen end without closing, as a process that is killed
 */
export function makeDatabase(
  file: string,
  bans: readonly WrittenBan[],
  sql: readonly string[] = [],
  isLeftOpen = false,
): void {
  askPython(program, { file, bans, sql, isLeftOpen });
}
