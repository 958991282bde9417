import { loadFilterConfig } from '@sluice/fail2ban-config/loader';
import { compileFilter } from '@sluice/fail2ban-filter';
import fc from 'fast-check';
import { casesNowMs, ownCases } from '../testing/own-cases.ts';
import { defaultsDir } from './defaults-dir.ts';

/** Who sends the text, and whom the text names. */
const sender = '192.0.2.17';
const victim = '203.0.113.66';

/** Both web servers write a quote and a backslash that a client sends so that they can be told from their own. */
const escaped = (text: string): string => text.replaceAll('\\', '\\x5C').replaceAll('"', '\\x22');
const oneWord = (text: string): string => text.replace(/[\s()[\]]/g, '');

const syslog = 'Nov 23 10:00:00 mx1 ';
const access = (user: string, request: string, referrer: string, agent: string, status = 404): string =>
  `${sender} - ${escaped(user)} [23/Nov/2026:10:00:00 +0000] "${escaped(request)}" ${status} 9 "${escaped(referrer)}" "${escaped(agent)}"`;

type Line = (text: string) => string;

const webLines: readonly Line[] = [
  (text) => access(text, 'GET / HTTP/1.1', '-', '-'),
  (text) => access('x', `GET /${text} HTTP/1.1`, '-', '-'),
  (text) => access('x', text, '-', '-', 400),
  (text) => access('x', 'GET / HTTP/1.1', text, text, 200),
  (text) => access(text, `GET /${text}`, text, text),
];

/** Lines as the servers write them, with a text that a client has chosen. */
const lines: Readonly<Record<string, readonly Line[]>> = {
  sshd: [
    (text) => `${syslog}sshd[7]: Failed password for invalid user ${text} from ${sender} port 22 ssh2`,
    (text) => `${syslog}sshd[7]: Invalid user ${text} from ${sender} port 22`,
    (text) => `${syslog}sshd[7]: User ${text} from ${sender} not allowed because not listed in AllowUsers`,
    (text) => `${syslog}sshd[7]: Invalid user ${text} from client.example port 22`,
    (text) => `${syslog}sshd[7]: Accepted password for ${text} from ${sender} port 22 ssh2`,
    (text) => `${syslog}su[7]: FAILED SU (to ${text}) on pts/0`,
  ],
  'nginx-auth': [
    (text) =>
      `2026/11/23 10:00:00 [error] 1#1: *7 user "${text}": password mismatch, client: ${sender}, server: s, request: "GET / HTTP/1.1", host: "h"`,
    (text) =>
      `2026/11/23 10:00:00 [error] 1#1: *7 user "x": password mismatch, client: ${sender}, server: s, request: "GET /${text} HTTP/1.1", host: "${text}"`,
    (text) =>
      `2026/11/23 10:00:00 [error] 1#1: *7 open() "/srv/${text}" failed (2: No such file or directory), client: ${sender}, server: s, request: "GET /${text}", host: "h"`,
  ],
  'apache-auth': [
    (text) =>
      `[Mon Nov 23 10:00:00.123456 2026] [auth_basic:error] [pid 7] [client ${sender}:5022] AH01618: user ${text} not found: /${text}`,
    (text) => `[Mon Nov 23 10:00:00.123456 2026] [core:error] [pid 7] [client ${sender}:5022] AH00127: ${text}`,
  ],
  'web-probes': webLines,
  'web-badbots': webLines,
  e107: webLines,
  'postfix-auth': [
    (text) =>
      `${syslog}postfix/smtpd[7]: warning: unknown[${sender}]: SASL LOGIN authentication failed: x, sasl_username=${text}`,
    (text) => `${syslog}postfix/cleanup[7]: 4F: warning: header Subject: ${text} from unknown[${sender}]`,
  ],
  'postfix-reject': [
    (text) =>
      `${syslog}postfix/smtpd[7]: NOQUEUE: reject: RCPT from unknown[${sender}]: 554 5.7.1 <${text}>: Relay access denied; from=<${text}> to=<${text}> proto=ESMTP helo=<${text}>`,
    (text) =>
      `${syslog}postfix/smtpd[7]: NOQUEUE: reject: RCPT from unknown[${sender}]: 450 4.7.1 <${text}>: later; from=<${text}> helo=<${text}>`,
  ],
  dovecot: [
    (text) =>
      `${syslog}dovecot: imap-login: Disconnected: Connection closed (auth failed, 1 attempts in 2 secs): user=<${text}>, method=PLAIN, rip=${sender}, lip=198.51.100.1, TLS, session=<a>`,
    (text) =>
      `${syslog}dovecot: imap-login: Login: user=<${text}>, method=PLAIN, rip=${sender}, lip=198.51.100.1, session=<a>`,
  ],
  exim: [
    (text) =>
      `2026-11-23 10:00:00 login authenticator failed for (${oneWord(text)}) [${sender}]: 535 Incorrect authentication data (set_id=${text})`,
    (text) =>
      `2026-11-23 10:00:00 login authenticator failed for (${text}) [${sender}]: 535 Incorrect authentication data (set_id=x)`,
    (text) => `2026-11-23 10:00:00 H=(${text}) [${sender}] F=<a@b> rejected RCPT <${text}>: relay not permitted`,
    (text) => `2026-11-23 10:00:00 1tFx-0-A <= a@b H=(${text}) [${sender}] P=esmtp S=1 T="${text}"`,
  ],
  recidive: [
    (text) => `2026-11-23 10:00:00,685 fail2ban.actions        [7]: NOTICE  [sshd] Ban ${text.trim()} ${sender}`,
    (text) => `2026-11-23 10:00:00,685 fail2ban.utils          [7]: ERROR   7f -- stderr: '${text}'`,
  ],
};

interface Pieces {
  readonly words: readonly string[];
  /** What may stand right before an address, and right behind. */
  readonly heads: readonly string[];
  readonly tails: readonly string[];
}

const boundary = /(?<=[\s"<>()[\]:,=])/;

/** Pieces of the lines that a filter looks for. */
function piecesOf(filter: string): Pieces {
  const texts = (ownCases().get(filter) ?? []).filter(({ match, lines: all }) => match && (all[0]?.length ?? 0) < 400);
  const words = new Set<string>();
  const heads = new Set<string>();
  const tails = new Set<string>();
  for (const { lines: all, host } of texts) {
    const text = all.at(-1) ?? '';
    const at = text.indexOf(host ?? '');
    const [before, behind] = [text.slice(0, at), text.slice(at + (host ?? '').length)];
    const [head, tail] = [before.split(boundary), behind.split(boundary)];
    for (const word of [...head, ...tail]) words.add(word);
    head.forEach((_, index) => {
      heads.add(head.slice(index).join(''));
    });
    tail.forEach((_, index) => {
      tails.add(tail.slice(0, index + 1).join(''));
    });
  }
  return { words: [...words, '"', '\\', '>', ')', ']', ' '], heads: [...heads, ''], tails: [...tails, ''] };
}

/** Texts that look like the line which the filter waits for, with the victim in the place of the sender. */
function hostileText(filter: string): fc.Arbitrary<string> {
  const { words, heads, tails } = piecesOf(filter);
  const junk = fc.array(fc.constantFrom(...words), { maxLength: 2 }).map((parts) => parts.join(''));
  const parts = [junk, fc.constantFrom(...heads), fc.constant(victim), fc.constantFrom(...tails), junk] as const;
  const one = fc.tuple(...parts).map((all) => all.join(''));
  return fc.oneof(
    { weight: 4, arbitrary: one },
    { weight: 1, arbitrary: fc.tuple(one, one).map((two) => two.join('')) },
  );
}

describe('a text that a client chooses', () => {
  test.each(Object.entries(lines))('names nobody but its sender to %s', (name, templates) => {
    const filter = compileFilter(loadFilterConfig(name, { configDir: defaultsDir() }), {
      useDns: 'no',
      timeZone: 'UTC',
      clock: { nowMs: () => casesNowMs },
    });
    const text = hostileText(name);
    fc.assert(
      fc.property(fc.constantFrom(...templates), text, (template, chosen) => {
        const line = template(chosen);
        expect([line, filter.processLine(line)?.id ?? sender]).toEqual([line, sender]);
      }),
      { numRuns: 5000 },
    );
  });

  test('is tried on every filter', () => {
    expect(Object.keys(lines).toSorted()).toEqual([...ownCases().keys()].toSorted());
  });
});
