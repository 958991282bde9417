import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { program } from '../../../../tools/testing/describe-with.ts';
import { tempFolder } from './temp-folder.ts';

export const needsHg = [program('hg', 'mercurial')];

// What is tested runs Mercurial too, and must see no more of the user's configuration than the tests do.
Object.assign(process.env, { HOME: '/nonexistent', XDG_CONFIG_HOME: '/nonexistent', HGRCPATH: '' });

/** A repository in a temporary folder, for tests that change it with Mercurial itself. */
export class HgRepository {
  readonly folder: string = path.join(tempFolder(), 'repository');

  constructor() {
    mkdirSync(this.folder);
    this.hg('init', '.');
  }

  hg(...args: readonly string[]): string {
    const env = { ...process.env, HGPLAIN: '1', HGRCSKIPREPO: '1', HGENCODING: 'utf-8' };
    return execFileSync('hg', args, { cwd: this.folder, env, stdio: ['ignore', 'pipe', 'pipe'], encoding: 'utf8' });
  }

  /** Commits files, one line each that is the message; its node. */
  commit(message: string | Buffer, options: HgCommitOptions = {}): string {
    const { user = 'Ada Abe <ada@example.org>', date = '1577934245 -3600', files = ['file'] } = options;
    for (const file of files) this.write(file, message);
    const text = path.join(tempFolder(), 'message');
    writeFileSync(text, message);
    this.hg('commit', '-q', '-A', '-l', text, '-u', user, '-d', date);
    return this.node('.');
  }

  write(file: string, content: string | Buffer): void {
    mkdirSync(path.dirname(path.join(this.folder, file)), { recursive: true });
    writeFileSync(path.join(this.folder, file), content);
  }

  node(revision: string): string {
    return this.hg('log', '-r', revision, '-T', '{node}');
  }
}

interface HgCommitOptions {
  readonly user?: string;
  /** Seconds since the epoch, and how many the zone lies west of UTC. */
  readonly date?: string;
  readonly files?: readonly string[];
}
