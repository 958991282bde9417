import { type LineMatch, PatternSet } from '@sluice/log-matcher';
import type { Chunk } from '@sluice/pipeline';
import { option } from '../option-check.ts';
import { Reports } from '../reports.ts';
import { type LineKind, lineKinds, type Told } from './line-kinds.ts';
import { type LogStamp, LogStamps } from './log-stamp.ts';
import type { MainlogEvent, MainlogKind } from './mainlog-event.ts';
import type { MainlogOptions } from './options.ts';

/** What the reader needs of a chunk. */
export type MainlogChunk = Pick<Chunk, 'source' | 'bytes' | 'offset'> & Partial<Pick<Chunk, 'ending'>>;

const stampPattern =
  '^[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}(?:\\.[0-9]{3})?(?: [-+][0-9]{4})?(?: \\[[0-9]{1,10}\\])? ';
const idPattern = '[0-9A-Za-z]{6}-(?:[0-9A-Za-z]{6}-[0-9A-Za-z]{2}|[0-9A-Za-z]{11}-[0-9A-Za-z]{4})';
/** Exim's own lines have at most 8 KiB. */
const maxLineChars = 65_536;
const lineFeed = 10;

const other = (hasId: boolean): LineKind => ({
  kinds: ['other'],
  pattern: '',
  hasId,
  read: (text, at) => ({ kind: 'other', text: text.slice(at) }),
});

const allKinds = [...new Set(lineKinds.flatMap(({ kinds }) => kinds)), 'other'] as readonly MainlogKind[];

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
  readonly #stamps: LogStamps;
  readonly #reports: Reports;

  /**
   * @param reports where to tell and count, instead of `options.rejects` and `options.metrics`
   * @throws {EximQueueError} `OPTION`
   */
  constructor(options: MainlogOptions = {}, reports: Reports = new Reports(options)) {
    const isKind = (kind: unknown): kind is MainlogKind => allKinds.includes(kind as MainlogKind);
    const kinds = option.list('kinds', options.kinds, `kinds (${allKinds.join(', ')})`, isKind) ?? allKinds;
    const zone = option.word('timeZone', options.timeZone, 'local', ['local', 'utc']);
    const isWanted = (kind: LineKind): boolean => kind.kinds.some((name) => kinds.includes(name));
    this.#kinds = [...lineKinds, other(true), other(false)].filter(isWanted);
    const patterns = this.#kinds.map(
      ({ hasId, pattern }) => `${stampPattern}${hasId ? `${idPattern} ` : ''}${pattern}`,
    );
    // Last, what none of them is: it is only looked for where each line has to be accounted for.
    this.#set = PatternSet.compile(kinds.includes('other') ? [...patterns, ''] : patterns);
    this.#stamps = new LogStamps(zone === 'utc');
    this.#reports = reports;
  }

  /** Emits the events of a chunk in the order of its lines. The chunk's bytes are not kept. */
  feed(chunk: MainlogChunk, emit: (event: MainlogEvent) => void): void {
    const { bytes, offset, source, ending } = chunk;
    const cutAt = ending === 'cut' ? bytes.lastIndexOf(lineFeed, bytes.length - 2) + 1 : Number.POSITIVE_INFINITY;
    const { lines } = this.#set.scan(bytes, (match) => {
      const { offset: lineAt, length } = match.line;
      const place = { path: source.path, offset: offset + lineAt };
      if (lineAt >= cutAt) return this.#reject('a line that is cut', match, place);
      if (length > maxLineChars) return this.#reject(`a line of ${length} bytes`, match, place);
      const kind = this.#kinds[match.pattern];
      if (kind === undefined) return this.#reject('a line without a time', match, place);
      const { text } = match.line;
      const stamp = this.#stamps.read(text, kind.hasId);
      if (stamp === undefined) return this.#reject('a line with a time that no calendar has', match, place);
      const told = kind.read(text, stamp.textAt, match);
      if (told === undefined) return this.#reject('a line that is not in the form of its kind', match, place);
      emit(eventOf(told, stamp, place));
    });
    this.#reports.add('logLines', lines);
  }

  #reject(what: string, match: LineMatch, place: { path: string; offset: number }): void {
    this.#reports.add('rejectedLogLines');
    const value = new TextDecoder().decode(match.line.bytes().subarray(0, 1000));
    this.#reports.flaw('ERR_EXIM_QUEUE_LOG_LINE', `${what} in the main log`, { ...place, value });
  }
}

function eventOf(told: Told, { timeMs, pid, id }: LogStamp, { path, offset }: { path: string; offset: number }) {
  const { kind, ...rest } = told;
  const event = {
    kind,
    ...(id !== undefined && { id }),
    timeMs,
    ...(pid !== undefined && { pid }),
    ...rest,
    path,
    offset,
  };
  return event as MainlogEvent;
}
