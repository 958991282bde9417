import { readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ChildFailure } from '@sluice/pipeline/node';
import { describeWith } from '../../../../tools/testing/describe-with.ts';
import { newFolder } from '../../../../tools/testing/new-folder.ts';
import type { Commit } from '../commit.ts';
import { withoutPrograms, withProgram } from '../testing/fake-program.ts';
import { HgRepository, needsHg, needsHgModule } from '../testing/hg-repository.ts';
import { hgBatches } from './hg-batches.ts';
import { hgFailure } from './hg-failure.ts';
import type { HgOptions } from './options.ts';

/** Processes that this one has started. */
const children = (): number[] =>
  readdirSync('/proc/self/task').flatMap((task) =>
    readFileSync(`/proc/self/task/${task}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
  );

interface Reading {
  readonly commits: readonly Commit[];
  readonly error: unknown;
}

/** What came, and the error after it. */
async function reading(folder: string, options: HgOptions = {}, onBatch: () => void = () => {}): Promise<Reading> {
  const commits: Commit[] = [];
  try {
    for await (const batch of hgBatches(folder, options)) {
      commits.push(...batch);
      onBatch();
    }
  } catch (error) {
    return { commits, error };
  }
  return { commits, error: undefined };
}

describeWith(needsHg, 'when hgBatches cannot read', () => {
  let repository: HgRepository;
  beforeAll(() => {
    repository = new HgRepository();
    repository.commit('one');
    repository.commit('two');
  });

  test('no program: the cure is to install it', async () => {
    await withoutPrograms(async () => {
      expect(await reading(repository.folder)).toMatchObject({
        error: {
          code: 'ERR_VCS_EVENTS_NO_PROGRAM',
          message: 'hg is not installed; install mercurial and put hg in the PATH',
        },
      });
    });
  });

  test('a folder that is missing, is empty, or is a file is no repository', async () => {
    const file = path.join(newFolder(), 'file');
    writeFileSync(file, '');
    for (const folder of [newFolder(), path.join(newFolder(), 'nothing'), file]) {
      const { error } = await reading(folder);
      expect(error).toMatchObject({
        code: 'ERR_VCS_EVENTS_NO_REPOSITORY',
        message: expect.stringContaining(folder),
      });
    }
  });

  test.each([
    ['requires', 'a-feature-of-tomorrow\n', 'features unknown to this Mercurial: a-feature-of-tomorrow; install'],
    ['requires', '\x01\x02\n', '.hg/requires file is corrupt'],
    ['sharedpath', '/nonexistent/.hg', '/nonexistent/.hg'],
  ])('a repository with another %s, %j, is none that can be read', async (name, content, message) => {
    const own = new HgRepository();
    const requires = path.join(own.folder, '.hg', 'requires');
    if (name === 'sharedpath') writeFileSync(requires, `${readFileSync(requires, 'utf8')}shared\n`);
    writeFileSync(path.join(own.folder, '.hg', name), content);
    const { error } = await reading(own.folder);
    expect(error).toMatchObject({
      code: 'ERR_VCS_EVENTS_NO_REPOSITORY',
      message: expect.stringContaining(message),
    });
  });

  test('a share is read from its source', async () => {
    const share = path.join(newFolder(), 'share');
    repository.hg('--config', 'extensions.share=', 'share', '-q', repository.folder, share);
    expect((await reading(share)).commits).toHaveLength(2);
  });

  test('a history of which a part is missing is an error, not an end', async () => {
    const own = new HgRepository();
    own.commit('x'.repeat(100));
    const changelog = path.join(own.folder, '.hg/store/00changelog.i');
    const bytes = readFileSync(changelog);
    writeFileSync(changelog, bytes.subarray(0, bytes.length - 20));
    expect((await reading(own.folder)).error).toMatchObject({ name: 'VcsEventsError' });
  });

  test('locks of others, even dead ones, do not keep us from reading', async () => {
    const own = new HgRepository();
    own.commit('one');
    for (const lock of ['.hg/wlock', '.hg/store/lock']) symlinkSync('elsewhere:1', path.join(own.folder, lock));
    expect((await reading(own.folder, { files: true })).commits).toHaveLength(1);
  });

  test('a changeset beyond maxCommitBytes is an error with the limit, and the one before has come', async () => {
    const own = new HgRepository();
    own.commit('short');
    own.commit('l'.repeat(2000));
    const { commits, error } = await reading(own.folder, { maxCommitBytes: 1000 });
    expect(error).toMatchObject({ code: 'ERR_VCS_EVENTS_TOO_LARGE', limit: 1000 });
    expect(commits.map(({ message }) => message)).toEqual(['short']);
    expect((await reading(own.folder, { maxCommitBytes: Number.POSITIVE_INFINITY })).commits).toHaveLength(2);
  });

  test('what an extension of the user prints is no changeset', async () => {
    const extension = path.join(newFolder(), 'chatty.py');
    writeFileSync(extension, "print('hello', flush=True)\n");
    const hgrc = path.join(newFolder(), 'hgrc');
    writeFileSync(hgrc, `[extensions]\nchatty = ${extension}\n`);
    process.env['HGRCPATH'] = hgrc;
    const { commits, error } = await reading(repository.folder).finally(() => (process.env['HGRCPATH'] = ''));
    expect(error).toMatchObject({ code: 'ERR_VCS_EVENTS_FORMAT', value: 'hello' });
    expect(commits).toEqual([]);
  });

  test.each([
    ['a changeset is cut', 'real | head -c 300', 'TRUNCATED', 1],
    ['the output ends with a line', 'real | head -n 1', 'TRUNCATED', 1],
    ['there is no output', ':', 'TRUNCATED', 0],
    ['a line is no JSON', "real | sed '2s/./[/'", 'FORMAT', 1],
    ['a line is another JSON', "real | sed '2s/.*/{}/'", 'FORMAT', 1],
    ['it is killed at the end', 'real; kill -9 $$', 'KILLED', 2],
    ['it fails at the end', "real; echo 'abort: the disk\tis on fire' >&2; exit 255", 'FAILED', 2],
  ])('when %s, that is an error, and what was whole has come', async (_, log, what, count) => {
    const script = `real() { PATH="\${PATH#*:}" command hg "$@"; }
case "$*" in *p1=p1.node*) ${log.replace('real', 'real "$@"')};; *) real "$@";; esac`;
    await withProgram('hg', script, async () => {
      const { commits, error } = await reading(repository.folder);
      expect(error).toMatchObject({ name: 'VcsEventsError', code: `ERR_VCS_EVENTS_${what}` });
      expect(commits).toHaveLength(count);
    });
  });

  test.each([
    ["abort: no repository found in '/x' (.hg not found)!", 'NO_REPOSITORY'],
    ['abort: repository /x not found', 'NO_REPOSITORY'],
    ["abort: Permission denied: '/x/.hg/requires'", 'NO_REPOSITORY'],
    ["abort: unknown revision 'x'", 'REVISION'],
    ['abort: working directory of /x: timed out waiting for lock held by y', 'LOCKED'],
    ['abort: index 00changelog.i is corrupted', 'FAILED'],
    ['Traceback (most recent call last):\n  File\nValueError: cannot convert', 'FAILED'],
    ['', 'FAILED'],
  ])('%j is taken for %s', (words, what) => {
    const failure = hgFailure(new ChildFailure('hg', 255, null, words), 'x');
    expect(failure).toMatchObject({ code: `ERR_VCS_EVENTS_${what}` });
  });
});

describeWith(needsHgModule, 'hgBatches of a long history', () => {
  let folder: string;
  beforeAll(() => {
    const repository = new HgRepository();
    repository.store(Array.from({ length: 3000 }, (_, at) => ({ message: `${at} ${'line of text\n'.repeat(100)}` })));
    folder = repository.folder;
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test('a Mercurial that is killed while it writes is an error, and what came before has come', async () => {
    const { commits, error } = await reading(folder, {}, () => {
      for (const pid of children()) process.kill(pid, 'SIGKILL');
    });
    expect(error).toMatchObject({
      code: 'ERR_VCS_EVENTS_KILLED',
      message: `hg was ended by SIGKILL while it read ${folder}`,
    });
    expect(commits.length).toBeGreaterThan(0);
    expect(commits.length).toBeLessThan(3000);
  });

  test('an abort ends it quietly and leaves no process', async () => {
    const abort = new AbortController();
    const options = { signal: abort.signal, onProgress: () => {} };
    const { commits, error } = await reading(folder, options, () => abort.abort());
    expect(error).toBeUndefined();
    expect(commits.length).toBeLessThan(3000);
    expect(children()).toEqual([]);
  });

  test('a consumer that leaves ends Mercurial', async () => {
    for await (const batch of hgBatches(folder)) {
      expect(batch.length).toBeGreaterThan(0);
      break;
    }
    expect(children()).toEqual([]);
  });
});
