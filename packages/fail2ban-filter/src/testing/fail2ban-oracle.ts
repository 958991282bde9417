import { type Need, pythonModule } from '../../../../tools/testing/describe-with.ts';
import { askPython } from '../../../../tools/testing/python.ts';
import { corpusNowMs } from './corpus-time.ts';

/** The real fail2ban, as Debian packages it. */
export const fail2ban: Need = pythonModule('fail2ban', 'fail2ban');

/** A filter and the lines that it is asked about, one after the other. */
export interface FilterQuestion {
  readonly failRegex: readonly string[];
  readonly ignoreRegex: readonly string[];
  readonly prefRegex?: string | undefined;
  readonly datePattern?: string | undefined;
  readonly logTimezone?: string | undefined;
  readonly maxLines: number;
  readonly useDns: 'yes' | 'no' | 'raw';
  readonly lines: readonly string[];
  /** How times are judged: not at all, as of a log read for the first time, or of one being written. */
  readonly mode: 'test' | 'restore' | 'live';
}

/** One failure; several have equal fields but the id when a host name has several addresses. */
export interface FilterAnswer {
  readonly pattern: number;
  readonly id: string;
  /** Seconds; null where fail2ban has none. */
  readonly time: number | null;
  readonly groups: Readonly<Record<string, string>>;
}

/** The address that a host name has in this world: of `….example` only. */
export const addressOfName = (name: string): string | undefined =>
  /^[\w.-]+\.example$/.test(name) ? `198.51.100.${name.length}` : undefined;

/**
 * Asks fail2ban's own filter, in the zone and at the time of its golden data, but with the `<IP6>` of fail2ban 1.1.
 * Groups are told apart from what fail2ban keeps beside them by their type.
 */
const program = String.raw`
import logging, os, re, time, datetime
os.environ['TZ'] = 'CET-01CEST-02,M3.5.0,M10.5.0'; time.tzset()
logging.disable(logging.CRITICAL)
from fail2ban.server import ipdns
ipdns.IPAddr.IP_6_RE = r"(?:[0-9a-fA-F]{1,4}::?|:){1,7}(?:[0-9a-fA-F]{1,4}|(?<=:):)"
from fail2ban.server.mytime import MyTime
from fail2ban.server.filter import Filter
def resolve(name):
  if re.fullmatch(r'[\w.-]+\.example', name, re.A): return {ipdns.IPAddr('198.51.100.%d' % len(name))}
  return set()
ipdns.DNSUtils.dnsToIp = staticmethod(resolve)
question = json.load(sys.stdin)
MyTime.setTime(question['now'])
def answer(q):
  f = Filter(None, useDns=q['useDns'])
  f.checkFindTime = q['mode'] != 'test'
  f.inOperation = q['mode'] == 'live'
  if q.get('logTimezone'): f.setLogTimeZone(q['logTimezone'])
  if q.get('datePattern'): f.setDatePattern(q['datePattern'])
  f.setMaxLines(q['maxLines'])
  if q.get('prefRegex'): f.prefRegex = q['prefRegex']
  for r in q['failRegex']: f.addFailRegex(r)
  for r in q['ignoreRegex']: f.addIgnoreRegex(r)
  answers = []
  for line in q['lines']:
    try:
      found = []
      for index, fid, date, fail in f.processLine(line):
        if date is not None and f.checkFindTime and date > MyTime.time(): date = MyTime.time()
        groups = {k: str(v) for k, v in fail.items() if isinstance(v, (str, tuple))}
        found.append({'pattern': index, 'id': str(fid), 'time': date, 'groups': groups})
      answers.append(found)
    except Exception as e:
      answers.append(repr(e))
  return answers
json.dump([answer(q) for q in question['filters']], sys.stdout)
`;

/** For each filter and line fail2ban's failures, or the exception that the line was lost to. */
export const askFail2ban = (filters: readonly FilterQuestion[]): readonly (readonly (FilterAnswer[] | string)[])[] =>
  askPython(program, { now: corpusNowMs / 1000, filters });
