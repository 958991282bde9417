import { execFileSync } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { program } from '../../../../tools/testing/describe-with.ts';
import { newFolder } from '../../../../tools/testing/new-folder.ts';
import { type DumpRevision, svnDump } from './svn-dump.ts';

export const needsSvn = [program('svn', 'subversion'), program('svnadmin', 'subversion')];

// What is tested runs Subversion too, and must see no more of the user's configuration than the tests do. In Jest this is
// a copy of the environment, so whoever starts a program has to hand it on.
const home = newFolder();
Object.assign(process.env, { HOME: home, LC_ALL: 'C.UTF-8' });
delete process.env['SVN_SSH'];

export const uuid = '0f3d3c0a-5a0e-4b7c-9a43-6a4d1f1f2b1e';

/** A repository in a temporary folder. */
export class SvnRepository {
  readonly folder: string;
  readonly url: string;

  /** @param revisions from 1 on */
  constructor(revisions: readonly DumpRevision[] = [], name = 'repository') {
    this.folder = path.join(newFolder(), name);
    this.url = pathToFileURL(this.folder).href;
    execFileSync('svnadmin', ['create', this.folder], { env: process.env });
    if (revisions.length > 0) this.load(svnDump(revisions, uuid));
  }

  load(dump: Buffer): void {
    const args = ['load', '-q', '--force-uuid', '--bypass-prop-validation', '--no-flush-to-disk', this.folder];
    execFileSync('svnadmin', args, { input: dump, env: process.env, stdio: ['pipe', 'pipe', 'pipe'] });
  }

  /** Makes a folder, which is a revision. */
  makeFolder(name: string, author = 'ada'): void {
    this.svn('mkdir', '-q', '-m', `makes ${name}`, '--username', author, '--', `${this.url}/${name}@`);
  }

  /** Edits a property of a revision. */
  edit(revision: number, property: string, value: string | Buffer): void {
    const hook = path.join(this.folder, 'hooks', 'pre-revprop-change');
    writeFileSync(hook, '#!/bin/sh\nexit 0\n');
    chmodSync(hook, 0o755);
    const file = path.join(newFolder(), 'value');
    writeFileSync(file, value);
    this.svn('propset', '-q', property, '--revprop', '-r', String(revision), '-F', file, '--', this.url);
  }

  svn(...args: readonly string[]): string {
    const [subcommand = '', ...others] = args;
    const all = [subcommand, '--non-interactive', '--no-auth-cache', ...others];
    const answer = execFileSync('svn', all, {
      env: process.env,
      stdio: ['ignore', 'pipe', 'pipe'],
      maxBuffer: 1 << 28,
    });
    return answer.toString('latin1');
  }

  /** What Subversion writes of it. */
  log(...args: readonly string[]): Buffer {
    return Buffer.from(this.svn('log', '--xml', '-r', '0:HEAD', ...args, '--', this.url), 'latin1');
  }
}
