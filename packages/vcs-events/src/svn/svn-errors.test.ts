import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describeWith } from '../../../../tools/testing/describe-with.ts';
import { freePort } from '../../../../tools/testing/free-port.ts';
import { newFolder } from '../../../../tools/testing/new-folder.ts';
import { commitsOf } from '../testing/commits-of.ts';
import { withoutPrograms, withProgram } from '../testing/fake-program.ts';
import { needsSvn, SvnRepository } from '../testing/svn-repository.ts';
import { needsSvnserve, svnServer } from '../testing/svn-server.ts';
import { svnBatches } from './svn-batches.ts';

const date = '2020-01-02T03:04:05.000000Z';
const revisions = [1, 2, 3].map((number) => ({ author: 'ada', date, message: `message ${number}` }));

/** A client that answers `svn info` and writes something else for `svn log`. */
const fakeLog = (log: string): string => `case "$1" in
info) printf '<entry revision="3"><url>svn://h/</url><relative-url>^/</relative-url><root>svn://h</root><uuid>u</uuid>';;
log) ${log};;
esac`;

test('says when svn is not installed', async () => {
  await withoutPrograms(async () => {
    await expect(commitsOf(svnBatches('svn://127.0.0.1/x'))).rejects.toMatchObject({
      code: 'ERR_VCS_EVENTS_NO_PROGRAM',
      message: expect.stringContaining('install subversion'),
    });
  });
});

describeWith(needsSvn, 'svnBatches fails', () => {
  let repository: SvnRepository;
  beforeAll(() => {
    repository = new SvnRepository(revisions);
  });

  test.each([
    ['where no repository is', () => 'file:///nonexistent/repository', 'NO_REPOSITORY'],
    ['where no folder is', () => path.join(newFolder(), 'nothing'), 'NO_REPOSITORY'],
    ['in a folder that is no working copy', () => newFolder(), 'NO_REPOSITORY'],
    ['for a path that is not there', () => `${repository.url}/nothing`, 'REVISION'],
    ['where nothing listens', async () => `svn://127.0.0.1:${await freePort()}/x`, 'NETWORK'],
    ['where nothing listens, over http', async () => `http://127.0.0.1:${await freePort()}/x`, 'NETWORK'],
  ])('%s', async (_name, url, code) => {
    await expect(commitsOf(svnBatches(await url()))).rejects.toMatchObject({ code: `ERR_VCS_EVENTS_${code}` });
  });

  test('for a revision that is not there', async () => {
    for (const range of [[0, 9] as const, [9, 'HEAD'] as const]) {
      await expect(commitsOf(svnBatches(repository.url, { range }))).rejects.toMatchObject({
        code: 'ERR_VCS_EVENTS_REVISION',
      });
    }
  });

  test('with the words of Subversion, in one line', async () => {
    await expect(commitsOf(svnBatches(`${repository.url}/nothing`))).rejects.toMatchObject({
      message: expect.stringMatching(/^file:.*nothing: .*non-existent in revision 3[^\n]*$/),
    });
  });
});

describe('svnBatches takes no short read for a whole one', () => {
  const whole = `<?xml version="1.0"?><log>${'<logentry revision="1"><msg>x</msg></logentry>'.repeat(3)}`;

  test.each([
    ['killed', `printf '%s' '${whole}'; kill -9 $$`, 'KILLED', 3],
    ['cut within an entry', `printf '%s' '${whole}<logentry revision="2"><msg>x'`, 'TRUNCATED', 3],
    ['cut after an entry', `printf '%s' '${whole}'`, 'TRUNCATED', 3],
    ['silent', 'true', 'TRUNCATED', 0],
    [
      'whole but failing',
      `printf '%s' '${whole}</log>'; echo 'svn: E160006: No such revision' >&2; exit 1`,
      'REVISION',
      3,
    ],
    ['failing for a new reason', `echo 'svn: E999999: a new reason' >&2; exit 1`, 'FAILED', 0],
    ['failing without a word', 'exit 3', 'FAILED', 0],
    ['not XML', 'echo hello', 'FORMAT', 0],
  ])('when svn log is %s', async (_name, log, code, count) => {
    await withProgram('svn', fakeLog(log), async () => {
      const read: string[] = [];
      const reading = async (): Promise<void> => {
        for await (const batch of svnBatches('svn://example.org/x')) read.push(...batch.map(({ id }) => id));
      };
      await expect(reading()).rejects.toMatchObject({ code: `ERR_VCS_EVENTS_${code}` });
      expect(read).toHaveLength(count);
    });
  });
});

test('a working copy cannot lead to a program of its choice', async () => {
  const folder = newFolder();
  const marker = path.join(folder, 'marker');
  await withProgram('svn', `case "$*" in *url*) echo 'svn+evil://h/';; *) touch '${marker}';; esac`, async () => {
    await expect(commitsOf(svnBatches(folder))).rejects.toMatchObject({ code: 'ERR_VCS_EVENTS_OPTION' });
  });
  expect(() => writeFileSync(marker, '', { flag: 'wx' })).not.toThrow();
});

describeWith(needsSvn, 'svn+ssh', () => {
  test.each([
    ['Permission denied (publickey).', 'AUTHENTICATION'],
    ['Host key verification failed.', 'AUTHENTICATION'],
    ['ssh: connect to host h port 22: Connection refused', 'NETWORK'],
  ])('runs ssh so that it asks nothing, and takes "%s" for %s', async (words, code) => {
    const told = path.join(newFolder(), 'arguments');
    await withProgram('ssh', `echo "$@" >> '${told}'; echo '${words}' >&2; exit 255`, async () => {
      await expect(commitsOf(svnBatches('svn+ssh://me@example.org/x'))).rejects.toMatchObject({
        code: `ERR_VCS_EVENTS_${code}`,
      });
    });
    expect(readFileSync(told, 'utf8')).toBe('-o BatchMode=yes -- me@example.org svnserve -t\n');
  });
});

describeWith(needsSvnserve, 'svnserve', () => {
  test('gives what the repository gives', async () => {
    const repository = new SvnRepository(revisions);
    const server = await svnServer(repository.folder);
    try {
      const options = { files: true };
      const local = await commitsOf(svnBatches(repository.url, options));
      const served = await commitsOf(svnBatches(server.url, options));
      const source = { ...local[0]?.repository, label: `127.0.0.1:${server.port}`, url: server.url };
      expect(served).toEqual(local.map((commit) => ({ ...commit, repository: source })));
    } finally {
      await server.close();
    }
  });

  test('refuses who it does not know', async () => {
    const repository = new SvnRepository(revisions);
    const settings = '[general]\nanon-access = none\nauth-access = read\npassword-db = passwd\n';
    writeFileSync(path.join(repository.folder, 'conf', 'svnserve.conf'), settings);
    writeFileSync(path.join(repository.folder, 'conf', 'passwd'), '[users]\nme = secret\n');
    const server = await svnServer(path.dirname(repository.folder));
    try {
      for (const url of [server.url, server.url.replace('//', '//me@')]) {
        await expect(commitsOf(svnBatches(`${url}/repository`))).rejects.toMatchObject({
          code: 'ERR_VCS_EVENTS_AUTHENTICATION',
          message: expect.not.stringContaining('me@'),
        });
      }
    } finally {
      await server.close();
    }
  });

  test('has no repository of another name', async () => {
    const server = await svnServer(newFolder());
    try {
      await expect(commitsOf(svnBatches(`${server.url}/nothing`))).rejects.toMatchObject({
        code: 'ERR_VCS_EVENTS_NO_REPOSITORY',
      });
    } finally {
      await server.close();
    }
  });
});
