import { pathToFileURL } from 'node:url';
import type { Scene } from './scene.ts';

/** One revision to make; what is left out the revision has not. */
export interface SvnRevision {
  readonly author?: string;
  readonly message?: string;
  readonly date?: string;
}

const property = (name: string, value: string | undefined): string =>
  value === undefined ? '' : `K ${Buffer.byteLength(name)}\n${name}\nV ${Buffer.byteLength(value)}\n${value}\n`;

/** A revision that adds an empty folder, in Subversion's dump format. */
function dumped({ author, message, date }: SvnRevision, number: number): string {
  const properties = `${property('svn:log', message)}${property('svn:author', author)}${property('svn:date', date)}PROPS-END\n`;
  const length = Buffer.byteLength(properties);
  const node = `Node-path: d${number}\nNode-kind: dir\nNode-action: add\nProp-content-length: 10\nContent-length: 10\n\nPROPS-END\n\n\n`;
  return `Revision-number: ${number}\nProp-content-length: ${length}\nContent-length: ${length}\n\n${properties}\n${node}`;
}

/** A Subversion repository in a scene. */
export class SvnRepository {
  readonly path: string;
  readonly url: string;
  readonly #scene: Scene;

  constructor(scene: Scene, name: string, revisions: readonly SvnRevision[]) {
    this.#scene = scene;
    this.path = scene.path(name);
    this.url = pathToFileURL(this.path).href;
    scene.run('svnadmin', ['create', name]);
    const dump = `SVN-fs-dump-format-version: 2\n\n${revisions.map((revision, index) => dumped(revision, index + 1)).join('')}`;
    scene.run('svnadmin', ['load', '-q', '--bypass-prop-validation', name], dump);
    scene.write(`${name}/hooks/pre-revprop-change`, '#!/bin/sh\n');
    scene.run('chmod', ['+x', `${name}/hooks/pre-revprop-change`]);
  }

  /** Gives a revision another message, as a user of the repository can. */
  setMessage(revision: number, message: string): void {
    const file = this.#scene.write('message', message);
    const args = [
      'propset',
      '-q',
      '--non-interactive',
      '--revprop',
      '-r',
      String(revision),
      'svn:log',
      '-F',
      file,
      this.url,
    ];
    this.#scene.run('svn', args);
  }

  get uuid(): string {
    return this.#scene.run('svn', ['info', '--show-item', 'repos-uuid', '--no-newline', this.url]);
  }
}
