import { execFileSync, spawnSync } from 'node:child_process';
import { appendFileSync, chmodSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { killChildren, spawnChild } from '../../../tools/testing/child.ts';
import { testWith } from '../../../tools/testing/describe-with.ts';
import { tempFolder } from '../../../tools/testing/temp-folder.ts';
import { until } from '../../../tools/testing/until.ts';
import { follow, stopAll } from './testing/collected.ts';

const temp = tempFolder();
afterEach(stopAll);
afterEach(killChildren);

describe('followFiles on what cannot be followed', () => {
  test('reports a missing file and a glob without files once each, with path and cure, and reads the others', async () => {
    writeFileSync(temp('a.log'), 'one\n');
    const got = follow([temp('missing.log'), temp('*.nothing'), temp('a.log')], { sweepIntervalMs: 20 });
    await got.line('one');
    writeFileSync(temp('unrelated'), '');
    for (let round = 0; round < 20; round += 1) {
      appendFileSync(temp('a.log'), `round ${round}\n`);
      await got.line(`round ${round}`);
    }
    expect(got.rejects).toEqual([
      expect.objectContaining({
        component: 'log-source',
        code: 'ERR_LOG_SOURCE_MISSING',
        path: temp('missing.log'),
        reason: `${temp('missing.log')}: there is no such file; check the path, or wait for the program that writes it to start`,
      }),
      expect.objectContaining({ code: 'ERR_LOG_SOURCE_MISSING', path: temp('*.nothing') }),
    ]);
    expect(got.metrics.get('log_source_rejected_items_total')).toBe(2);
  });

  test('reports a folder in the place of a file, reads the old file to its end and follows the next one', async () => {
    writeFileSync(temp('a.log'), 'one\n');
    writeFileSync(temp('b.log'), 'other\n');
    const got = follow([temp('a.log'), temp('b.log')]);
    await got.line('one');
    appendFileSync(temp('a.log'), 'rest\n');
    renameSync(temp('a.log'), temp('gone'));
    mkdirSync(temp('a.log'));
    expect((await got.reject('ERR_LOG_SOURCE_NOT_A_FILE')).reason).toContain('is a folder');
    await got.line('rest');
    appendFileSync(temp('b.log'), 'on\n');
    await got.line('on');
    rmSync(temp('a.log'), { recursive: true });
    writeFileSync(temp('a.log'), 'two\n');
    await got.line('two');
    expect(got.codes).toEqual(['ERR_LOG_SOURCE_NOT_A_FILE']);
  });

  test('does not block on a FIFO, also one that takes the place of a followed file', async () => {
    execFileSync('mkfifo', [temp('a.log')]);
    writeFileSync(temp('b.log'), 'one\n');
    const got = follow(temp('*.log'));
    await got.line('one');
    rmSync(temp('b.log'));
    execFileSync('mkfifo', [temp('b.log')]);
    await until(() => got.codes.length === 2);
    expect(got.rejects.map(({ reason }) => reason)).toEqual([
      expect.stringContaining('is a FIFO'),
      expect.stringContaining('is a FIFO'),
    ]);
  });

  test('reports a circle of links', async () => {
    symlinkSync(temp('a.log'), temp('a.log'));
    const got = follow(temp('a.log'));
    expect((await got.reject('ERR_LOG_SOURCE_UNREADABLE')).reason).toContain('(ELOOP); mend the symbolic links');
  });

  test('refuses a link that leads out of the root, follows one that stays inside', async () => {
    mkdirSync(temp('root/logs'), { recursive: true });
    writeFileSync(temp('secret'), 'secret\n');
    writeFileSync(temp('root/inside'), 'inside\n');
    symlinkSync('../../secret', temp('root/logs/out.log'));
    symlinkSync('../inside', temp('root/logs/in.log'));
    const got = follow('/logs/*.log', { root: temp('root') });
    expect(await got.line('inside')).toMatchObject({ path: temp('root/logs/in.log') });
    expect((await got.reject('ERR_LOG_SOURCE_OUTSIDE_ROOT')).path).toBe(temp('root/logs/out.log'));
    expect(got.texts).toEqual(['inside']);
  });

  test('leaves compressed files that a glob matches alone, and says so', async () => {
    writeFileSync(temp('a.log'), 'one\n');
    writeFileSync(temp('a.log.1.gz'), gzipSync('old\n'));
    const got = follow(temp('a.log*'));
    await got.line('one');
    expect((await got.reject('ERR_LOG_SOURCE_COMPRESSED')).path).toBe(temp('a.log.1.gz'));
    expect(got.texts).toEqual(['one']);
  });

  test('follows not more files than maxFiles, and says so', async () => {
    for (const name of ['a', 'b', 'c']) writeFileSync(temp(`${name}.log`), `${name}\n`);
    const got = follow(temp('*.log'), { maxFiles: 2 });
    await got.line('b');
    expect((await got.reject('ERR_LOG_SOURCE_TOO_MANY_FILES')).reason).toContain('more than 2 files');
    expect(got.texts.sort()).toEqual(['a', 'b']);
  });

  test('reports a file without the right to read it, and reads it once the right is given', async () => {
    chmodSync(temp(), 0o755);
    writeFileSync(temp('a.log'), 'one\n', { mode: 0 });
    // Root may read everything: then somebody else has to try.
    const nobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
    const child = spawnChild(new URL('./testing/printing-child.ts', import.meta.url), [temp('a.log')], nobody);
    let stdout = '';
    child.stdout?.on('data', (block) => {
      stdout += block;
    });
    await until(
      () => stdout.includes('ERR_LOG_SOURCE_UNREADABLE'),
      () => stdout,
    );
    expect(stdout).toContain('cannot be read (EACCES); give the user');
    chmodSync(temp('a.log'), 0o644);
    await until(() => stdout.endsWith('one\n'));
    expect(stdout.match(/ERR_/g)).toHaveLength(1);
  });
});

const limited = ['-Ur', 'sh', '-c', 'echo 0 > /proc/sys/user/max_inotify_watches && exec "$0" "$@"'];
// SWC, which the child needs, trusts no folder whose owner the namespace does not know: unless root made it, that is any.
const loadSwc = [process.execPath, '-e', "require('@swc/core')"];
const namespaces = {
  text: 'user namespaces made by root: install the package util-linux and run the tests as root',
  isThere: spawnSync('unshare', [...limited, ...loadSwc]).status === 0,
};
testWith([namespaces], 'polls when the system has no watch left, and says so', async () => {
  writeFileSync(temp('a.log'), 'one\n');
  const child = spawnChild(new URL('./testing/printing-child.ts', import.meta.url), [temp('a.log')], {}, [
    'unshare',
    ...limited,
  ]);
  let stdout = '';
  child.stdout?.on('data', (block) => {
    stdout += block;
  });
  await until(
    () => stdout.includes('ERR_LOG_SOURCE_WATCH'),
    () => stdout,
  );
  expect(stdout).toContain('cannot be watched (ENOSPC); files are polled instead');
  appendFileSync(temp('a.log'), 'two\n');
  await until(
    () => stdout.endsWith('two\n'),
    () => stdout,
  );
});

describe('followFiles', () => {
  test.each([
    [[], {}, 'globs must be one or more paths'],
    ['/a.log', { pollIntervalMs: 0 }, 'pollIntervalMs must be an integer from 1 to 60000, not 0'],
    ['/a.log', { maxInFlight: 1.5 }, 'maxInFlight must be an integer from 1 to 1024, not 1.5'],
    ['/a.log', { start: 'tail' }, "start must be 'end' or 'beginning', not \"tail\""],
    ['/a.log', { checkpoint: '/tmp/x' }, 'checkpoint must be an object with load(), save(), saveSync(), not "/tmp/x"'],
    ['/a.log', { root: '' }, 'root must be a folder, not ""'],
    ['/a\0.log', {}, 'globs must be one or more paths'],
  ])('refuses %j with %j at once', (globs, options, message) => {
    expect(() => follow(globs, options as object)).toThrow(message);
  });
});
