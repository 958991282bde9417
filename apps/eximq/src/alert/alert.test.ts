import { chmodSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { manyMessages, writeSpool } from '@sluice/exim-queue/example-spool';
import fc from 'fast-check';
import { newFolder } from '../../../../tools/testing/new-folder.ts';
import { here } from '../testing/here.ts';
import { growth } from './growth.ts';
import { judge } from './judge.ts';
import { readAgeLimit, readCountLimit, readGrowthLimit, readShareLimit } from './read-limit.ts';

const hourMs = 3_600_000;

describe('a limit', () => {
  test.each<[() => object, object]>([
    [() => readCountLimit('100'), { crit: 100 }],
    [() => readCountLimit('100,500'), { warn: 100, crit: 500 }],
    [() => readAgeLimit('1d,3d'), { warn: 24 * hourMs, crit: 72 * hourMs }],
    [() => readShareLimit('33.5%'), { crit: 33.5 }],
    [() => readGrowthLimit('500,2000/10m'), { warn: 500, crit: 2000, windowMs: 600_000 }],
  ])('is read: %p', (read, expected) => {
    expect(read()).toEqual(expected);
  });

  test.each([
    () => readCountLimit(''),
    () => readCountLimit('1,2,3'),
    () => readCountLimit('5,3'),
    () => readCountLimit('-1'),
    () => readAgeLimit('3'),
    () => readShareLimit('50'),
    () => readGrowthLimit('500'),
    () => readGrowthLimit('500/0'),
  ])('is refused: %p', (read) => {
    expect(read).toThrow(/must be /);
  });

  test('is fine to reach, and an alert to exceed', () => {
    const at = (value: number) => judge('queue', value, { warn: 10, crit: 20 }, String).level;
    expect([10, 11, 20, 21].map(at)).toEqual(['ok', 'warning', 'warning', 'critical']);
  });
});

describe('growth', () => {
  const now = { atMs: 100 * hourMs, messages: 1000 };

  test.each<[string, [agoMs: number, messages: number][], number]>([
    ['without a sample', [], 0],
    [
      'from the lowest point within the window',
      [
        [0.5 * hourMs, 700],
        [0.2 * hourMs, 900],
      ],
      300,
    ],
    ['not from what is too old', [[3 * hourMs, 0]], 0],
    ['from what is a little too old, for its part', [[2 * hourMs, 0]], 500],
    ['not from a time to come', [[-hourMs, 0]], 0],
    ['of a queue that shrank', [[0.5 * hourMs, 5000]], 0],
  ])('%s', (_, samples, expected) => {
    const taken = samples.map(([agoMs, messages]) => ({ atMs: now.atMs - agoMs, messages }));
    expect(growth(taken, now, hourMs)).toBe(expected);
  });

  test('is never more than there is', () => {
    const sample = fc.record({ atMs: fc.nat(200 * hourMs), messages: fc.nat(5000) });
    fc.assert(fc.property(fc.array(sample), (samples) => growth(samples, now, hourMs) <= now.messages));
  });
});

describe('eximq alert', () => {
  let spool: string;
  let folder: string;
  beforeAll(() => {
    folder = newFolder();
    spool = path.join(folder, 'spool');
    writeSpool(spool, manyMessages({ count: 200, seed: 5, nowMs: Date.now() }));
  });
  const alert = (...args: string[]) => here(['alert', '--spool', spool, ...args]);
  const hook = (name: string, text: string): string => {
    const file = path.join(folder, name);
    writeFileSync(file, `#!/bin/sh\n${text}\n`);
    chmodSync(file, 0o755);
    return file;
  };

  test('tells of every rule, and ends with 1 when one is exceeded', async () => {
    const fine = await alert('--max-queue', '200', '--max-age', '99d');
    expect(fine).toMatchObject({ status: 0, errors: '' });
    expect(fine.out).toMatch(/^ok {8}queue: 200 messages, at most 200 messages\nok {8}age: .*, at most 99d\n$/);
    const exceeded = await alert('--max-queue', '150,199', '--max-frozen', '10,1000');
    expect(exceeded.status).toBe(1);
    expect(exceeded.out).toMatch(
      /^critical {2}queue: 200 messages, more than 199 messages\nwarning {3}frozen: \d+ messages, more than 10 messages\n$/,
    );
  });

  test('tells of it in JSON', async () => {
    const { out } = await alert('--max-queue', '1', '--json');
    expect(JSON.parse(out)).toEqual({
      rule: 'queue',
      level: 'critical',
      value: 200,
      unit: '',
      crit: 1,
      text: '200 messages, more than 1 message',
    });
  });

  test.each<[string[], number, RegExp]>([
    [['--max-queue', '500,900'], 0, /^EXIMQ OK - queue: 200 messages, at most 500 messages \| queue=200;500;900;0\n$/],
    [['--max-queue', '100,900'], 1, /^EXIMQ WARNING - queue: /],
    [
      ['--max-queue', '100', '--max-frozen', '999'],
      2,
      /^EXIMQ CRITICAL - queue: [^|;]* \| queue=200;;100;0 frozen=\d+;;999;0\n$/,
    ],
  ])('is a Nagios plugin: %p ends with %d', async (args, expected, line) => {
    const { status, out } = await alert('--nagios', ...args);
    expect(status).toBe(expected);
    expect(out).toMatch(line);
  });

  test('names the sender that has more than his share, of a queue that is long enough', async () => {
    const { status, out } = await alert('--max-sender-share', '0%');
    expect({ status, out }).toEqual({
      status: 1,
      out: expect.stringMatching(
        /^critical {2}sender-share: [\d.]+% of \d+ messages are from \S+@\S+, more than 0%\n$/,
      ),
    });
    const few = await alert('--max-sender-share', '0%', '--min-queue', '1000');
    expect(few).toMatchObject({ status: 0, out: expect.stringContaining('too few to judge') });
  });

  test('remembers counts for the growth, in a file of its owner', async () => {
    const state = path.join(folder, 'state.json');
    const first = await alert('--max-growth', '10/1h', '--state', state);
    expect(first).toMatchObject({ status: 0, out: expect.stringContaining('0 messages more within 60m') });
    expect(statSync(state).mode & 0o777).toBe(0o600);
    const kept = JSON.parse(readFileSync(state, 'utf8'));
    expect(kept).toMatchObject({ version: 1, samples: [{ messages: 200 }] });
    writeFileSync(state, JSON.stringify({ ...kept, samples: [{ atMs: Date.now() - 0.5 * hourMs, messages: 150 }] }));
    const second = await alert('--max-growth', '10,49/1h', '--state', state);
    expect(second).toMatchObject({
      status: 1,
      out: 'critical  growth: 50 messages more within 60m, more than 49 messages\n',
    });
  });

  test.each(['nonsense', '{"version":2}', '{"version":1,"queue":"x","samples":[1]}'])(
    'refuses a state file that is none, and leaves it: %s',
    async (text) => {
      const state = path.join(folder, 'letter');
      writeFileSync(state, text);
      const { status, errors } = await alert('--max-growth', '10/1h', '--state', state);
      expect(status).toBe(2);
      expect(errors).toMatch(new RegExp(`^eximq: ${state}: this .*; (remove it|name another file).*\n$`));
      expect(readFileSync(state, 'utf8')).toBe(text);
    },
  );

  test('runs the hook with what is exceeded, and not when all is fine', async () => {
    const told = path.join(folder, 'told');
    const file = hook('tell', `cat > ${told}; echo "$#" >> ${told}`);
    expect(await alert('--max-queue', '200', '--hook', file)).toMatchObject({ status: 0 });
    expect(existsSync(told)).toBe(false);
    expect(await alert('--max-queue', '199', '--max-frozen', '999', '--hook', file)).toMatchObject({
      status: 1,
      errors: '',
    });
    const [json = '', count] = readFileSync(told, 'utf8').split('\n');
    expect(JSON.parse(json)).toMatchObject({ status: 'critical', findings: [{ rule: 'queue' }] });
    expect(count).toBe('0');
  });

  test.each<[string, string, string[], RegExp]>([
    ['that fails', 'exit 7', [], /the hook .*fails ended with 7/],
    ['that reads nothing', 'exit 0', [], /^$/],
    ['that hangs', 'exec sleep 60', ['--hook-timeout', '1s'], /the hook .*hangs took longer than 1000 ms/],
  ])('tells of a hook %s', async (name, text, args, message) => {
    const { status, errors } = await alert(
      '--max-queue',
      '1',
      '--hook',
      hook(name.replace('that ', ''), text),
      ...args,
    );
    expect(status).toBe(message.test('') ? 1 : 2);
    expect(errors).toMatch(message);
  });

  test('tells of a hook that is not there', async () => {
    const { status, errors } = await alert('--max-queue', '1', '--hook', '/nosuch/hook');
    expect({ status, errors }).toEqual({
      status: 2,
      errors:
        'eximq: the hook /nosuch/hook cannot be run: no such file or directory; the alert was not passed on; mend the hook\n',
    });
  });
});
