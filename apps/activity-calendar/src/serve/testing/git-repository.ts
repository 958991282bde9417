import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A commit to be made: who, when with zone (`2024-03-12T23:30:00+0100`) and the message. */
export interface ToCommit {
  readonly name: string;
  readonly date: string;
  readonly message: string;
}

/** A real Git repository in a temporary folder, out of reach of the user's configuration. */
export class GitRepository {
  readonly folder: string = mkdtempSync(path.join(tmpdir(), 'activity-calendar-git-'));

  constructor(commits: readonly ToCommit[]) {
    this.#git(['init', '--quiet', '--initial-branch=main']);
    for (const commit of commits) this.commit(commit);
  }

  commit({ name, date, message }: ToCommit): void {
    const file = path.join(this.folder, '.git', 'MESSAGE');
    writeFileSync(file, message);
    const who = {
      GIT_AUTHOR_NAME: name,
      GIT_AUTHOR_EMAIL: 'who@example.org',
      GIT_AUTHOR_DATE: date,
      GIT_COMMITTER_NAME: 'Somebody',
      GIT_COMMITTER_EMAIL: 'somebody@example.org',
      GIT_COMMITTER_DATE: date,
    };
    this.#git(['commit', '--quiet', '--allow-empty', '--cleanup=verbatim', `--file=${file}`], who);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  #git(words: readonly string[], variables: Readonly<Record<string, string>> = {}): void {
    const env = {
      PATH: process.env['PATH'],
      HOME: this.folder,
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_CONFIG_NOSYSTEM: '1',
    };
    execFileSync('git', words, { cwd: this.folder, env: { ...env, ...variables } });
  }
}
