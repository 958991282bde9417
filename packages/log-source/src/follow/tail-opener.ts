import { randomBytes } from 'node:crypto';
import { closeSync } from 'node:fs';
import type { FileState } from '../checkpoint/checkpoint-store.ts';
import { overlapBytes } from '../chunks/chunk-output.ts';
import type { Mark } from '../chunks/in-flight.ts';
import { compressionByName, compressionOf, magicBytes } from '../files/compression.ts';
import { bytesAt, endOfLastLine } from '../files/content.ts';
import { type OpenFile, openFile, unreadable } from '../files/open-file.ts';
import { LogSourceError } from '../log-source-error.ts';
import { prefixBytes, Tail, type TailContext, type TailStart } from './tail.ts';

/** Makes tails of files: fresh ones with an identity of their own, and old ones that go on. */
export class TailOpener {
  readonly #context: TailContext;
  readonly #root: string | undefined;

  constructor(context: TailContext, root: string | undefined) {
    this.#context = context;
    this.#root = root;
  }

  /** Opens a log. Throws a LogSourceError for what is none. */
  open(path: string): OpenFile {
    const file = openFile(path, this.#root);
    try {
      refuseCompressed(path, file.fd);
      return file;
    } catch (error) {
      closeSync(file.fd);
      throw error instanceof LogSourceError ? error : unreadable(path, error);
    }
  }

  /** A tail with a new identity. */
  fresh(path: string, file: OpenFile, at: 'beginning' | 'end', live = false): Tail {
    const { maxLineBytes } = this.#context.settings;
    const place = at === 'end' ? endOfLastLine(file.fd, file.facts.size, maxLineBytes) : { position: 0, inCut: false };
    const id = randomBytes(16).toString('hex');
    return this.#tail(file, { id, path, ...place }, { live, isResumed: false, isDurable: false });
  }

  /** A tail that goes on where a state says. */
  resumed(file: OpenFile, state: FileState): Tail {
    // An empty file's state fits every file: this may be another one, with others in between that nobody has seen.
    const isSure = state.prefix.bytes > 0;
    const tail = this.#tail(file, state, { live: false, isResumed: isSure, isDurable: isSure });
    tail.lookedMs = state.lookedMs ?? state.notedMs;
    return tail;
  }

  #tail(
    file: OpenFile,
    { id, path, position, inCut }: Pick<FileState, 'id' | 'path' | 'position' | 'inCut'>,
    kind: Pick<TailStart, 'live' | 'isResumed' | 'isDurable'>,
  ): Tail {
    const overlap = Math.min(overlapBytes, position);
    const mark: Mark = { position, inCut, before: bytesAt(file.fd, position - overlap, overlap) };
    const prefix = bytesAt(file.fd, 0, prefixBytes);
    return new Tail(file, { source: { id, path }, mark, prefix, ...kind }, this.#context);
  }
}

function refuseCompressed(path: string, fd: number): void {
  const format = compressionByName(path);
  if (format === undefined || compressionOf(bytesAt(fd, 0, magicBytes)) !== format) return;
  const cure = `leave it out of what is followed, and ${format.cure}`;
  throw new LogSourceError('ERR_LOG_SOURCE_COMPRESSED', `is compressed (${format.name})`, { file: path, cure });
}
