import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, renameSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ringRejects } from '@sluice/pipeline';
import { describeWith } from '../../../../tools/testing/describe-with.ts';
import { newFolder } from '../../../../tools/testing/new-folder.ts';
import type { Progress } from '../options.ts';
import { commitsOf } from '../testing/commits-of.ts';
import { type GitHttpServer, gitHttpServer } from '../testing/git-http-server.ts';
import { GitRepository, needsGit } from '../testing/git-repository.ts';
import { gitBatches } from './git-batches.ts';
import type { GitOptions } from './options.ts';

/** A repository with two commits, whose server may leave out files. */
function served(): GitRepository {
  const repository = new GitRepository();
  repository.git('config', 'uploadpack.allowFilter', 'true');
  repository.commit('one', { 'folder/a': 'a'.repeat(100) });
  repository.commit('two', { b: 'b' });
  return repository;
}

const messagesOf = async (address: string, options: GitOptions): Promise<string[]> =>
  (await commitsOf(gitBatches(address, options))).map(({ message }) => message.trim());

/** Types of the objects in the only repository of a cache. */
function typesIn(cacheDirectory: string): readonly string[] {
  const [folder = ''] = readdirSync(cacheDirectory);
  const args = ['cat-file', '--batch-all-objects', '--batch-check=%(objecttype)'];
  const answer = execFileSync('git', args, {
    cwd: path.join(cacheDirectory, folder),
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return [...new Set(answer.trim().split('\n'))];
}

/** Every file of a folder, as one text. */
const contentOf = (folder: string): string =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(path.join(entry.parentPath, entry.name), 'latin1'))
    .join('\n');

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

describeWith(needsGit, 'gitBatches of an address', () => {
  let repository: GitRepository;
  let cacheDirectory: string;
  beforeEach(() => {
    repository = served();
    cacheDirectory = path.join(newFolder(), 'cache');
  });

  test('file: commits are fetched and kept, files are not', async () => {
    const told: Progress[] = [];
    const options = { cacheDirectory, onProgress: (progress: Progress) => told.push(progress) };
    const address = `file://${repository.folder}`;
    const [commit] = await commitsOf(gitBatches(address, options));
    expect(commit).toMatchObject({ message: 'one\n', repository: { label: 'repository', url: address } });
    expect(typesIn(cacheDirectory)).toEqual(['commit']);
    expect(told[0]).toEqual({ commits: 0, phase: 'clone' });
    expect(told.at(-1)).toEqual({ commits: 2, total: 2, phase: 'read' });
  });

  test('what is added, removed and rewritten is fetched at the next use', async () => {
    const address = `file://${repository.folder}`;
    repository.git('branch', 'gone');
    expect(await messagesOf(address, { cacheDirectory })).toEqual(['one', 'two']);
    repository.git('commit', '-q', '--amend', '--allow-empty', '-m', 'two, amended');
    repository.git('branch', '-q', '-D', 'gone');
    repository.git('checkout', '-q', '-b', 'new/branch');
    repository.commit('three');
    repository.git('tag', 'v1');
    expect(await messagesOf(address, { cacheDirectory })).toEqual(['one', 'two, amended', 'three']);
    expect(await messagesOf(address, { cacheDirectory, revisions: ['v1~1'] })).toEqual(['one', 'two, amended']);
    expect(readdirSync(cacheDirectory)).toHaveLength(1);
  });

  test('an empty one has no commits', async () => {
    expect(await messagesOf(`file://${new GitRepository().folder}`, { cacheDirectory })).toEqual([]);
  });

  test('its folder in the cache is named after a hash, whatever the address', async () => {
    await messagesOf(`file://${repository.folder}/../repository`, { cacheDirectory });
    expect(readdirSync(cacheDirectory)).toEqual([expect.stringMatching(/^[0-9a-f]{64}\.git$/)]);
  });

  test('several at once make one cache, and all read it', async () => {
    const address = `file://${repository.folder}`;
    const readers = (): Promise<string[][]> =>
      Promise.all(Array.from({ length: 5 }, () => messagesOf(address, { cacheDirectory })));
    expect(await readers()).toEqual(Array(5).fill(['one', 'two']));
    repository.commit('three');
    expect(await readers()).toEqual(Array(5).fill(['one', 'two', 'three']));
    expect(readdirSync(cacheDirectory)).toHaveLength(1);
  });

  test('leftovers of one that was killed are in nobody’s way, and go when they are old', async () => {
    const address = `file://${repository.folder}`;
    repository.git('branch', 'more');
    await messagesOf(address, { cacheDirectory });
    const [name = ''] = readdirSync(cacheDirectory);
    renameSync(path.join(cacheDirectory, name), path.join(cacheDirectory, `${name}.new-killed`));
    utimesSync(path.join(cacheDirectory, `${name}.new-killed`), 1e9, 1e9);
    mkdirSync(path.join(cacheDirectory, `${name}.new-running`));
    expect(await messagesOf(address, { cacheDirectory })).toEqual(['one', 'two']);
    expect(readdirSync(cacheDirectory)).toEqual([name, `${name}.new-running`]);
    const lock = path.join(cacheDirectory, name, 'packed-refs.lock');
    writeFileSync(lock, '');
    utimesSync(lock, 1e9, 1e9);
    // To forget a branch Git has to lock what all branches are packed in.
    repository.git('branch', '-D', 'more');
    repository.commit('three');
    expect(await messagesOf(address, { cacheDirectory })).toEqual(['one', 'two', 'three']);
  });

  test('one that is not there is an error, and leaves nothing in the cache', async () => {
    const address = `file://${repository.folder}-missing`;
    await expect(messagesOf(address, { cacheDirectory })).rejects.toMatchObject({
      code: 'ERR_VCS_EVENTS_NO_REPOSITORY',
      message: expect.stringContaining(address),
    });
    expect(readdirSync(cacheDirectory)).toEqual([]);
  });

  test('nobody listens: a network error', async () => {
    const address = `git://127.0.0.1:${await freePort()}/x`;
    await expect(messagesOf(address, { cacheDirectory })).rejects.toMatchObject({ code: 'ERR_VCS_EVENTS_NETWORK' });
  });

  test('an abort while cloning ends it quietly and leaves nothing', async () => {
    const silent = createServer(() => {});
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const { port } = silent.address() as { port: number };
    const abort = new AbortController();
    silent.once('connection', () => abort.abort());
    const options = { cacheDirectory, signal: abort.signal };
    expect(await messagesOf(`git://127.0.0.1:${port}/x`, options)).toEqual([]);
    expect(readdirSync(cacheDirectory)).toEqual([]);
    silent.close();
  });

  test('files, lines and paths are refused at the call', () => {
    for (const options of [{ files: true }, { lines: true }, { paths: ['a'] }]) {
      expect(() => gitBatches('https://me:secret@example.org/x', { cacheDirectory, ...options })).toThrow(
        'repository must be local for files, lines and paths: clone it first, not "https://example.org/x"',
      );
    }
  });

  test('without a cacheDirectory, and for what is no address that we know, it is refused', () => {
    expect(() => gitBatches('https://example.org/x')).toThrow('cacheDirectory must be a folder');
    expect(() => gitBatches('ext::sh -c id', { cacheDirectory })).toThrow(
      'repository must be a path, or an address of https, http, ssh, git or file, not "ext::sh -c id"',
    );
  });

  test('git: a daemon, followed; while it is away that is said once, and then it goes on', async () => {
    const port = await freePort();
    const daemon = () =>
      spawn(
        'git',
        [
          'daemon',
          '--export-all',
          '--reuseaddr',
          '--listen=127.0.0.1',
          `--port=${port}`,
          `--base-path=${path.dirname(repository.folder)}`,
        ],
        // A group of its own: git starts the daemon proper as its child.
        { stdio: 'ignore', detached: true },
      );
    let running = daemon();
    const stop = (): void => void process.kill(-(running.pid ?? 0), 'SIGKILL');
    const address = `git://127.0.0.1:${port}/repository`;
    const rejects = ringRejects(9);
    try {
      while (!(await messagesOf(address, { cacheDirectory }).catch(() => undefined))) await sleep(50);
      const options = { cacheDirectory, follow: true, pollMs: 100, rejects };
      const iterator = gitBatches(address, options)[Symbol.asyncIterator]();
      expect((await iterator.next()).value).toHaveLength(2);
      repository.commit('three');
      expect((await iterator.next()).value).toMatchObject([{ message: 'three\n' }]);
      stop();
      repository.commit('four');
      const next = iterator.next();
      while (rejects.total === 0) await sleep(50);
      await sleep(500);
      running = daemon();
      expect((await next).value).toMatchObject([{ message: 'four\n' }]);
      expect(rejects.last.map(({ code }) => code)).toEqual(['ERR_VCS_EVENTS_NETWORK']);
      await iterator.return?.();
    } finally {
      stop();
    }
  });

  describe('over http', () => {
    let server: GitHttpServer | undefined;
    afterEach(async () => {
      await server?.close();
    });
    const serve = async (authorization?: string): Promise<GitHttpServer> => {
      server = await gitHttpServer(path.dirname(repository.folder), authorization);
      return server;
    };
    const basic = `Basic ${Buffer.from('me:s3cret/@').toString('base64')}`;

    test('commits are fetched, and what is added', async () => {
      const { url } = await serve();
      expect(await messagesOf(`${url}/repository/.git`, { cacheDirectory })).toEqual(['one', 'two']);
      expect(typesIn(cacheDirectory)).toEqual(['commit']);
      repository.commit('three');
      expect(await messagesOf(`${url}/repository/.git`, { cacheDirectory })).toEqual(['one', 'two', 'three']);
    });

    test('a repository that the server does not have', async () => {
      const { url } = await serve();
      await expect(messagesOf(`${url}/nope`, { cacheDirectory })).rejects.toMatchObject({
        code: 'ERR_VCS_EVENTS_NO_REPOSITORY',
      });
    });

    test('refused without a password: an error at once, nobody is asked', async () => {
      const { url } = await serve(basic);
      await expect(messagesOf(`${url}/repository/.git`, { cacheDirectory })).rejects.toMatchObject({
        code: 'ERR_VCS_EVENTS_AUTHENTICATION',
        message: expect.stringContaining('credential helper'),
      });
    });

    test('a wrong password is in no message', async () => {
      const { url } = await serve(basic);
      const address = `${url.replace('//', '//me:wr0ng@')}/repository/.git`;
      const error: unknown = await messagesOf(address, { cacheDirectory }).catch((reason: unknown) => reason);
      expect(error).toMatchObject({ code: 'ERR_VCS_EVENTS_AUTHENTICATION' });
      const { message, value, cause, stack } = error as Error & { value: unknown };
      expect([message, value, stack, String(cause), JSON.stringify(cause)].join()).not.toMatch('wr0ng');
    });

    test('the right password opens, and is nowhere in the cache', async () => {
      const { url, authorizations } = await serve(basic);
      const address = `${url.replace('//', `//me:${encodeURIComponent('s3cret/@')}@`)}/repository/.git`;
      const [commit] = await commitsOf(gitBatches(address, { cacheDirectory }));
      expect(authorizations).toContain(basic);
      expect(commit?.repository.url).toBe(`${url}/repository/.git`);
      repository.commit('three');
      expect(await messagesOf(address, { cacheDirectory })).toEqual(['one', 'two', 'three']);
      expect(contentOf(cacheDirectory)).not.toMatch('s3cret');
    });

    test('a password is not given to another server that we are sent to', async () => {
      const thief = await gitHttpServer(path.dirname(repository.folder), basic);
      const { createServer: http } = await import('node:http');
      const sender = http((request, response) => {
        response.writeHead(302, { Location: `${thief.url}${request.url}` }).end();
      });
      await new Promise<void>((resolve) => sender.listen(0, '127.0.0.1', resolve));
      const { port } = sender.address() as { port: number };
      try {
        const address = `http://me:${encodeURIComponent('s3cret/@')}@127.0.0.1:${port}/repository/.git`;
        await expect(messagesOf(address, { cacheDirectory })).rejects.toMatchObject({
          code: 'ERR_VCS_EVENTS_AUTHENTICATION',
        });
        expect(thief.authorizations.length).toBeGreaterThan(0);
        expect(thief.authorizations).not.toContain(basic);
      } finally {
        sender.close();
        await thief.close();
      }
    });
  });
});
