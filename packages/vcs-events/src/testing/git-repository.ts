import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { program } from '../../../../tools/testing/describe-with.ts';
import { newFolder } from '../../../../tools/testing/new-folder.ts';

export const needsGit = [program('git')];

// What is tested runs Git too, and must see no more of the user's configuration than the tests do.
Object.assign(process.env, {
  HOME: '/nonexistent',
  XDG_CONFIG_HOME: '/nonexistent',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'Ada Abe',
  GIT_AUTHOR_EMAIL: 'ada@example.org',
  GIT_COMMITTER_NAME: 'Bo Berg',
  GIT_COMMITTER_EMAIL: 'bo@example.org',
});

let seconds = 1_600_000_000;

/** A repository in a temporary folder, for tests that change it with Git itself. */
export class GitRepository {
  readonly folder: string = path.join(newFolder(), 'repository');

  constructor(options: readonly string[] = []) {
    mkdirSync(this.folder);
    this.git('init', '-q', '-b', 'main', '--template=', ...options, '.');
  }

  /** What Git prints, without the last line break. Each commit is made a minute after the last one. */
  git(...args: readonly string[]): string {
    return this.gitWith('', ...args);
  }

  gitWith(input: string | Buffer, ...args: readonly string[]): string {
    const date = `${seconds} +0200`;
    seconds += 60;
    const env = { ...process.env, GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date };
    const stdio = ['pipe', 'pipe', 'pipe'] as const;
    return execFileSync('git', args, { cwd: this.folder, env, input, stdio: [...stdio], encoding: 'utf8' }).trimEnd();
  }

  /** Commits everything in the work tree, or nothing at all; its id. */
  commit(message: string, files: Readonly<Record<string, string>> = {}): string {
    for (const [file, content] of Object.entries(files)) this.write(file, content);
    this.git('add', '-A');
    this.git('commit', '-q', '--allow-empty', '--allow-empty-message', '-m', message);
    return this.git('rev-parse', 'HEAD');
  }

  write(file: string, content: string): void {
    mkdirSync(path.dirname(path.join(this.folder, file)), { recursive: true });
    writeFileSync(path.join(this.folder, file), content);
  }

  /** A commit object with exactly these bytes; its id. */
  object(bytes: Buffer): string {
    return this.gitWith(bytes, 'hash-object', '-t', 'commit', '-w', '--stdin', '--literally');
  }
}
