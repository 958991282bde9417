import type { Scene } from './scene.ts';

/** One commit to make. */
export interface GitCommit {
  readonly message: string;
  /** `Name <address>`. */
  readonly author?: string;
  /** `2024-03-12T10:00:00 +0100`. */
  readonly date?: string;
}

/** A Git repository in a scene. */
export class GitRepository {
  readonly name: string;
  readonly #scene: Scene;

  constructor(scene: Scene, name: string) {
    this.name = name;
    this.#scene = scene;
    scene.run('git', ['init', '-q', '-b', 'main', name]);
  }

  git(...args: readonly string[]): string {
    return this.#scene.run('git', ['-C', this.name, ...args]);
  }

  /** Makes a commit, gives its name. */
  commit(
    { message, author = 'Me <me@example.org>', date = '2024-03-12T10:00:00 +0100' }: GitCommit,
    ...more: string[]
  ): string {
    const [, name = '', email = ''] = /^(.*) <(.*)>$/.exec(author) ?? [];
    const env = {
      GIT_AUTHOR_NAME: name,
      GIT_AUTHOR_EMAIL: email,
      GIT_AUTHOR_DATE: date,
      GIT_COMMITTER_NAME: 'Committer',
      GIT_COMMITTER_EMAIL: 'committer@example.org',
      GIT_COMMITTER_DATE: date,
    };
    const args = ['-C', this.name, 'commit', '-q', '--allow-empty', '--cleanup=verbatim', '-F', '-', ...more];
    this.#scene.run('git', args, message, env);
    return this.git('rev-parse', 'HEAD').trim();
  }
}
