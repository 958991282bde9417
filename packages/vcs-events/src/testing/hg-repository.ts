import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { program, pythonModule } from '../../../../tools/testing/describe-with.ts';
import { newFolder } from '../../../../tools/testing/new-folder.ts';

export const needsHg = [program('hg', 'mercurial')];
/** For changesets that `hg commit` would not make. */
export const needsHgModule = [...needsHg, pythonModule('mercurial', 'mercurial')];

// What is tested runs Mercurial too, and must see no more of the user's configuration than the tests do.
Object.assign(process.env, {
  HOME: '/nonexistent',
  XDG_CONFIG_HOME: '/nonexistent',
  HGRCPATH: '',
  HGENCODING: 'utf-8',
});

interface HgCommitOptions {
  readonly user?: string;
  /** Seconds since the epoch, and how many the zone lies west of UTC. */
  readonly date?: string;
  /** Content by path; of a list, the message is each one's content. */
  readonly files?: readonly string[] | Readonly<Record<string, string>>;
  readonly args?: readonly string[];
}

/** Parts of a changeset as they are to be stored. */
export interface RawChangeset {
  readonly user?: string | Buffer;
  /** Seconds, and seconds west; perhaps a blank and more after it: `0 -7200 branch:stable`. */
  readonly date?: string | Buffer;
  readonly files?: readonly (string | Buffer)[];
  readonly message?: string | Buffer;
  /** Places in the list of changesets, or the one before. */
  readonly parents?: readonly number[];
}

const writer = `
import json, sys
from mercurial import hg, ui
repository = hg.repository(ui.ui.load(), b'.')
nodes = []
with repository.lock(), repository.transaction(b'test') as transaction:
    log = repository.changelog
    for each in json.load(sys.stdin):
        parents = [nodes[at] for at in each['parents']] if 'parents' in each else [log.tip()]
        parents += [log.nullid] * (2 - len(parents))
        log.addrevision(bytes.fromhex(each['text']), transaction, len(log), *parents)
        nodes.append(log.node(len(log) - 1))
print(' '.join(node.hex() for node in nodes))
`;

/** What `hg debugdata -c` prints, of all changesets. */
const reader = `
from mercurial import hg, ui
log = hg.repository(ui.ui.load(), b'.').unfiltered().changelog
for revision in log.revs():
    print(bytes(log.revision(revision)).hex())
`;

/** Making one costs a process; copying it does not. */
let emptyFolder: string | undefined;

/** A repository in a temporary folder, for tests that change it with Mercurial itself. */
export class HgRepository {
  readonly folder: string = path.join(newFolder(), 'repository');

  /** @param origin what it begins as a copy of; default an empty repository */
  constructor(origin?: HgRepository) {
    if (origin === undefined && emptyFolder === undefined) {
      emptyFolder = path.join(newFolder(), 'empty');
      mkdirSync(emptyFolder);
      this.#run(emptyFolder, ['init', '.']);
    }
    cpSync(origin?.folder ?? emptyFolder ?? '', this.folder, { recursive: true, preserveTimestamps: true });
  }

  hg(...args: readonly string[]): string {
    return this.#run(this.folder, args);
  }

  /** Commits everything in the working directory, with these files; its node. */
  commit(message: string | Buffer, options: HgCommitOptions = {}): string {
    const { user = 'Ada Abe <ada@example.org>', date = '1577934245 -3600', files = ['file'], args = [] } = options;
    const contents = Array.isArray(files) ? files.map((file) => [file, message] as const) : Object.entries(files);
    for (const [file, content] of contents) this.write(file, content);
    const text = path.join(newFolder(), 'message');
    writeFileSync(text, message);
    const said = this.hg('commit', '--debug', '-A', '-l', text, '-u', user, '-d', date, ...args);
    return /^committed changeset \d+:([0-9a-f]+)$/m.exec(said)?.[1] ?? '';
  }

  write(file: string, content: string | Buffer): void {
    mkdirSync(path.dirname(path.join(this.folder, file)), { recursive: true });
    writeFileSync(path.join(this.folder, file), content);
  }

  node(revision: string): string {
    return this.hg('log', '-r', revision, '-T', '{node}');
  }

  /** Removes changesets and what stands on them, as if they had never been. */
  strip(revision: string): void {
    this.hg('--config', 'extensions.strip=', 'strip', '-q', '--no-backup', '--force', '-r', revision);
  }

  /** Stores changesets with exactly these bytes; their nodes. */
  store(changesets: readonly RawChangeset[]): readonly string[] {
    const input = JSON.stringify(
      changesets.map(({ parents, ...raw }) => ({ text: textOf(raw).toString('hex'), ...(parents && { parents }) })),
    );
    return this.#python(writer, input).split(' ');
  }

  /** The bytes of all changesets as they are stored, by their numbers. */
  stored(): readonly Buffer[] {
    return this.#python(reader)
      .split('\n')
      .map((hex) => Buffer.from(hex, 'hex'));
  }

  #run(cwd: string, args: readonly string[]): string {
    const env = { ...process.env, HGPLAIN: '1', HGRCSKIPREPO: '1' };
    return execFileSync('hg', args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], encoding: 'utf8' });
  }

  #python(script: string, input = ''): string {
    const options = { cwd: this.folder, env: process.env, input, encoding: 'utf8', maxBuffer: 1 << 28 } as const;
    return execFileSync('/usr/bin/python3', ['-c', script], options).trim();
  }
}

function textOf({ user = 'Ada Abe <ada@example.org>', date = '0 0', files = [], message = 'x' }: RawChangeset): Buffer {
  const lines = ['0'.repeat(40), user, date, ...files, '', message];
  return Buffer.concat(
    lines.flatMap((line, at) => [Buffer.from(at === 0 ? '' : '\n'), Buffer.isBuffer(line) ? line : Buffer.from(line)]),
  );
}
