import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { measure, measureCommand } from './measure.mjs';

/** Program that uses the processor and tells how much it used, in milliseconds. */
const burn = `
  const usedMs = () => (process.cpuUsage().user + process.cpuUsage().system) / 1000;
  while (usedMs() < 100) JSON.stringify(process.memoryUsage());
  console.log(usedMs());`;
/** The two figures of a process are each cut to a whole millisecond. */
const roundingMs = 2;

/** @type {string} */
let folder;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'sluice-measure-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('measure', () => {
  test('waits for the work and gives work per CPU second', async () => {
    let done = false;
    const run = await measure(async () => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      done = true;
    }, 1000);
    expect(done).toBe(true);
    expect(run.value).toBeCloseTo((1000 / run.cpuMs) * 1000);
  });

  test('counts the processor and not the wait', async () => {
    const started = process.cpuUsage();
    const run = await measure(() => new Promise((resolve) => setTimeout(resolve, 100)), 1);
    const { user, system } = process.cpuUsage(started);
    expect(run.cpuMs).toBeLessThanOrEqual((user + system) / 1000);
    expect(run.wallMs).toBeGreaterThan(95);
  });

  test('work that fails fails the measurement', async () => {
    await expect(measure(() => Promise.reject(new Error('no data')), 1)).rejects.toThrow('no data');
  });
});

describe('measureCommand', () => {
  test('counts at least what the command says it used', async () => {
    const run = await measureCommand([process.execPath, '-e', burn], 500, { keepOutput: true });
    const used = Number(run.output);
    expect(used).toBeGreaterThanOrEqual(100);
    expect(run.cpuMs).toBeGreaterThanOrEqual(used - roundingMs);
    expect(run.value).toBeCloseTo((500 / run.cpuMs) * 1000);
  });

  test('counts what a command of the command used', async () => {
    const script = `"${process.execPath}" -e '${burn}'; true`;
    const run = await measureCommand(['sh', '-c', script], 1, { keepOutput: true });
    expect(run.cpuMs).toBeGreaterThanOrEqual(Number(run.output) - roundingMs);
  });

  test('a command that only waits uses next to nothing of the processor', async () => {
    const run = await measureCommand(['sleep', '0.2'], 1);
    expect(run.wallMs).toBeGreaterThan(195);
    expect(run.cpuMs).toBeLessThan(run.wallMs / 2);
  });

  test('gives the command a file, bytes or nothing as its input', async () => {
    const file = path.join(folder, 'lines');
    writeFileSync(file, 'from the file\n');
    const output = async (/** @type {string | Uint8Array} */ input) =>
      (await measureCommand(['cat'], 1, { ...(input && { input }), keepOutput: true })).output;
    expect(await output(file)).toBe('from the file\n');
    expect(await output(Buffer.from('bytes'))).toBe('bytes');
    expect(await output('')).toBe('');
  });

  test('a command that does not read its input is measured all the same', async () => {
    await expect(measureCommand(['true'], 1, { input: new Uint8Array(1 << 20) })).resolves.toBeDefined();
  });

  test('passes arguments on as they are', async () => {
    const { output } = await measureCommand(['printf', '%s|', '$HOME', '; echo x', 'a b'], 1, { keepOutput: true });
    expect(output).toBe('$HOME|; echo x|a b|');
  });

  test('runs where it is told to, with the environment that it is given', async () => {
    const script = 'console.log(process.cwd(), process.env.WHO)';
    const env = { ...process.env, WHO: 'me' };
    const { output } = await measureCommand([process.execPath, '-e', script], 1, {
      cwd: folder,
      env,
      keepOutput: true,
    });
    expect(output).toBe(`${folder} me\n`);
  });

  test('an exit code that is not expected is an error with what the command said', async () => {
    const failing = measureCommand(['sh', '-c', 'echo no such log >&2; exit 3'], 1);
    await expect(failing).rejects.toThrow(/exit code 3: no such log/);
    await expect(measureCommand(['sh', '-c', 'exit 3'], 1, { exitCodes: [0, 3] })).resolves.toBeDefined();
  });

  test('a program that is not there is an error', async () => {
    await expect(measureCommand(['no-such-program'], 1)).rejects.toThrow(/exit code 127: .*no-such-program/);
  });
});
