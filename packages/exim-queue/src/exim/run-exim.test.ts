import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { ended, killChildren, spawnChild } from '../../../../tools/testing/child.ts';
import { describeWith } from '../../../../tools/testing/describe-with.ts';
import { type EximScene, eximScene, needsExim } from '../../../../tools/testing/exim/exim-scene.ts';
import { tempFolder } from '../../../../tools/testing/temp-folder.ts';
import { until } from '../../../../tools/testing/until.ts';
import type { QueuePlace } from '../queue-place.ts';
import { runExim } from './run-exim.ts';

const temp = tempFolder();
afterEach(killChildren);

const placeOf = (changes: Partial<QueuePlace> = {}): QueuePlace => ({
  backend: 'spool',
  spoolDirectory: temp(),
  spoolFrom: 'exim',
  queue: '',
  aside: true,
  ...changes,
});

/** A place whose Exim is a shell script. */
function fake(script: string, changes: Partial<QueuePlace> = {}): QueuePlace {
  const exim = temp('exim');
  writeFileSync(exim, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return placeOf({ exim, ...changes });
}

const isAlive = (pid: number): boolean => existsSync(`/proc/${pid}`);

test('arguments come as they are, behind the configuration, in the C locale, without an input', async () => {
  const place = fake('printf "%s|" "$@" "$LC_ALL" "$(cat)"; echo oops >&2; exit 3', { config: '/a b.conf' });
  expect(await runExim(place, ['-Mrm', '$(touch x)', 'a b'])).toEqual({
    stdout: '-C|/a b.conf|-Mrm|$(touch x)|a b|C||',
    stderr: 'oops\n',
    exitCode: 3,
    isCut: false,
  });
});

test('without an Exim, and with one that cannot be started, it says so', async () => {
  for (const place of [placeOf(), placeOf({ exim: temp('none') })]) {
    await expect(runExim(place, ['-bpc'])).rejects.toMatchObject({
      code: 'ERR_EXIM_QUEUE_NO_EXIM',
      message: expect.stringContaining('install it (Debian: exim4-daemon-light)'),
    });
  }
});

test("Exim's refusal of the user is an error that says what would do", async () => {
  for (const words of ['exim: permission denied', 'exim: permission denied; not admin', 'exim: Permission denied']) {
    await expect(runExim(fake(`echo '${words}' >&2; exit 1`), ['-bp'])).rejects.toMatchObject({
      code: 'ERR_EXIM_QUEUE_DENIED',
      message: expect.stringMatching(
        /^this user is none of Exim's administrators; use sudo, or join the group \S+ and/,
      ),
    });
  }
});

test('faults of the configuration are told with file and line, where Exim tells them', async () => {
  const said = (text: string): QueuePlace => fake(`cat >&2 <<'E'\n${text}\nE\nexit 1`, { config: '/c.conf' });
  const stamp = '2026-11-23 02:00:00';
  await expect(
    runExim(
      said(`${stamp} Exim configuration error in line 12 of /etc/exim4/exim4.conf:\n  main option "x" unknown`),
      [],
    ),
  ).rejects.toMatchObject({
    code: 'ERR_EXIM_QUEUE_EXIM',
    file: '/etc/exim4/exim4.conf',
    line: 12,
    message: expect.stringContaining('exim4.conf:12: Exim refuses its configuration: main option "x" unknown; '),
  });
  await expect(
    runExim(said(`${stamp} Exim configuration error:\n  spool_directory undefined: x`), []),
  ).rejects.toMatchObject({
    file: '/c.conf',
    line: undefined,
    message: expect.stringContaining('spool_directory undefined: x'),
  });
});

test('what an Exim that succeeds says on standard error is no fault', async () => {
  const place = fake("echo 'exim: permission denied' >&2; echo 3");
  expect(await runExim(place, ['-bpc'])).toMatchObject({ stdout: '3\n', exitCode: 0 });
});

test('the time, the bound and an abort end it, and what it had written is the answer', async () => {
  const place = fake(`echo $$ > ${temp('pid')}; echo begun; exec sleep 60`);
  const abort = new AbortController();
  const ends = [{ timeoutMs: 100 }, { signal: abort.signal }];
  for (const options of ends) {
    const running = runExim(place, ['-M'], options);
    await until(() => existsSync(temp('pid')) && readFileSync(temp('pid'), 'latin1').endsWith('\n'));
    abort.abort();
    expect(await running).toMatchObject({ stdout: expect.stringMatching(/^(begun\n)?$/), exitCode: null, isCut: true });
    expect(isAlive(Number(readFileSync(temp('pid'), 'latin1')))).toBe(false);
  }
  const endless = fake('yes begun & wait');
  const { stdout, isCut } = await runExim(endless, [], { maxBytes: 100_000 });
  expect(isCut).toBe(true);
  expect(stdout.length).toBeLessThanOrEqual(100_000);
});

test('one that does not heed SIGTERM is killed', async () => {
  const place = fake(`trap '' TERM; echo $$ > ${temp('pid')}; while :; do sleep 0.1; done`);
  expect(await runExim(place, [], { timeoutMs: 200 })).toMatchObject({ exitCode: null, isCut: true });
  expect(isAlive(Number(readFileSync(temp('pid'), 'latin1')))).toBe(false);
});

test('nothing is run for a signal that has aborted', async () => {
  const place = fake(`touch ${temp('ran')}`);
  expect(await runExim(place, [], { signal: AbortSignal.abort() })).toMatchObject({ isCut: true, stdout: '' });
  expect(existsSync(temp('ran'))).toBe(false);
});

describe('where the caller named the spool', () => {
  const asked = (spool: string): string =>
    `case "$*" in *-bP*) echo "spool_directory = ${spool}"; echo x >> ${temp('asked')} ;; *) echo done ;; esac`;

  test('nothing is done by an Exim that works on another', async () => {
    mkdirSync(temp('backup'));
    const place = fake(asked('/var/spool/exim4'), { spoolDirectory: temp('backup'), spoolFrom: 'option' });
    for (const time of [1, 2]) {
      await expect(runExim(place, ['-Mrm', '1xVJLa-0005ku-09'])).rejects.toMatchObject({
        code: 'ERR_EXIM_QUEUE_EXIM',
        message: expect.stringContaining(`works on the spool /var/spool/exim4, not on ${temp('backup')}; `),
      });
      expect(readFileSync(temp('asked'), 'latin1')).toHaveLength(2 * time);
    }
  });

  test('an Exim that works on it, be it by a link, is asked once', async () => {
    mkdirSync(temp('sp'));
    symlinkSync(temp('sp'), temp('link'));
    const place = fake(asked(temp('sp')), { spoolDirectory: temp('link'), spoolFrom: 'option' });
    for (const _ of [1, 2, 3]) expect(await runExim(place, ['-Mf'])).toMatchObject({ stdout: 'done\n' });
    expect(readFileSync(temp('asked'), 'latin1')).toHaveLength(2);
  });
});

describeWith(needsExim, 'with the real Exim', () => {
  let scene: EximScene;
  beforeAll(async () => {
    scene = await eximScene({ release: '4.96', slowSeconds: 20 });
  });

  test('one that may not be ended, as it is setuid root, is left to itself, and holds up nothing', async () => {
    const id = await scene.submit({ to: 'x@slow.test' });
    const child = new URL('../testing/run-child.ts', import.meta.url);
    const wrapper = scene.as({ user: 'nobody', group: 'Debian-exim' }, []);
    const { stdout, stderr } = await ended(spawnChild(child, [JSON.stringify(['-M', id])], {}, wrapper));
    expect({ stdout, stderr }).toEqual({
      stdout: '{"stdout":"","stderr":"","exitCode":null,"isCut":true}\n',
      stderr: '',
    });
    expect((await scene.run(['-Mrm', id])).stdout).toBe(`Message ${id} is locked\n`);
  });

  test('a message is not removed from the queue of this machine for one found in a copy of another', async () => {
    const id = await scene.submit();
    mkdirSync(`${scene.folder}/copy/input`, { recursive: true });
    const place = placeOf({ ...scene.place, spoolDirectory: `${scene.folder}/copy`, spoolFrom: 'option' });
    await expect(runExim(place, ['-Mrm', id])).rejects.toMatchObject({ code: 'ERR_EXIM_QUEUE_EXIM' });
    expect(scene.ids()).toContain(id);
    const { stdout } = await runExim({ ...place, spoolDirectory: scene.spool }, ['-Mrm', id]);
    expect(stdout).toBe(`Message ${id} has been removed\n`);
  });
});
