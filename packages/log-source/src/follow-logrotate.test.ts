import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, readdirSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { describeWith } from '../../../tools/testing/describe-with.ts';
import { logrotate, logrotateProgram } from '../../../tools/testing/logrotate.ts';
import { tempFolder } from '../../../tools/testing/temp-folder.ts';
import { until } from '../../../tools/testing/until.ts';
import { follow, stopAll } from './testing/collected.ts';

const temp = tempFolder();
let writer: ChildProcess | undefined;
afterEach(() => writer?.kill('SIGKILL'));
afterEach(stopAll);
const log = (): string => temp('a.log');

async function startWriter(): Promise<ChildProcess> {
  const program = fileURLToPath(new URL('testing/writer-child.mjs', import.meta.url));
  writer = spawn(process.execPath, [program, log(), 'line'], { stdio: ['pipe', 'pipe', 'inherit'] });
  await once(writer.stdout as NodeJS.ReadableStream, 'data');
  return writer;
}

/** Ends the writer; how many lines it wrote. */
async function stopWriter(child: ChildProcess): Promise<number> {
  child.stdin?.end();
  const [count] = await once(child.stdout as NodeJS.ReadableStream, 'data');
  return Number(count);
}

const numberOf = (text: string): number => Number(/^line (\d+) \.*$/.exec(text)?.[1]);

describeWith([logrotateProgram], 'followFiles under the real logrotate', () => {
  test.each([
    ['create', ['create']],
    ['create and compress', ['create', 'compress']],
    ['create, compress and delaycompress', ['create', 'compress', 'delaycompress']],
    ['create with dates', ['create', 'dateext', 'dateformat -%Y%m%d-%s']],
    ['nocreate', ['nocreate']],
    ['copytruncate', ['copytruncate']],
  ])(
    'loses nothing and doubles nothing through 3 rotations with %s, unread lines each time',
    async (_name, directives) => {
      writeFileSync(log(), 'line 0\n');
      const got = follow(log());
      await got.line('line 0');
      let count = 1;
      for (let rotation = 0; rotation < 3; rotation += 1) {
        appendFileSync(log(), `line ${count}\nline ${count + 1}\n`);
        logrotate(temp(), log(), directives);
        appendFileSync(log(), `line ${count + 2}\n`);
        count += 3;
        await got.line(`line ${count - 1}`);
        // Names with seconds in them need another second each time.
        if (rotation < 2) await sleep(directives.includes('dateext') ? 1000 : 20);
      }
      expect(got.texts).toEqual(Array.from({ length: count }, (_, index) => `line ${index}`));
      expect(got.codes).toEqual([]);
      expect(readdirSync(temp()).filter((name) => /^a\.log[.-]/.test(name))).toHaveLength(3);
    },
  );

  test('loses nothing and doubles nothing under a writer that never rests and is told to reopen', async () => {
    const child = await startWriter();
    const got = follow(log());
    for (let rotation = 0; rotation < 6; rotation += 1) {
      await sleep(100);
      logrotate(temp(), log(), ['create']);
      await sleep(rotation * 10);
      child.kill('SIGHUP');
    }
    const count = await stopWriter(child);
    await until(
      () => got.lines.length >= count,
      () => [got.lines.length, count],
    );
    expect(got.texts.map(numberOf)).toEqual([...Array(count).keys()]);
    expect(got.codes).toEqual([]);
  });

  test('loses under copytruncate only what was written between the copy and the cut', async () => {
    const child = await startWriter();
    const got = follow(log());
    for (let rotation = 0; rotation < 4; rotation += 1) {
      await sleep(100);
      logrotate(temp(), log(), ['copytruncate']);
    }
    await sleep(100);
    const count = await stopWriter(child);
    await until(
      () => got.texts.some((text) => numberOf(text) === count - 1),
      () => [got.texts.at(-1), count],
    );
    const numbers = got.texts.map(numberOf).filter((number) => !Number.isNaN(number));
    expect(new Set(numbers).size).toBe(numbers.length);
    // What the log lost to the cut comes from the copy, when that is found: on a busy machine behind what came after the cut.
    const steps = numbers.filter((number, index) => number < (numbers[index - 1] ?? 0));
    expect(steps.length).toBeLessThanOrEqual(4);
    const kept = readdirSync(temp()).filter((name) => /^a\.log\.\d$/.test(name));
    expect(kept).toHaveLength(4);
    expect(got.metrics.get('log_source_truncated_files_total')).toBe(4);
  });
});
