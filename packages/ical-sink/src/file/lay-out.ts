import type { OldCalendar } from './old-calendar.ts';

/** Bytes of a new file: a range of an old one, or new ones. */
export type Piece = { readonly old: OldCalendar; readonly start: number; readonly end: number } | Buffer;

/** A file as it shall be. */
export interface NewFile {
  /** From 1. */
  readonly number: number;
  /** What is there now; undefined when nothing is. */
  readonly old: OldCalendar | undefined;
  readonly pieces: readonly Piece[];
  readonly bytes: number;
  readonly events: number;
  /** False when the file is so already. */
  readonly changed: boolean;
}

export interface LayOutOptions {
  /** For a file that is new. */
  readonly head: Buffer;
  readonly foot: Buffer;
  readonly maxBytes: number;
  readonly maxEvents: number;
}

interface Item {
  readonly piece: Piece;
  readonly events: number;
}

/**
 * Lays the events of one period out into files: those of the old files in their order, with the edits made, then the added
 * ones; each file as full as it may be before the next begins.
 *
 * So the files depend on the order of the events alone, and not on how often they were rewritten. A file keeps its head and
 * its foot. Old files that are not needed any more become empty calendars: what subscribed to them must see them empty.
 *
 * @param olds by number, from 1, without gaps
 */
export function layOut(olds: readonly OldCalendar[], added: Iterable<Buffer>, options: LayOutOptions): NewFile[] {
  const files: NewFile[] = [];
  let draft = new Draft(1, olds[0], options);
  const put = (item: Item): void => {
    if (!draft.hasRoom(item)) {
      files.push(draft.close());
      draft = new Draft(draft.number + 1, olds[draft.number], options);
    }
    draft.put(item);
  };
  for (const old of olds) for (const item of itemsOf(old)) put(item);
  for (const bytes of added) put({ piece: bytes, events: 1 });
  files.push(draft.close());
  for (let number = files.length + 1; number <= olds.length; number += 1) {
    files.push(new Draft(number, olds[number - 1], options).close());
  }
  return files;
}

/** A file in the making. */
class Draft {
  readonly number: number;
  readonly #old: OldCalendar | undefined;
  readonly #options: LayOutOptions;
  readonly #pieces: Piece[] = [];
  #bytes = 0;
  #events = 0;

  constructor(number: number, old: OldCalendar | undefined, options: LayOutOptions) {
    this.number = number;
    this.#old = old;
    this.#options = options;
    this.#add(old === undefined ? options.head : { old, start: 0, end: old.headEnd });
  }

  hasRoom({ piece, events }: Item): boolean {
    const { maxBytes, maxEvents } = this.#options;
    if (this.#events === 0) return true;
    return this.#events + events <= maxEvents && this.#bytes + lengthOf(piece) + lengthOf(this.#foot) <= maxBytes;
  }

  put({ piece, events }: Item): void {
    this.#add(piece);
    this.#events += events;
  }

  close(): NewFile {
    this.#add(this.#foot);
    const [first, second] = this.#pieces;
    const old = this.#old;
    const stays =
      old !== undefined &&
      second === undefined &&
      first !== undefined &&
      !Buffer.isBuffer(first) &&
      first.old === old &&
      first.start === 0 &&
      first.end === old.size;
    const { number } = this;
    return { number, old, pieces: this.#pieces, bytes: this.#bytes, events: this.#events, changed: !stays };
  }

  get #foot(): Piece {
    const old = this.#old;
    return old === undefined ? this.#options.foot : { old, start: old.tailStart, end: old.size };
  }

  #add(piece: Piece): void {
    const length = lengthOf(piece);
    if (length === 0) return;
    this.#bytes += length;
    const last = this.#pieces.at(-1);
    const follows =
      last !== undefined &&
      !Buffer.isBuffer(last) &&
      !Buffer.isBuffer(piece) &&
      last.old === piece.old &&
      last.end === piece.start;
    if (follows) this.#pieces[this.#pieces.length - 1] = { old: last.old, start: last.start, end: piece.end };
    else this.#pieces.push(piece);
  }
}

const lengthOf = (piece: Piece): number => (Buffer.isBuffer(piece) ? piece.length : piece.end - piece.start);

/** What is between head and foot of an old file, with the edits made. */
function* itemsOf(old: OldCalendar): Generator<Item> {
  const { edits, places, headEnd, tailStart } = old;
  let at = headEnd;
  let events = 0;
  let nextPlace = 0;
  /** What stays, up to there: event by event where the file may be cut, else as one. */
  const stretch = function* (end: number, before: number): Generator<Item> {
    while (nextPlace < places.length && (places[nextPlace] as number) < end) {
      const [from, to] = [places[nextPlace] as number, places[nextPlace + 1] as number];
      if (from > at) yield { piece: { old, start: at, end: from }, events: 0 };
      yield { piece: { old, start: from, end: to }, events: 1 };
      at = to;
      events += 1;
      nextPlace += 2;
    }
    if (end > at) yield { piece: { old, start: at, end }, events: before - events };
    at = end;
    events = before;
  };
  for (const edit of edits) {
    yield* stretch(edit.start, edit.before);
    if (edit.bytes !== undefined) yield { piece: edit.bytes, events: 1 };
    at = edit.end;
    events += 1;
    nextPlace += 2;
  }
  yield* stretch(tailStart, old.events);
}
