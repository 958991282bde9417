import { corpusLines } from '../../../../../tools/testing/fail2ban-corpus.ts';
import { random } from './random.ts';

interface CorpusRow {
  readonly id: string;
  readonly filter: string;
  readonly config: string;
  readonly line: string;
  readonly options: Readonly<Record<string, string>>;
}

const noise = [
  'Nov 23 10:00:01 host CRON[811]: (root) CMD (run-parts /etc/cron.hourly)',
  'Nov 23 10:00:02 host systemd[1]: Started Session 5 of user root.',
  'Nov  3 10:00:02 host sudo: pam_unix(sudo:session): session opened for user root(uid=0) by (uid=1000)',
  '2026-11-23T10:00:03.123456+01:00 host kernel: [ 12.345678] eth0: link up',
  '192.0.2.7 - - [23/Nov/2026:10:00:04 +0100] "GET / HTTP/1.1" 200 512 "-" "Mozilla/5.0"',
  '2001:db8::7 - alice [23/Nov/2026:10:00:04 +0100] "POST /a HTTP/1.1" 302 5 "http://x/" "curl/8.0"',
  '    at java.lang.Thread.run(Thread.java:750)',
  'no date in this line, and nobody either',
  '1795428000.123 something counted in seconds',
  'Nov 31 10:00:00 host app: a day that is not',
  'Ünïcode: 23 Nov 2026 日本語 from 192.0.2.8',
  '# a comment',
  '',
  'Nov 23 10:00:05 host app: ends with a carriage return\r',
  'Nov 23 10:00:06',
];

let read: readonly CorpusRow[] | undefined;

function rows(): readonly CorpusRow[] {
  read ??= corpusLines<CorpusRow>('cases.jsonl');
  return read;
}

/** Names of the filters that fail2ban ships. */
export const stockFilters = (): readonly string[] => [
  ...new Set(
    rows()
      .filter(({ config }) => config === 'stock')
      .map(({ filter }) => filter),
  ),
];

/** The stock filters with the options that fail2ban's own tests give them. */
export function stockInstances(): readonly { readonly filter: string; readonly spec: string }[] {
  const specs = rows()
    .filter(({ config, options }) => config === 'stock' && Object.keys(options).length > 0)
    .map(({ filter, options }): [string, string] => {
      const list = Object.entries(options).map(([name, value]) => `${name}="${value}"`);
      return [`${filter}[${list.join(', ')}]`, filter];
    });
  return [...new Map(specs)].map(([spec, filter]) => ({ filter, spec }));
}

/**
 * A log made for a filter: its sample lines over and over and in any order, some of other filters, and such as any log has.
 *
 * @param without ids of sample lines that are left out
 */
export function sampleLog(filter: string, lineCount: number, without: ReadonlySet<string>): string {
  const dice = random(filter);
  const all = rows().filter(({ id }) => !without.has(id));
  const barred = new Set(
    rows()
      .filter(({ id }) => without.has(id))
      .map(({ line }) => line),
  );
  const own = all.filter((row) => row.filter === filter && !barred.has(row.line));
  const others = all.filter((row) => row.filter !== filter && !barred.has(row.line));
  const pick = <T>(from: readonly T[]): T => from[Math.floor(dice() * from.length)] as T;
  const lines: string[] = [];
  while (lines.length < lineCount) {
    const kind = dice();
    if (kind < 0.25) {
      const start = Math.floor(dice() * own.length);
      lines.push(...own.slice(start, start + 6).map(({ line }) => line));
    } else if (kind < 0.45) lines.push(pick(own).line);
    else lines.push(kind < 0.6 ? pick(others).line : pick(noise));
  }
  return `${lines.join('\n')}\n`;
}
