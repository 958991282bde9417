import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { spawnRunner } from '../commands/spawn-runner.ts';
import type { TagValue } from './dynamic-tags.ts';
import { fillIn, type ShellScript } from './fill-in.ts';

const from =
  (values: Readonly<Record<string, string>>) =>
  (tag: string): TagValue | undefined => {
    const value = values[tag];
    return value === undefined ? undefined : { variable: tag, value };
  };

/** The characters that fail2ban and this package keep out of scripts. */
const special = /[\\#&;`|*?~<>^()[\]{}$'"\p{Cc}]/u;

describe('fillIn', () => {
  it('puts a plain value into the script', () => {
    expect(fillIn('ban <ip> <x>', from({ ip: '192.0.2.1', x: 'a b' }))).toEqual({
      script: 'ban 192.0.2.1 a b',
      values: [],
    });
  });

  it('hands any other value over once, however often the command names it', () => {
    expect(fillIn('a <u> <m> "<u>"', from({ u: '$(id)', m: 'x\ny' }))).toEqual({
      script: 'f2bV_u=$0 f2bV_m=$1 \na $f2bV_u $f2bV_m "$f2bV_u"',
      values: ['$(id)', 'x\ny'],
    });
  });

  it('leaves what it does not know, and looks into no value for tags', () => {
    expect(fillIn('cat <file <x> <a<b>>', from({ b: 'c', ac: 'no' })).script).toBe('cat <file <x> <ac>');
    expect(fillIn('<a>', from({ a: '<b>', b: 'no' })).values).toEqual(['<b>']);
  });

  it('hands a long value over even if it is plain', () => {
    const { script, values } = fillIn('x <a>', from({ a: 'y'.repeat(257) }));
    expect(script).toBe('f2bV_a=$0 \nx $f2bV_a');
    expect(values).toEqual(['y'.repeat(257)]);
  });

  it('cuts a value that no argument can hold at a whole character, and says so', () => {
    const [value = ''] = fillIn('<a>', from({ a: `x${'€'.repeat(30_000)}` })).values;
    expect(value).toBe(`x${'€'.repeat(21_845)}…`);
  });

  it('never lets a special character of a value into the script', () => {
    const template = 'run <a> "<a>" <b>';
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (a, b) => {
        const { script, values } = fillIn(template, from({ a, b }));
        const [inA, inB] = [a, b].map((value) => special.test(value)) as [boolean, boolean];
        const body = `run ${inA ? '$f2bV_a' : a} "${inA ? '$f2bV_a' : a}" ${inB ? '$f2bV_b' : b}`;
        const handed = [inA ? [a] : [], inB ? [b] : []].flat();
        expect(script.slice(script.indexOf('run '))).toBe(body);
        expect(values).toEqual(handed.map((value) => value.replaceAll('\0', '\ufffd')));
      }),
      { numRuns: 2000 },
    );
  });
});

describe('a script in a real shell', () => {
  let dir: string;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'sluice-fill-in-'));
  });
  afterEach(() => rmSync(dir, { recursive: true }));

  const run = ({ script, values }: ShellScript) =>
    spawnRunner.run({ argv: ['sh', '-c', `cd '${dir}' || exit 9; :\n${script}`, ...values], timeoutMs: 60_000 });

  it.each([
    '$(touch hurt)',
    '`touch hurt`',
    "'; touch hurt; '",
    '"; touch hurt; "',
    'a\ntouch hurt\n',
    '\r\ntouch hurt #',
    '& touch hurt &',
    '| touch hurt',
    '> hurt',
    '$' + '{IFS}touch$' + '{IFS}hurt',
    '\\\n"$(touch hurt)\\',
    '$f2bV_x $0 <F-USER>',
  ])('runs nothing of the value %j, and gets it as it is', async (value) => {
    const { stdout, exitCode } = await run(fillIn('printf %s "<u>"', from({ u: value })));
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: value });
    await run(fillIn('echo <u>', from({ u: value })));
    expect(readdirSync(dir)).toEqual([]);
  });

  it('gets more than ten values, each in its place', async () => {
    const names = Array.from({ length: 12 }, (_, n) => `v${n}`);
    const values = Object.fromEntries(names.map((name) => [name, `$${name};`]));
    const script = fillIn(names.map((name) => `printf %s "<${name}>"`).join('\n'), from(values));
    expect((await run(script)).stdout).toBe(names.map((name) => `$${name};`).join(''));
  });

  it('takes a value of any length', async () => {
    const value = '$'.repeat(1 << 20);
    const { stdout } = await run(fillIn(`printf %s "<u>" | wc -c`, from({ u: value })));
    expect(Number(stdout)).toBe(65_536 + new TextEncoder().encode('…').length);
  });
});
