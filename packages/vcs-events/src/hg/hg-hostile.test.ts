import { execFileSync } from 'node:child_process';
import { readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describeWith } from '../../../../tools/testing/describe-with.ts';
import { newFolder } from '../../../../tools/testing/new-folder.ts';
import { commitsOf } from '../testing/commits-of.ts';
import { withProgram } from '../testing/fake-program.ts';
import { HgRepository, needsHg } from '../testing/hg-repository.ts';
import { hgBatches } from './hg-batches.ts';

/** A configuration that runs something in each way that one can. */
function hostile(markers: string): string {
  const touch = (name: string): string => `touch ${path.join(markers, name)}`;
  const extension = path.join(newFolder(), 'extension.py');
  writeFileSync(extension, `open(${JSON.stringify(path.join(markers, 'extension'))}, 'w')\n`);
  const included = path.join(newFolder(), 'included');
  writeFileSync(included, `[hooks]\npre-log.included = ${touch('included')}\n`);
  return `%include ${included}
[extensions]
evil = ${extension}
[hooks]
pre-log = ${touch('pre-log')}
post-log = ${touch('post-log')}
[alias]
log = !${touch('alias')}
[pager]
pager = ${touch('pager')}
[ui]
editor = ${touch('editor')}
ssh = ${touch('ssh')}
merge = evil
logtemplate = {shell}
[merge-tools]
evil.executable = ${touch('merge')}
[revsetalias]
all() = none()
[templates]
sluice = x
[experimental]
evolution = all
[defaults]
log = --config hooks.pre-log='${touch('defaults')}'
`;
}

describeWith(needsHg, "a repository's own configuration", () => {
  let repository: HgRepository;
  let markers: string;
  beforeEach(() => {
    repository = new HgRepository();
    repository.commit('a');
    markers = newFolder();
  });

  test('runs programs when hg log reads it', () => {
    writeFileSync(path.join(repository.folder, '.hg', 'hgrc'), hostile(markers));
    execFileSync('hg', ['log'], { cwd: repository.folder, env: { ...process.env, HGPLAIN: '1' } });
    expect(readdirSync(markers)).toEqual(expect.arrayContaining(['extension', 'pre-log', 'post-log', 'included']));
  });

  test.each(['hgrc', 'hgrc-not-shared'])('runs nothing from %s', async (name) => {
    writeFileSync(path.join(repository.folder, '.hg', name), hostile(markers));
    expect(await commitsOf(hgBatches(repository.folder, { files: true }))).toHaveLength(1);
    expect(readdirSync(markers)).toEqual([]);
  });

  test('runs nothing from the source of a share', async () => {
    writeFileSync(path.join(repository.folder, '.hg', 'hgrc'), hostile(markers));
    const share = path.join(newFolder(), 'share');
    const safe = ['--config', 'extensions.share=', '--config', 'format.use-share-safe=1'];
    repository.hg(...safe, 'share', '-q', repository.folder, share);
    expect(await commitsOf(hgBatches(share))).toHaveLength(1);
    expect(readdirSync(markers)).toEqual([]);
  });

  test('runs nothing while the repository is followed, with a cursor and progress', async () => {
    writeFileSync(path.join(repository.folder, '.hg', 'hgrc'), hostile(markers));
    const cursor = { version: 1, kind: 'hg', heads: { default: '1'.repeat(40) } } as const;
    const options = { follow: true, pollMs: 50, cursor, onProgress: () => {} };
    const iterator = hgBatches(repository.folder, options)[Symbol.asyncIterator]();
    await iterator.next();
    const id = repository.commit('b');
    expect((await iterator.next()).value).toMatchObject([{ id }]);
    await iterator.return?.();
    expect(readdirSync(markers)).toEqual([]);
  });

  test('is left as it was, with all other files', async () => {
    const stateOf = (): unknown =>
      readdirSync(repository.folder, { recursive: true, encoding: 'utf8' })
        .sort()
        .map((name) => [name, statSync(path.join(repository.folder, name)).mtimeMs]);
    const before = stateOf();
    await commitsOf(hgBatches(repository.folder, { files: true, onProgress: () => {} }));
    expect(stateOf()).toEqual(before);
  });

  test('of a pipe where a file is expected nothing is waited for', async () => {
    const requires = path.join(repository.folder, '.hg', 'requires');
    rmSync(requires);
    execFileSync('mkfifo', [requires]);
    await expect(commitsOf(hgBatches(repository.folder))).rejects.toMatchObject({
      code: 'ERR_VCS_EVENTS_NO_REPOSITORY',
      message: expect.stringContaining(requires),
    });
  });

  test('makes a Mercurial that would read it be refused', async () => {
    writeFileSync(path.join(repository.folder, '.hg', 'hgrc'), hostile(markers));
    const old = `case "$1" in version) echo 'Mercurial Distributed SCM (version 4.9.1)';; *) touch ${markers}/ran;; esac`;
    await withProgram('hg', old, async () => {
      await expect(commitsOf(hgBatches(repository.folder))).rejects.toMatchObject({
        code: 'ERR_VCS_EVENTS_FAILED',
        message: expect.stringContaining('Mercurial 4.9 would run'),
      });
    });
    expect(readdirSync(markers)).toEqual([]);
  });
});
