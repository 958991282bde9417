import fc from 'fast-check';
import { readAction } from './definitions/read-action.ts';
import { readFilter } from './definitions/read-filter.ts';
import { Fail2banConfigError } from './fail2ban-config-error.ts';
import { readConfig } from './jails/read-config.ts';
import { memoryFiles } from './memory-files.ts';

const words = [
  ...['[DEFAULT]', '[j]', '[k]', '[Definition]', '[Init]', '[Init?family=inet6]', '[INCLUDES]', '[', ']'],
  ...[
    'enabled',
    'filter',
    'action',
    'failregex',
    'logpath',
    'maxretry',
    'bantime',
    'before',
    'after',
    'actionban',
    'a',
    'b',
  ],
  ...[
    '=',
    ':',
    ' = ',
    ' ',
    '\n',
    '\n',
    '\n  ',
    '\n\t',
    ';',
    ' ;',
    '#',
    ',',
    '"',
    "'",
    '\uFEFF',
    '\0',
    '\x85',
    'ü',
    '\u{1F600}',
  ],
  ...['true', '5', '10m', '-1', 'x', 'x.conf', 'y', 'y.py', '%', '%%', '%(a)s', '%(b)s', '%(known/a)s', '%(__name__)s'],
  ...['<', '>', '<a>', '<b>', '<known/a>', '<HOST>', '<a<b>>', '[a="<b>"]', '[b=1][a=2]', '__proto__', 'constructor'],
];
const line = fc
  .tuple(
    fc.constantFrom('', '', '  ', '[j]\n', '[Definition]\n', '[DEFAULT]\n', '[Init]\n'),
    fc.constantFrom(
      'enabled',
      'filter',
      'action',
      'failregex',
      'logpath',
      'bantime',
      'a',
      'b',
      'actionban',
      '__proto__',
    ),
    fc.constantFrom(' = ', '=', ':', ' '),
    fc.array(fc.constantFrom(...words), { maxLength: 5 }),
  )
  .map(([head, option, delimiter, value]) => `${head}${option}${delimiter}${value.join('')}`);
const text = fc.oneof(
  { weight: 3, arbitrary: fc.array(line, { maxLength: 12 }).map((lines) => lines.join('\n')) },
  { weight: 2, arbitrary: fc.array(fc.constantFrom(...words), { maxLength: 40 }).map((parts) => parts.join('')) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 200 }) },
);
const tree = fc.record({
  '/f/jail.conf': text.map((each) => `[j]\nenabled = true\nfilter = x\naction = y\n${each}`),
  '/f/jail.local': text,
  '/f/filter.d/x.conf': text,
  '/f/filter.d/x.local': text,
  '/f/action.d/y.conf': text,
  '/f/x.conf': text,
});

describe('whatever the files hold', () => {
  test('readConfig throws nothing, and each problem is one line with its file', () => {
    fc.assert(
      fc.property(tree, (files) => {
        const { jails, problems } = readConfig(memoryFiles(files), '/f', { jails: ['j', 'k'] });
        for (const { error } of problems) {
          expect(error).toBeInstanceOf(Fail2banConfigError);
          expect(error.message).not.toMatch(/[\n\r]/);
          expect(error.file).toMatch(/^\/f\//);
          expect(error.cure).toMatch(/\w/);
        }
        const broken = problems.map(({ jail }) => jail);
        for (const { name } of jails) expect(broken).not.toContain(name);
      }),
      { numRuns: 1000 },
    );
  });

  test('readFilter and readAction throw nothing but their own error', () => {
    fc.assert(
      fc.property(tree, fc.constantFrom('', '[a=b]', '[b="<a>", a="%(b)s"]', '[__proto__=1]'), (files, list) => {
        for (const read of [
          () => readFilter(memoryFiles(files), '/f', `x${list}`),
          () => readAction(memoryFiles(files), '/f', `y${list}`),
        ]) {
          try {
            read();
          } catch (error) {
            expect(error).toBeInstanceOf(Fail2banConfigError);
          }
        }
      }),
      { numRuns: 1000 },
    );
  });

  test('lists that go on and on end in a problem of their jail alone', () => {
    const many = '[c]\nenabled = 1\n';
    const args = `y[x="${'\n  1'.repeat(100_000)}"]`;
    const files = memoryFiles({
      '/f/jail.conf': `[a]\nenabled = 1\naction = ${'z\n  '.repeat(100_000)}\n[b]\nenabled = 1\naction = ${args}\n${many}`,
      '/f/action.d/y.conf': '[Definition]\nactionban = <x>\n',
    });
    const { jails, problems } = readConfig(files, '/f');
    expect(jails.map(({ name }) => name)).toEqual(['b', 'c']);
    expect(jails[0]?.actions[0]?.commands.actionban.split('\n')).toHaveLength(100_000);
    expect(problems).toHaveLength(201);
    expect(problems.every(({ jail }) => jail === 'a')).toBe(true);
  });

  test('references and tags that multiply on each other end in a problem of their jail alone', () => {
    const grow = (open: string, close: string) =>
      Array.from({ length: 9 }, (_, level) => `v${level} = ${`${open}v${level + 1}${close}`.repeat(500)}`).join('\n');
    const files = memoryFiles({
      '/f/jail.conf': `[a]\nenabled = 1\nlogpath = %(v0)s\n${grow('%(', ')s')}\nv9 = x\n[b]\nenabled = 1\nfilter = t\n[c]\nenabled = 1\n`,
      '/f/filter.d/t.conf': `[Definition]\nfailregex = <v0>\n${grow('<', '>')}\nv9 = x\n`,
    });
    const { jails, problems } = readConfig(files, '/f');
    expect(jails.map(({ name }) => name)).toEqual(['c']);
    expect(problems.map(({ error, jail }) => [jail, error.code])).toEqual([
      ['a', 'ERR_FAIL2BAN_CONFIG_TOO_LONG'],
      ['b', 'ERR_FAIL2BAN_CONFIG_TOO_LONG'],
    ]);
  });
});
