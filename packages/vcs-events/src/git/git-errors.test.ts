import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ringRejects } from '@sluice/pipeline';
import { ChildFailure } from '@sluice/pipeline/node';
import { describeWith, testWith } from '../../../../tools/testing/describe-with.ts';
import { newFolder } from '../../../../tools/testing/new-folder.ts';
import type { Commit } from '../commit.ts';
import { commitsOf } from '../testing/commits-of.ts';
import { GitRepository, needsGit } from '../testing/git-repository.ts';
import { gitBatches } from './git-batches.ts';
import { gitFailure } from './git-failure.ts';

/** A repository whose log is far larger than what a pipe holds. */
function bigRepository(): GitRepository {
  const repository = new GitRepository();
  const body = 'line of text\n'.repeat(400);
  const stream = Array.from(
    { length: 2000 },
    (_, at) => `commit refs/heads/main\ncommitter B <b@x> ${1e9 + at} +0000\ndata ${body.length}\n${body}\n`,
  );
  repository.gitWith(stream.join(''), 'fast-import', '--quiet');
  return repository;
}

/** Processes that this one has started. */
const children = (): number[] =>
  readdirSync('/proc/self/task').flatMap((task) =>
    readFileSync(`/proc/self/task/${task}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
  );

/** Puts a program of the name `git` before the real one for as long as `body` takes. */
async function withGit(script: string, body: () => Promise<void>): Promise<void> {
  const folder = newFolder();
  writeFileSync(path.join(folder, 'git'), script);
  chmodSync(path.join(folder, 'git'), 0o755);
  const before = process.env['PATH'];
  process.env['PATH'] = `${folder}:${before}`;
  await body().finally(() => {
    process.env['PATH'] = before;
  });
}

describeWith(needsGit, 'when gitBatches cannot read', () => {
  test('no program: the cure is to install it', async () => {
    const before = process.env['PATH'];
    process.env['PATH'] = newFolder();
    const reading = commitsOf(gitBatches('/'));
    await expect(reading.finally(() => (process.env['PATH'] = before))).rejects.toMatchObject({
      code: 'ERR_VCS_EVENTS_NO_PROGRAM',
      message: 'git is not installed; install git and put git in the PATH',
    });
  });

  test.each(['missing', 'empty'])('a folder that is %s is no repository', async (name) => {
    const folder = path.join(newFolder(), name);
    if (name === 'empty') mkdirSync(folder);
    await expect(commitsOf(gitBatches(folder))).rejects.toMatchObject({
      name: 'VcsEventsError',
      code: 'ERR_VCS_EVENTS_NO_REPOSITORY',
      message: expect.stringContaining(folder),
      value: folder,
    });
  });

  test('a repository of another owner: the cure is to trust it', () => {
    const words = "fatal: detected dubious ownership in repository at '/srv/x'\nTo add an exception …\n";
    expect(gitFailure(new ChildFailure('git', 128, null, words), '/srv/x')).toMatchObject({
      code: 'ERR_VCS_EVENTS_NO_REPOSITORY',
      message: expect.stringContaining('safe.directory'),
    });
  });

  const root = { text: 'root: run the tests as root', isThere: process.getuid?.() === 0, isOptional: true };
  testWith([root], 'another owner, with the real git', async () => {
    const repository = new GitRepository();
    repository.commit('one');
    repository.git('config', 'core.bare', 'false');
    const { chownSync } = await import('node:fs');
    chownSync(repository.folder, 65534, 65534);
    chownSync(path.join(repository.folder, '.git'), 65534, 65534);
    await expect(commitsOf(gitBatches(repository.folder))).rejects.toMatchObject({
      code: 'ERR_VCS_EVENTS_NO_REPOSITORY',
      message: expect.stringContaining('git config --global --add safe.directory'),
    });
  });

  test('an empty repository has no commits, by whatever name they are asked for', async () => {
    const { folder } = new GitRepository();
    for (const options of [{}, { branch: 'main' }, { revisions: ['HEAD'] }, { lines: true }]) {
      expect(await commitsOf(gitBatches(folder, options))).toEqual([]);
    }
  });

  test('a Git that is killed while it writes is an error, and what came before has come', async () => {
    const { folder } = bigRepository();
    const commits: Commit[] = [];
    const reading = (async () => {
      for await (const batch of gitBatches(folder)) {
        commits.push(...batch);
        // Its log cannot be at its end yet: we have not read so much.
        for (const pid of children()) process.kill(pid, 'SIGKILL');
      }
    })();
    await expect(reading).rejects.toMatchObject({
      code: 'ERR_VCS_EVENTS_KILLED',
      message: `git was ended by SIGKILL while it read ${folder}`,
    });
    expect(commits.length).toBeGreaterThan(0);
    expect(commits.length).toBeLessThan(2000);
  });

  test('a missing object in the history is an error, not an end', async () => {
    const repository = new GitRepository();
    const one = repository.commit('one');
    repository.commit('two');
    const { rmSync } = await import('node:fs');
    rmSync(path.join(repository.folder, '.git/objects', one.slice(0, 2), one.slice(2)));
    await expect(commitsOf(gitBatches(repository.folder))).rejects.toMatchObject({
      name: 'VcsEventsError',
      message: expect.stringContaining(one),
    });
  });

  test('a branch that a crash has left empty is reported, and the others are read', async () => {
    const repository = new GitRepository();
    repository.commit('one');
    repository.write('.git/refs/heads/broken', '');
    const rejects = ringRejects(9);
    const commits = await commitsOf(gitBatches(repository.folder, { rejects }));
    expect(commits).toHaveLength(1);
    expect(rejects.last).toMatchObject([{ code: 'ERR_VCS_EVENTS_REVISION', value: 'refs/heads/broken' }]);
  });

  test('locks of others do not keep us from reading', async () => {
    const repository = new GitRepository();
    repository.commit('one', { a: 'a' });
    for (const lock of ['index.lock', 'HEAD.lock', 'packed-refs.lock', 'refs/heads/main.lock', 'config.lock']) {
      repository.write(`.git/${lock}`, '');
    }
    expect(await commitsOf(gitBatches(repository.folder, { lines: true }))).toHaveLength(1);
  });

  test('an output that ends within a commit is an error, though Git says that all is well', async () => {
    const repository = new GitRepository();
    repository.commit('one');
    const script = `#!/bin/sh
case " $* " in
*" log "*) PATH="\${PATH#*:}" git "$@" | head -c 100 ;;
*) PATH="\${PATH#*:}" exec git "$@" ;;
esac
`;
    await withGit(script, async () => {
      await expect(commitsOf(gitBatches(repository.folder))).rejects.toMatchObject({
        code: 'ERR_VCS_EVENTS_TRUNCATED',
      });
    });
  });

  test('an exit code is an error, though all commits came', async () => {
    const repository = new GitRepository();
    repository.commit('one');
    const script = `#!/bin/sh
PATH="\${PATH#*:}" git "$@"
case " $* " in *" log "*) echo 'fatal: the disk\tis on fire' >&2; exit 128 ;; esac
`;
    const commits: Commit[] = [];
    await withGit(script, async () => {
      const reading = (async () => {
        for await (const batch of gitBatches(repository.folder)) commits.push(...batch);
      })();
      await expect(reading).rejects.toMatchObject({
        code: 'ERR_VCS_EVENTS_FAILED',
        message: `${repository.folder}: fatal: the disk is on fire`,
      });
    });
    expect(commits).toHaveLength(1);
  });

  test('a commit beyond maxCommitBytes is an error with the limit', async () => {
    const repository = new GitRepository();
    repository.commit('x'.repeat(1000));
    await expect(commitsOf(gitBatches(repository.folder, { maxCommitBytes: 1000 }))).rejects.toMatchObject({
      code: 'ERR_VCS_EVENTS_TOO_LARGE',
      limit: 1000,
    });
    expect(await commitsOf(gitBatches(repository.folder, { maxCommitBytes: Number.POSITIVE_INFINITY }))).toHaveLength(
      1,
    );
  });

  test('an abort ends it quietly and leaves no process', async () => {
    const { folder } = bigRepository();
    const abort = new AbortController();
    let batches = 0;
    for await (const batch of gitBatches(folder, { signal: abort.signal, onProgress: () => {} })) {
      batches += batch.length > 0 ? 1 : 0;
      abort.abort();
    }
    expect(batches).toBe(1);
    expect(children()).toEqual([]);
  });

  test('a consumer that leaves ends Git', async () => {
    for await (const batch of gitBatches(bigRepository().folder)) {
      expect(batch.length).toBeGreaterThan(0);
      break;
    }
    expect(children()).toEqual([]);
  });

  test.each([
    ["fatal: Authentication failed for 'https://example.org/x/'", 'AUTHENTICATION'],
    ["fatal: could not read Username for 'https://example.org': terminal prompts disabled", 'AUTHENTICATION'],
    [
      'git@example.org: Permission denied (publickey).\nfatal: Could not read from remote repository.',
      'AUTHENTICATION',
    ],
    ["fatal: unable to access 'https://x/': Could not resolve host: x", 'NETWORK'],
    ['fatal: unable to connect to 127.0.0.1:\n127.0.0.1[0: 127.0.0.1]: errno=Connection refused', 'NETWORK'],
    ["fatal: repository 'https://example.org/x/' not found", 'NO_REPOSITORY'],
    ["fatal: bad revision 'x'", 'REVISION'],
    ["fatal: Unable to create '/x/packed-refs.lock': File exists.", 'LOCKED'],
    ['fatal: out of memory', 'FAILED'],
    ['', 'FAILED'],
  ])('%j is taken for %s', (words, what) => {
    const failure = gitFailure(new ChildFailure('git', 128, null, words), 'x');
    expect(failure).toMatchObject({ code: `ERR_VCS_EVENTS_${what}` });
  });
});
