import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command, CommandResult } from './command-runner.ts';
import { createSpawnRunner, spawnRunner } from './spawn-runner.ts';

const sh = (script: string, more: Partial<Command> = {}): Command => ({
  argv: ['sh', '-c', script],
  timeoutMs: 20_000,
  ...more,
});

const alive = (pid: number): boolean => {
  try {
    // A zombie that nobody reaps is dead all the same.
    return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
};

async function eventually(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 10));
}

describe('spawnRunner', () => {
  let dir: string;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'sluice-command-'));
  });
  afterEach(() => rmSync(dir, { recursive: true }));

  it('gives exit code and both outputs of a command that fails, without throwing', async () => {
    const result = await spawnRunner.run(sh('echo out; echo err >&2; exit 3'));
    expect(result).toMatchObject({ exitCode: 3, signal: undefined, stdout: 'out\n', stderr: 'err\n', droppedBytes: 0 });
    expect(result).toMatchObject({ timedOut: false, aborted: false });
  });

  it('hands the arguments over as they are', async () => {
    const args = ['$(id)', '`id`', "it's", '"', 'a b', '*', '', 'ünï\n'];
    const { stdout } = await spawnRunner.run({ argv: ['printf', '%s|', ...args], timeoutMs: 20_000 });
    expect(stdout).toBe(args.map((arg) => `${arg}|`).join(''));
  });

  it('feeds the standard input, and closes it when there is none', async () => {
    expect(await spawnRunner.run({ argv: ['cat'], input: 'a\nb', timeoutMs: 20_000 })).toMatchObject({
      stdout: 'a\nb',
    });
    expect(await spawnRunner.run({ argv: ['cat'], timeoutMs: 20_000 })).toMatchObject({ exitCode: 0, stdout: '' });
  });

  it('is not disturbed by a program that leaves a large input unread', async () => {
    expect(await spawnRunner.run(sh('exit 4', { input: 'x'.repeat(1 << 20) }))).toMatchObject({ exitCode: 4 });
  });

  it('adds to the environment', async () => {
    const { stdout } = await spawnRunner.run(
      sh('echo "$SLUICE_TEST:$' + '{PATH:+path}"', { env: { SLUICE_TEST: 'x y' } }),
    );
    expect(stdout).toBe('x y:path\n');
  });

  it('keeps the beginning of a long output and counts what it drops', async () => {
    const result = await spawnRunner.run(sh('printf "%01000d" 0; printf 12345678901 >&2', { maxOutputBytes: 10 }));
    expect(result).toMatchObject({ exitCode: 0, stdout: '0'.repeat(10), stderr: '1234567890', droppedBytes: 991 });
  });

  it.each([
    ['a program that is not there', ['no-such-program-of-sluice'], 'ENOENT'],
    ['a program that may not be run', ['/dev/null'], 'EACCES'],
    ['an argument over the bound of the system', ['echo', 'x'.repeat(1 << 18)], 'E2BIG'],
    ['an argument with a NUL, which no process can take', ['echo', 'a\0b'], 'ERR_INVALID_ARG_VALUE'],
  ])('rejects %s', async (_, argv, code) => {
    await expect(spawnRunner.run({ argv, timeoutMs: 20_000 })).rejects.toMatchObject({ code });
  });

  /** Runs a script that makes the file `ready`, and aborts it then. */
  async function aborted(script: string, graceMs?: number): Promise<CommandResult> {
    const abort = new AbortController();
    const run = createSpawnRunner(graceMs === undefined ? {} : { graceMs }).run(sh(script), abort.signal);
    await eventually(() => existsSync(join(dir, 'ready')));
    abort.abort();
    return run;
  }

  it('ends what runs too long', async () => {
    const result = await spawnRunner.run({ argv: ['sleep', '1000'], timeoutMs: 50 });
    expect(result).toMatchObject({ exitCode: undefined, signal: 'SIGTERM', timedOut: true, aborted: false });
  });

  it('ends all that the command started with it', async () => {
    const pidFile = join(dir, 'pid');
    const result = await aborted(`sleep 1000 & echo $! >'${pidFile}'; touch '${dir}/ready'; wait`);
    expect(result).toMatchObject({ exitCode: undefined, signal: 'SIGTERM', timedOut: false, aborted: true });
    const pid = Number(readFileSync(pidFile, 'utf8'));
    await eventually(() => !alive(pid));
  });

  it('kills by force what ignores the request to end', async () => {
    const result = await aborted(`trap "" TERM; touch '${dir}/ready'; while :; do sleep 1; done`);
    expect(result).toMatchObject({ exitCode: undefined, signal: 'SIGKILL', aborted: true });
  });

  it('lets a command tidy up on SIGTERM', async () => {
    const tidy = `trap 'touch "${dir}/tidied"; exit 7' TERM; touch '${dir}/ready'; while :; do sleep 0.01; done`;
    expect(await aborted(tidy, 20_000)).toMatchObject({ exitCode: 7, aborted: true, timedOut: false });
    expect(existsSync(join(dir, 'tidied'))).toBe(true);
  });

  it('starts nothing when the caller has aborted before', async () => {
    const result = await spawnRunner.run(sh(`touch '${dir}/started'`), AbortSignal.abort());
    expect(result).toMatchObject({ exitCode: undefined, aborted: true });
    expect(existsSync(join(dir, 'started'))).toBe(false);
  });

  it('neither waits for nor kills what a command leaves in the background', async () => {
    const result = await spawnRunner.run(sh('sleep 1000 & echo $!'));
    const pid = Number(result.stdout);
    expect(result.exitCode).toBe(0);
    expect(alive(pid)).toBe(true);
    process.kill(pid, 'SIGKILL');
  });

  it('puts the prefix before the command', async () => {
    const { stdout } = await createSpawnRunner({ prefix: ['env', 'SLUICE_TEST=in'] }).run(sh('echo "$SLUICE_TEST"'));
    expect(stdout).toBe('in\n');
  });
});
