import { pythonRepr } from '@sluice/fail2ban-config';
import { cymruStatus } from './cymru-status.ts';
import { usageText } from './help/usage-text.ts';
import { ownVerbs } from './read-arguments.ts';
import { partsOf, sendInParts } from './send-in-parts.ts';
import { execute, isRunning, type Session } from './session.ts';
import { restart, start } from './start.ts';

/** How long a daemon may be busy before it is taken for gone. */
const busyMs = 30_000;

/** Does one command. @returns whether it was done */
export async function runWords(session: Session, words: readonly string[]): Promise<boolean> {
  const [verb = '', ...rest] = words;
  if (verb === 'help' && rest.length === 0) {
    session.io.stdout(usageText());
    return true;
  }
  if (ownVerbs.includes(verb)) {
    session.log.error(`${verb} is the first word, and its options stand behind it: see banwatch ${verb} --help`);
    return false;
  }
  if (verb === 'start' && rest.length === 0) return start(session);
  if (verb === 'restart') return rest.length === 0 ? restart(session) : reload(session, ['--restart', ...rest]);
  if (verb === 'reload') return reload(session, rest);
  if (verb === 'status' && rest.length === 2 && rest[1] === 'cymru') return cymruStatus(session, words);
  const parts = partsOf(words);
  if (parts.length > 1) return sendInParts(session, parts);
  const seconds = verb === 'ping' && rest[0] !== undefined ? Number(rest[0]) : undefined;
  if (Number.isNaN(seconds)) {
    session.log.error(`could not convert string to float: ${pythonRepr(rest[0] ?? '')}`);
    return false;
  }
  return execute(session, words, seconds !== undefined && seconds > 0 ? seconds * 1000 : undefined);
}

async function reload(session: Session, words: readonly string[]): Promise<boolean> {
  const jails = words.filter((word) => !['--restart', '--unban', '--if-exists'].includes(word));
  if (jails.length > 1) {
    session.log.error(`Unexpected argument(s) for reload: ${pythonRepr(jails)}`);
    return false;
  }
  if (await isRunning(session, busyMs)) return execute(session, ['reload', ...words]);
  session.log.error('Could not find server');
  return false;
}
