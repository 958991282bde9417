import { mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { splitFolder } from '../id/split-folder.ts';
import { option } from '../option-check.ts';
import { bodyBytes } from './body-bytes.ts';
import { bodyFacts } from './body-facts.ts';
import { checkMessage } from './check-message.ts';
import { damaged } from './damaged.ts';
import { type ExampleIds, exampleId } from './example-id.ts';
import type { ExampleMessage } from './example-message.ts';
import { headerFile } from './header-file.ts';
import { asBytes } from './header-parts.ts';
import { SpoolFiles } from './spool-files.ts';

/** Processes that made the ids have numbers from here on. */
const firstProcess = 1000;

/** Options of `writeSpool`. */
export interface WriteSpoolOptions {
  /** `split_spool_directory`. Default false. */
  readonly split?: boolean;
  /** Form of the ids that are made. Default `long`. */
  readonly ids?: ExampleIds;
  /** Whom all of it is to belong to, the directory itself too; only root can give it away. Default: this process. */
  readonly owner?: { readonly uid: number; readonly gid: number };
}

/** What was written. */
export interface WrittenSpool {
  /** The messages' ids, in the order in which they came. */
  readonly ids: readonly string[];
  readonly files: number;
  readonly bytes: number;
}

/**
 * Writes a spool that a real Exim takes for its own: for tests, benches, and to try things out.
 *
 * It is synchronous, and of messages that come one by one it keeps only the ids. Files are never written outside of the
 * directory, nor over others.
 *
 * @param directory the spool directory; it must be empty, or is made
 * @throws {EximQueueError} `OPTION`: the directory is not empty, or a message cannot be written as it is; what was written
 * before that message stays
 */
export function writeSpool(
  directory: string,
  messages: Iterable<ExampleMessage>,
  options: WriteSpoolOptions = {},
): WrittenSpool {
  const top = path.resolve(option.text('directory', directory));
  const split = option.flag('split', options.split);
  const form = option.word('ids', options.ids, 'long', ['short', 'long']);
  const owner = options.owner && {
    uid: option.integer('owner.uid', options.owner.uid, 0, 0, 2 ** 32 - 1),
    gid: option.integer('owner.gid', options.owner.gid, 0, 0, 2 ** 32 - 1),
  };
  mkdirSync(top, { recursive: true });
  if (readdirSync(top).length > 0) throw option.bad('directory', 'an empty directory', directory);
  const files = new SpoolFiles(owner);
  if (owner !== undefined) files.adopt(top);
  for (const name of ['input', 'msglog', 'db', 'log']) files.folder(path.join(top, name));
  const ids = new Set<string>();
  for (const message of messages) {
    checkMessage(message);
    const id = message.id ?? exampleId(message.receivedMs, firstProcess + ids.size, form);
    if (ids.has(id)) throw option.bad('id', 'one that no other message has', id);
    ids.add(id);
    writeMessage(files, top, message, id, split);
  }
  return { ids: [...ids], files: files.files, bytes: files.bytes };
}

function writeMessage(files: SpoolFiles, top: string, message: ExampleMessage, id: string, split: boolean): void {
  const { damage, journal, log, queue = '' } = message;
  const prefix = message.isAside === true ? 'F' : '';
  const sub = split ? splitFolder(id) : '';
  const folder = (name: string): string => {
    let place = top;
    for (const part of [queue, `${prefix}${name}`, sub]) {
      if (part === '') continue;
      place = `${place}/${part}`;
      files.folder(place);
    }
    return place;
  };
  const body = bodyBytes(message);
  const input = folder('input');
  if (damage !== 'no-body-file') files.write(`${input}/${id}-D`, `${id}-D\n`, body);
  if (damage !== 'no-header-file')
    files.write(`${input}/${id}-H`, damaged(headerFile(message, id, bodyFacts(body)), damage));
  if (journal !== undefined) files.write(`${input}/${id}-J`, asBytes(journal.map((line) => `${line}\n`).join('')));
  if (log !== undefined) files.write(`${folder('msglog')}/${id}`, asBytes(log.map((line) => `${line}\n`).join('')));
}
