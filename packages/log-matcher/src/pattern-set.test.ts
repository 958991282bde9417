import { type Reject, ringRejects } from '@sluice/pipeline';
import { LogMatcherError } from './log-matcher-error.ts';
import type { PatternOptions } from './options.ts';
import { PatternSet } from './pattern-set.ts';

const thrownBy = (run: () => unknown): unknown => {
  try {
    run();
  } catch (error) {
    return error;
  }
  return undefined;
};

describe('PatternSet.compile', () => {
  test('names the pattern, the column and the cure', () => {
    const error = thrownBy(() => PatternSet.compile(['ok', 'user (\\w+']));
    expect(error).toBeInstanceOf(LogMatcherError);
    expect(error).toMatchObject({
      code: 'ERR_LOG_MATCHER_SYNTAX',
      pattern: 1,
      column: 6,
      message:
        'pattern 1, column 6: missing ")", unterminated group; close the group with ")", or write \\( for a parenthesis',
    });
  });

  test.each([
    [{ dialect: 'perl' }, 'dialect must be "python", "javascript" or "literal", not "perl"'],
    [{ report: 'last' }, 'report must be "first" or "all", not "last"'],
    [{ maxSteps: 0 }, 'maxSteps must be an integer from 1 to 2147483647, not 0'],
    [{ maxSteps: 1.5 }, 'maxSteps must be an integer from 1 to 2147483647, not 1.5'],
    [{ finalBreak: 'yes' }, 'finalBreak must be true or false, not "yes"'],
    [{ prefilter: null }, 'prefilter must be true or false, not null'],
  ])('refuses %j', (options, message) => {
    const error = thrownBy(() => PatternSet.compile([], options as unknown as PatternOptions));
    expect(error).toMatchObject({ code: 'ERR_LOG_MATCHER_OPTION', message });
  });

  test('takes an option that is undefined for one that is not given', () => {
    const options = { report: undefined, maxSteps: undefined } as unknown as PatternOptions;
    expect(PatternSet.compile(['a'], options).match('a')?.text()).toBe('a');
  });

  test('tells what became of each pattern', () => {
    const { patterns } = PatternSet.compile(['(?P<user>\\w+) failed', '(a+)\\1']);
    expect(patterns).toMatchObject([
      {
        source: '(?P<user>\\w+) failed',
        groupCount: 1,
        groupNames: new Map([['user', [1]]]),
        engine: 'dfa',
        reason: undefined,
        literals: [' failed'],
      },
      {
        source: '(a+)\\1',
        groupCount: 1,
        groupNames: new Map(),
        engine: 'backtracker',
        reason: 'back-reference to group 1, which can hold too many texts',
        literals: undefined,
      },
    ]);
    expect(Object.isFrozen(patterns) && Object.isFrozen(patterns[0])).toBe(true);
  });

  test.each([
    ['(?i)(?P<sign>[-/])a(?P=sign)', 'dfa', ['-A-', '/a/'], ['-a/', '/A-']],
    ['(?i)(?P<sign>[-x])a(?P=sign)', 'backtracker', ['xAX', '-a-'], ['xA-', '-aX']],
  ])('a reference that ignores case needs the backtracker only where case matters: %s', (source, engine, yes, no) => {
    const set = PatternSet.compile([source]);
    expect(set.patterns[0]?.engine).toBe(engine);
    expect(yes.map((text) => set.match(text)?.text())).toEqual(yes);
    expect(no.map((text) => set.match(text))).toEqual(no.map(() => undefined));
  });

  test('explains itself', () => {
    const text = PatternSet.compile(['wombat|numbat', '(a+)\\1']).explain();
    expect(text).toMatch(/^pattern 0: wombat\|numbat\n {2}engine: dfa\n.*"wombat"/s);
    expect(text).toMatch(/pattern 1: .*engine: backtracker \(back-reference to group 1/s);
  });

  test('reads a literal as it stands', () => {
    const set = PatternSet.compile(['a.*(b'], { dialect: 'literal' });
    expect(set.match('xa.*(bx')?.start()).toBe(1);
    expect(set.match('aab')).toBeUndefined();
  });

  test('falls back to its own engine where V8 finds a pattern too large', () => {
    const source = 'ab(?:x|y)'.repeat(5000);
    expect(() => new RegExp(source).test('')).toThrow(SyntaxError);
    const set = PatternSet.compile([source]);
    expect(set.match('abx'.repeat(5000))?.end()).toBe(15_000);
    expect(set.match('abx'.repeat(4999))).toBeUndefined();
  });
});

describe('PatternSet.match', () => {
  test('gives the first pattern of the list that matches, not the leftmost match', () => {
    const set = PatternSet.compile(['numbat', 'wombat']);
    expect(set.match('wombat and numbat')).toMatchObject({ pattern: 0, subject: 'wombat and numbat' });
    expect(set.matchAll('wombat and numbat').map(({ pattern }) => pattern)).toEqual([0, 1]);
    expect(set.match('neither')).toBeUndefined();
    expect(set.matchAll('neither')).toEqual([]);
  });

  test('gives offsets and texts by number and by name', () => {
    const match = PatternSet.compile(['(?P<user>\\w+)@(?P<host>[\\w.]+)(:\\d+)?']).match('to bob@example.org now');
    expect([match?.start(), match?.end(), match?.text()]).toEqual([3, 18, 'bob@example.org']);
    expect([match?.start('user'), match?.end('user'), match?.text('user')]).toEqual([3, 6, 'bob']);
    expect([match?.start(2), match?.end(2), match?.text(2)]).toEqual([7, 18, 'example.org']);
    expect([match?.start(3), match?.end(3), match?.text(3)]).toEqual([-1, -1, undefined]);
  });

  test('gives offsets in UTF-16 units behind characters of two', () => {
    const match = PatternSet.compile(['(?P<word>b+)']).match('😀é b');
    expect([match?.start('word'), match?.end('word')]).toEqual([4, 5]);
  });

  test('leaves groups that did not take part out of groups()', () => {
    const match = PatternSet.compile(['(?P<ip4>\\d+)|(?P<dns>\\w+)']).match('host');
    const groups = match?.groups() ?? {};
    expect({ ...groups }).toEqual({ dns: 'host' });
    expect(Object.getPrototypeOf(groups)).toBeNull();
  });

  test('of several groups of one name means the first that took part', () => {
    const set = PatternSet.compile(['(?P<ip>\\d+)?-(?P<ip>[a-z]+)']);
    const [both, second] = [set.match('12-ab'), set.match('-ab')];
    expect([both?.text('ip'), both?.start('ip'), both?.groups()['ip']]).toEqual(['12', 0, '12']);
    expect([second?.text('ip'), second?.start('ip'), second?.groups()['ip']]).toEqual(['ab', 1, 'ab']);
  });

  test.each(['__proto__', 'constructor', 'toString'])('has no trouble with a group named %s', (name) => {
    const match = PatternSet.compile([`(?P<${name}>x)`]).match('x');
    expect(Object.entries(match?.groups() ?? {})).toEqual([[name, 'x']]);
  });

  test.each([['host'], [2], [-1], [0.5]])('throws for a group %j that the pattern does not have', (group) => {
    const match = PatternSet.compile(['(?P<user>a)']).match('a');
    expect(thrownBy(() => match?.text(group))).toMatchObject({
      code: 'ERR_LOG_MATCHER_GROUP',
      message: `pattern 0: there is no group ${group}: the pattern has 1 groups, named user`,
    });
  });

  test('searches the line and its break where asked to, as fail2ban does', () => {
    const sources = ['a\\s*$', 'a$', 'a\\Z', 'a\\n', 'a(\\s)'];
    const withBreak = PatternSet.compile(sources, { finalBreak: true }).matchAll('a');
    expect(withBreak.map(({ pattern }) => pattern)).toEqual([0, 1, 3, 4]);
    expect(withBreak.map((match) => [match.subject, match.end()])).toEqual([
      ['a', 2],
      ['a', 1],
      ['a', 2],
      ['a', 2],
    ]);
    expect(withBreak.at(-1)?.text(1)).toBe('\n');
    expect(
      PatternSet.compile(sources)
        .matchAll('a')
        .map(({ pattern }) => pattern),
    ).toEqual([0, 1, 2]);
  });

  test('reads subjects of several lines where asked to', () => {
    expect(PatternSet.compile(['^b$']).match('a\nb\nc')).toBeUndefined();
    expect(PatternSet.compile(['^b$'], { multiline: true }).match('a\nb\nc')?.start()).toBe(2);
  });

  test('finds no boundary in an empty subject, and no absence of one, as CPython before 3.14', () => {
    expect(PatternSet.compile(['\\b', '\\B', '(?i)\\B()']).matchAll('')).toEqual([]);
  });

  test('reports a subject that it gave up on, and goes on with the next pattern', () => {
    const rejects = ringRejects(10);
    const set = PatternSet.compile(['((a+)+)+\\1b', '^a+$'], { maxSteps: 1000, rejects });
    const subject = 'a'.repeat(500);
    expect(set.match(subject)?.pattern).toBe(1);
    expect(rejects.last).toEqual<Reject[]>([
      {
        component: 'log-matcher',
        code: 'ERR_LOG_MATCHER_STEPS',
        reason: 'pattern 0 was given up on after 1000 steps (maxSteps)',
        value: 'a'.repeat(200),
      },
    ]);
  });

  test('takes linear time and no stack where V8 runs out of it', () => {
    const set = PatternSet.compile(['^(?:a|b|(?:cd)+)*$', 'b$', '^(?:a|b|(?:cd)+)*c$']);
    const subject = 'ab'.repeat(5_000_000);
    expect(() => /^(?:a|b|(?:cd)+)*$/.exec(subject)).toThrow(RangeError);
    expect(set.matchAll(subject).map(({ pattern }) => pattern)).toEqual([0, 1]);
    expect(set.stats().transitions).toBeLessThan(2 * 3 * subject.length + 10_000);
  });
});
