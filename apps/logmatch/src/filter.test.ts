import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describeWith } from '../../../tools/testing/describe-with.ts';
import { corpus, corpusLines } from '../../../tools/testing/fail2ban-corpus.ts';
import { Scene } from './testing/scene.ts';

const examples = fileURLToPath(new URL('../../../examples/fail2ban', import.meta.url));

const access = (host: string, request: string): string =>
  `${host} - - [23/Nov/2026:10:00:00 +0000] "GET ${request} HTTP/1.1" 404 0 "-" "Mozilla/5.0"\n`;

let scene: Scene;
beforeAll(() => {
  scene = new Scene();
  scene.write(
    'access.log',
    access('192.0.2.1', '/contact.php') +
      access('192.0.2.2', '/') +
      access('999.1.1.1', '/config.php') +
      access('2001:db8::7', '/news/help_us.php?x=1'),
  );
});
afterAll(() => scene[Symbol.dispose]());

const e107 = ['--filter', 'apache-e107ddos', '--filter-dir', examples];

describe('--filter', () => {
  test('prints whom failures are counted for, and says what names nobody', () => {
    const { status, out, errors } = scene.logmatch([...e107, 'access.log']);
    expect({ status, out }).toEqual({ status: 0, out: '192.0.2.1\n2001:db8::7\n' });
    expect(errors).toMatch(
      /^logmatch: access\.log: the line at byte \d+ was passed over: "999\.1\.1\.1" is no valid address\n$/,
    );
  });

  test.each<[string[], string]>([
    [['-c'], '2\n'],
    [['-l'], 'access.log\n'],
    [['-q'], ''],
    [['-m1'], '192.0.2.1\n'],
    [['-n', '-H'], 'access.log:1:192.0.2.1\naccess.log:4:2001:db8::7\n'],
    [
      ['--format', '{host} {time} {number} {pattern} {ip6}|'],
      '192.0.2.1 2026-11-23T10:00:00.000Z 1 0 |\n2001:db8::7 2026-11-23T10:00:00.000Z 4 0 2001:db8::7|\n',
    ],
  ])('%j', (args, out) => {
    expect(scene.logmatch([...e107, ...args, 'access.log'])).toMatchObject({ status: 0, out });
  });

  test('--json prints one object a failure', () => {
    const { out } = scene.logmatch([...e107, '--json', 'access.log']);
    const [first, second] = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(first).toMatchObject({
      path: 'access.log',
      offset: 0,
      pattern: 0,
      host: '192.0.2.1',
      time: '2026-11-23T10:00:00.000Z',
    });
    expect(second).toMatchObject({
      host: '2001:db8::7',
      line: access('2001:db8::7', '/news/help_us.php?x=1').trimEnd(),
    });
  });

  test('ends with 1 when there is no failure, and counts hits of each failregex with --stats', () => {
    const { status, errors } = scene.logmatch([...e107, '--stats'], access('192.0.2.2', '/'));
    expect(status).toBe(1);
    expect(errors).toMatch(/^ +0 +\S*apache-e107ddos\.conf:2 /m);
  });

  test('takes the path of a file, in a folder filter.d or not, with options', () => {
    const filter = '[Definition]\nfailregex = ^<word> from <HOST>$\n\n[Init]\nword = bad\n';
    scene.write('own.conf', filter);
    scene.write('tree/filter.d/own.conf', filter);
    const log = 'bad from 192.0.2.1\nevil from 192.0.2.2\n';
    for (const file of ['own.conf', './own.conf', path.join(scene.dir, 'tree/filter.d/own.conf')]) {
      expect(scene.logmatch(['--filter', file], log)).toEqual({ status: 0, out: '192.0.2.1\n', errors: '' });
      expect(scene.logmatch(['--filter', `${file}[word=evil]`], log).out).toBe('192.0.2.2\n');
    }
  });

  test('that is missing or broken is one line with file, line and cure', () => {
    expect(scene.logmatch(['--filter', 'nosuch', '--filter-dir', examples], '')).toEqual({
      status: 2,
      out: '',
      errors: expect.stringMatching(/^logmatch: .*nosuch.*; .*\n$/),
    });
    scene.write('broken.conf', '[Definition]\nfailregex = ^ok <HOST>\n            ^a(b <HOST>\n');
    expect(scene.logmatch(['--filter', 'broken.conf'], '').errors).toMatch(
      /^logmatch: .*broken\.conf:3: .*column \d+.*; .*\n$/,
    );
  });

  test('explain shows its failregexes and where they stand', () => {
    const { status, out } = scene.logmatch(['explain', ...e107]);
    expect(status).toBe(0);
    expect(out).toContain('failregex:\n');
    expect(out).toMatch(/^pattern 0 is .*apache-e107ddos\.conf:2$/m);
    expect(out).toContain('MaMa CaSpEr');
  });
});

interface CorpusCase {
  readonly filter: string;
  readonly options: Readonly<Record<string, string>>;
  readonly line: string;
  readonly journal: boolean;
  readonly context_ok: boolean;
  readonly lines: readonly string[];
  readonly prod: readonly { readonly fid: string }[];
}

interface CorpusFilter {
  readonly filter: string;
  readonly options: Readonly<Record<string, string>>;
  readonly failregex: readonly string[];
  readonly ignoreregex: readonly string[];
  readonly prefregex: string | null;
  readonly datepattern: string | null;
}

describeWith([corpus], "fail2ban's sample logs", () => {
  const option = (name: string, values: readonly string[]): string =>
    `${name} = ${values
      .flatMap((value) => value.split('\n'))
      .join('\n  ')
      .replaceAll('%', '%%')}\n`;

  test.each([
    'apache-auth',
    'dovecot',
    'postfix',
    'proftpd',
    'vsftpd',
    'exim',
    'asterisk',
    'nginx-botsearch',
    'apache-botsearch',
  ])('%s: the hosts that fail2ban 1.0.2 finds', (name) => {
    const isDefault = (row: CorpusFilter | CorpusCase) => row.filter === name && Object.keys(row.options).length === 0;
    const filter = corpusLines<CorpusFilter>('filters.jsonl').find(isDefault) as CorpusFilter;
    // Lines that say all by themselves: each line of a log is then judged alone, as here.
    const cases = corpusLines<CorpusCase>('cases.jsonl').filter(
      (row) => isDefault(row) && !row.journal && row.lines.length === 1,
    );
    const isAddress = (host: string) => /^[\d.]+$|:/.test(host);
    const wanted = cases.flatMap(({ prod }) => prod.slice(0, 1).map(({ fid }) => fid)).filter(isAddress);
    scene.write(
      'corpus.conf',
      `[Definition]\n${option('failregex', filter.failregex)}${option('ignoreregex', filter.ignoreregex)}${
        filter.prefregex === null ? '' : option('prefregex', [filter.prefregex])
      }${filter.datepattern === null ? '' : option('datepattern', [filter.datepattern])}`,
    );
    const { out } = scene.logmatch(['--filter', 'corpus.conf'], cases.map(({ line }) => `${line}\n`).join(''));
    expect(wanted.length).toBeGreaterThan(0);
    expect(out.trimEnd().split('\n')).toEqual(wanted);
  });
});
