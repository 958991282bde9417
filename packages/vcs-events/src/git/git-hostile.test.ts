import { chmodSync, existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describeWith } from '../../../../tools/testing/describe-with.ts';
import { commitsOf } from '../testing/commits-of.ts';
import { GitRepository, needsGit } from '../testing/git-repository.ts';
import { gitBatches } from './git-batches.ts';

/**
 * A repository whose configuration names programs wherever Git can run one. Each makes a file, named after how it was
 * come by, in `markers`.
 */
function hostileRepository(): { readonly repository: GitRepository; readonly markers: string } {
  const repository = new GitRepository();
  repository.commit('one', { a: 'a\n', '.gitattributes': '* diff=evil filter=evil\n' });
  repository.commit('two', { a: 'b\n' });
  const [tree, parent] = [repository.git('rev-parse', 'HEAD^{tree}'), repository.git('rev-parse', 'HEAD')];
  const person = 'Eve <eve@example.org> 1300000000 +0000';
  const signature = 'gpgsig -----BEGIN PGP SIGNATURE-----\n \n iQ\n -----END PGP SIGNATURE-----';
  const signed = `tree ${tree}\nparent ${parent}\nauthor ${person}\ncommitter ${person}\n${signature}\n\nsigned\n`;
  repository.git('update-ref', 'refs/heads/main', repository.object(Buffer.from(signed)));
  const markers = path.join(repository.folder, '..', 'markers');
  mkdirSync(markers);
  const program = (name: string): string => {
    const file = path.join(repository.folder, '.git', `${name}.sh`);
    writeFileSync(file, `#!/bin/sh\ntouch '${path.join(markers, name)}'\n`);
    chmodSync(file, 0o755);
    return file;
  };
  const hooks = path.join(repository.folder, '.git/evil-hooks');
  mkdirSync(hooks);
  for (const hook of [
    'post-index-change',
    'reference-transaction',
    'post-checkout',
    'pre-auto-gc',
    'fsmonitor-watchman',
  ]) {
    writeFileSync(path.join(hooks, hook), `#!/bin/sh\ntouch '${path.join(markers, hook)}'\n`);
    chmodSync(path.join(hooks, hook), 0o755);
  }
  const settings: Readonly<Record<string, string>> = {
    'log.showSignature': 'true',
    'log.showRoot': 'false',
    'gpg.program': program('gpg'),
    'gpg.openpgp.program': program('gpg-openpgp'),
    'gpg.ssh.program': program('gpg-ssh'),
    'diff.evil.textconv': program('textconv'),
    'diff.evil.command': program('diff-command'),
    'diff.external': program('diff-external'),
    'filter.evil.clean': program('clean'),
    'filter.evil.smudge': program('smudge'),
    'core.fsmonitor': program('fsmonitor'),
    'core.hooksPath': hooks,
    'core.pager': program('pager'),
    'pager.log': program('pager-log'),
    'core.editor': program('editor'),
    'core.askPass': program('askpass'),
    'core.sshCommand': program('ssh'),
    'core.gitProxy': program('proxy'),
    'core.alternateRefsCommand': program('alternate-refs'),
    'credential.helper': program('credential'),
    'alias.log': `!${program('alias-log')}`,
    'alias.for-each-ref': `!${program('alias-refs')}`,
    'uploadpack.packObjectsHook': program('pack-objects'),
    'trace2.eventTarget': path.join(markers, 'trace2'),
    'color.ui': 'always',
    'format.pretty': 'oneline',
    'notes.displayRef': '*',
    'diff.noprefix': 'true',
    'include.path': path.join(repository.folder, '.git/included'),
  };
  writeFileSync(
    path.join(repository.folder, '.git/included'),
    `[log]\nshowSignature = true\n[gpg]\nprogram = ${program('included-gpg')}\n`,
  );
  for (const [name, value] of Object.entries(settings)) repository.git('config', name, value);
  return { repository, markers };
}

describeWith(needsGit, 'a hostile repository', () => {
  test('runs a program when Git alone reads it: the trap works', () => {
    const { repository, markers } = hostileRepository();
    repository.git('log', '-p');
    expect(readdirSync(markers)).toEqual(expect.arrayContaining(['included-gpg', 'textconv']));
  });

  test.each([{}, { files: true }, { lines: true }, { paths: ['a'], lines: true, revisions: ['main'] }])(
    'runs nothing when we read it: %j',
    async (options) => {
      const { repository, markers } = hostileRepository();
      // Git alone would read this until there is no memory left.
      repository.git('config', 'diff.orderFile', '/dev/zero');
      const cursor = { version: 1, kind: 'git', heads: { 'refs/heads/main': '1'.repeat(40) } } as const;
      const rest = { cursor, onProgress: () => {}, onRewrite: () => {} };
      const commits = await commitsOf(gitBatches(repository.folder, { ...options, ...rest }));
      expect(commits.map(({ message }) => message.trim())).toEqual(
        expect.arrayContaining('paths' in options ? ['one', 'two'] : ['one', 'two', 'signed']),
      );
      // The settings that change what is printed had no effect either.
      if ('files' in options || 'lines' in options) expect(commits[0]?.files).toHaveLength(2);
      expect(readdirSync(markers)).toEqual([]);
    },
  );

  test('nothing runs while it is followed', async () => {
    const { repository, markers } = hostileRepository();
    const iterator = gitBatches(repository.folder, { follow: true, pollMs: 50 })[Symbol.asyncIterator]();
    await iterator.next();
    const tree = repository.git('rev-parse', 'HEAD^{tree}');
    const id = repository.git('-c', 'core.hooksPath=/dev/null', 'commit-tree', '-p', 'HEAD', '-m', 'three', tree);
    repository.git('-c', 'core.hooksPath=/dev/null', 'update-ref', 'refs/heads/main', id);
    expect((await iterator.next()).value).toMatchObject([{ id }]);
    await iterator.return?.();
    expect(readdirSync(markers)).toEqual([]);
  });

  test('a partial clone does not go to the network for what it lacks', async () => {
    const { repository, markers } = hostileRepository();
    const origin = new GitRepository();
    origin.commit('one', { a: 'a' });
    const partial = new GitRepository();
    const ssh = path.join(repository.folder, '.git/ssh.sh');
    const settings = [
      ['remote.origin.url', 'ssh://example.invalid/x'],
      ['remote.origin.promisor', 'true'],
      ['remote.origin.partialclonefilter', 'blob:none'],
      ['extensions.partialClone', 'origin'],
      ['core.sshCommand', ssh],
      ['protocol.allow', 'always'],
      ['protocol.ssh.allow', 'always'],
    ] as const;
    partial.git('config', 'core.repositoryFormatVersion', '1');
    for (const [name, value] of settings) partial.git('config', name, value);
    // A commit whose tree is not there.
    const person = 'Eve <eve@example.org> 1300000000 +0000';
    const id = partial.object(Buffer.from(`tree ${'1'.repeat(40)}\nauthor ${person}\ncommitter ${person}\n\nx\n`));
    partial.write('.git/refs/heads/main', `${id}\n`);
    expect(await commitsOf(gitBatches(partial.folder))).toHaveLength(1);
    await expect(commitsOf(gitBatches(partial.folder, { lines: true }))).rejects.toMatchObject({
      name: 'VcsEventsError',
    });
    expect(existsSync(path.join(markers, 'ssh'))).toBe(false);
  });

  test('reading leaves every file of it as it was', async () => {
    const repository = new GitRepository();
    repository.commit('one', { a: 'a' });
    repository.write('a', 'changed');
    const stateOf = (): unknown =>
      readdirSync(repository.folder, { recursive: true, encoding: 'utf8' })
        .sort()
        .map((name) => [name, statSync(path.join(repository.folder, name)).mtimeMs]);
    const before = stateOf();
    await commitsOf(gitBatches(repository.folder, { lines: true, onProgress: () => {} }));
    expect(stateOf()).toEqual(before);
  });
});
