import { type LineMatch, PatternSet } from '@sluice/log-matcher';
import type { Chunk } from '@sluice/pipeline';
import { option } from '../option-check.ts';
import { Reports } from '../reports.ts';
import { type AnyEvent, type LineKind, lineKinds, otherKinds } from './line-kinds.ts';
import { LogStamp } from './log-stamp.ts';
import type { MainlogEvent, MainlogKind } from './mainlog-event.ts';
import type { MainlogOptions } from './options.ts';

/** What the reader needs of a chunk. */
export type MainlogChunk = Pick<Chunk, 'source' | 'bytes' | 'offset'> & Partial<Pick<Chunk, 'ending'>>;

const stampPattern =
  '^[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}(?:\\.[0-9]{3})?(?: [-+][0-9]{4})?(?: \\[[0-9]{1,10}\\])? ';
const idPattern = '[0-9A-Za-z]{6}-(?:[0-9A-Za-z]{6}-[0-9A-Za-z]{2}|[0-9A-Za-z]{11}-[0-9A-Za-z]{4})';
/** Exim's own lines have at most 8 KiB. */
const maxLineBytes = 65_536;
const maxShownBytes = 1000;
const lineFeed = 10;

const allKinds: readonly MainlogKind[] = [...new Set([...lineKinds, ...otherKinds].map(({ kind }) => kind))];

/**
 * Reads Exim's main log, of any release and with any `log_selector`, from chunks of bytes.
 *
 * 1. What a line is, is decided by its fixed beginning, found by a pattern set over the bytes. Lines of kinds that nobody
 *    asked for are not made strings.
 * 2. Where all kinds are asked for, each line is an event, or a reject (`LOG_LINE`: cut, without a time, longer than 64 KiB).
 * 3. Nothing in a line throws. Time and memory are linear in the line.
 */
export class MainlogReader {
  readonly #kinds: readonly LineKind[];
  readonly #set: PatternSet;
  readonly #stamp: LogStamp;
  readonly #reports: Reports;

  /**
   * @param reports where to tell and count, instead of `options.rejects` and `options.metrics`
   * @throws {EximQueueError} `OPTION`
   */
  constructor(options: MainlogOptions = {}, reports: Reports = new Reports(options)) {
    const isKind = (kind: unknown): kind is MainlogKind => allKinds.includes(kind as MainlogKind);
    const kinds = option.list('kinds', options.kinds, `kinds (${allKinds.join(', ')})`, isKind) ?? allKinds;
    const zone = option.word('timeZone', options.timeZone, 'local', ['local', 'utc']);
    this.#kinds = [...lineKinds, ...otherKinds].filter(({ kind }) => kinds.includes(kind));
    const patterns = this.#kinds.map(
      ({ hasId, pattern }) => `${stampPattern}${hasId ? `${idPattern} ` : ''}${pattern}`,
    );
    // Last, what none of them is: it is only looked for where each line has to be accounted for.
    this.#set = PatternSet.compile(kinds.includes('other') ? [...patterns, ''] : patterns);
    this.#stamp = new LogStamp(zone === 'utc');
    this.#reports = reports;
  }

  /** Emits the events of a chunk in the order of its lines. The chunk's bytes are not kept. */
  feed(chunk: MainlogChunk, emit: (event: MainlogEvent) => void): void {
    const { bytes, offset, source, ending } = chunk;
    const cutAt = ending === 'cut' ? bytes.lastIndexOf(lineFeed, bytes.length - 2) + 1 : Number.POSITIVE_INFINITY;
    const { path } = source;
    const { lines } = this.#set.scan(bytes, (match) => {
      const { offset: lineAt, length } = match.line;
      const kind = this.#kinds[match.pattern];
      const fault = lineAt >= cutAt ? 'a line that is cut' : faultOf(kind, length);
      if (kind === undefined || fault !== undefined) return this.#reject(fault, match, path, offset);
      const { text } = match.line;
      const stamp = this.#stamp;
      if (!stamp.read(text, kind.hasId)) return this.#reject('a line with an impossible time', match, path, offset);
      const draft = draftOf(kind.kind, stamp);
      if (!kind.read(draft, text, stamp.textAt, match)) {
        return this.#reject('a line that is not in the form of its kind', match, path, offset);
      }
      draft.path = path;
      draft.offset = offset + lineAt;
      emit(draft as MainlogEvent);
    });
    this.#reports.add('logLines', lines);
  }

  #reject(fault: string | undefined, { line }: LineMatch, path: string, offset: number): void {
    this.#reports.add('rejectedLogLines');
    const value = new TextDecoder().decode(line.bytes().subarray(0, maxShownBytes));
    const place = { path, offset: offset + line.offset, value };
    this.#reports.flaw('ERR_EXIM_QUEUE_LOG_LINE', `${fault} in the main log`, place);
  }
}

function faultOf(kind: LineKind | undefined, length: number): string | undefined {
  if (length > maxLineBytes) return `a line of ${length} bytes`;
  return kind === undefined ? 'a line without a time' : undefined;
}

/** Place and kind's parts come when they are read. */
function draftOf(kind: MainlogKind, { timeMs, pid, id }: LogStamp): AnyEvent {
  const draft: Omit<AnyEvent, 'path' | 'offset'> = id === undefined ? { kind, timeMs } : { kind, id, timeMs };
  if (pid !== undefined) draft.pid = pid;
  return draft as AnyEvent;
}
