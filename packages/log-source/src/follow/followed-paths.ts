import { closeSync } from 'node:fs';
import { beginAlike } from '../files/content.ts';
import { factsOfPath } from '../files/file-facts.ts';
import { missing, notAFile, type OpenFile, unreadable } from '../files/open-file.ts';
import { isSiblingName } from '../files/siblings.ts';
import { LogSourceError } from '../log-source-error.ts';
import type { FollowSettings } from '../settings.ts';
import type { Discovery } from './discovery.ts';
import type { FollowedPath } from './followed-path.ts';
import { resumePaths } from './resume-paths.ts';
import type { Tail } from './tail.ts';
import type { Tails, TailsContext } from './tails.ts';

/** A copy that is still one after this time is not on its way to be rotated. */
const copyGraceMs = 60_000;

/** The paths that the globs stand for, each kept in step with the file that it leads to. */
export class FollowedPaths {
  readonly #settings: FollowSettings;
  readonly #context: TailsContext;
  readonly #tails: Tails;
  readonly #discovery: Discovery;
  readonly #paths = new Map<string, FollowedPath>();
  /** Paths that are being looked at, to end the circle when one look leads to the next. */
  readonly #looking = new Set<FollowedPath>();
  /** Where to begin in a file that nobody knows; undefined once the start is over. */
  #startAt: ((path: string) => 'beginning' | 'end') | undefined;
  /** Globs without files and folders that cannot be listed, as of the last expansion. */
  #faulty: readonly string[] = [];
  #sweep: Iterator<FollowedPath> | undefined;
  /** Paths that are to be looked at, with a fraction carried over to the next tick. */
  #due = 0;

  constructor(discovery: Discovery, tails: Tails, context: TailsContext) {
    this.#settings = context.settings;
    this.#context = context;
    this.#tails = tails;
    this.#discovery = discovery;
  }

  /** Opens what is there, from the states in the tails' memory where they fit. */
  start(): void {
    const { memory } = this.#tails;
    const rotated = new Set(memory.unfinished.map(({ path }) => path));
    this.#startAt = (path) => (rotated.has(path) ? 'beginning' : this.#settings.start);
    this.#expand();
    this.#startAt = undefined;
    resumePaths(this.#tails, this.#context, (path) => this.#paths.get(path)?.tail);
  }

  /** Looks at the next part of the paths, and at all when a folder has changed. */
  tick(): void {
    if (this.#discovery.hasChanged()) this.#expand();
    const { pollIntervalMs, sweepIntervalMs } = this.#settings;
    this.#due = Math.min(this.#paths.size, this.#due + (this.#paths.size * pollIntervalMs) / sweepIntervalMs);
    for (; this.#due >= 1; this.#due -= 1) {
      this.#sweep ??= this.#paths.values();
      let next = this.#sweep.next();
      if (next.done === true) {
        this.#sweep = this.#paths.values();
        next = this.#sweep.next();
      }
      if (next.done !== true) this.look(next.value);
    }
    this.#tails.saveNew();
  }

  /** Sees where a path leads to now. */
  look(path: FollowedPath): void {
    if (this.#looking.has(path)) return;
    this.#looking.add(path);
    const lookedMs = Date.now();
    this.#follow(path);
    path.lookedMs = lookedMs;
    if (path.tail !== undefined) path.tail.lookedMs = lookedMs;
    this.#looking.delete(path);
  }

  #expand(): void {
    const { reports } = this.#context;
    const { paths, empty, failures, isCut } = this.#discovery.expand();
    const found = new Set(paths.map(({ path }) => path));
    for (const { path, isExpected } of paths) {
      if (this.#paths.has(path)) continue;
      this.#paths.set(path, {
        path,
        isExpected,
        tail: undefined,
        last: undefined,
        lookedMs: Date.now(),
        voidSinceMs: undefined,
      });
    }
    for (const path of [...this.#paths.values()]) {
      this.look(path);
      if (!found.has(path.path)) this.#forget(path);
    }
    const faults = new Map([
      ...empty.filter(({ isLiteral }) => !isLiteral).map(({ text }) => [text, noMatch(text)] as const),
      ...failures.map(({ folder, error }) => [folder, unreadable(folder, error)] as const),
    ]);
    for (const place of this.#faulty) if (!faults.has(place)) reports.cleared(place);
    for (const [place, fault] of faults) reports.sayOnce(fault, place);
    this.#faulty = [...faults.keys()];
    if (isCut) this.#refuseMore();
  }

  #follow(path: FollowedPath): void {
    const { reports } = this.#context;
    try {
      const facts = factsOfPath(path.path);
      if (facts === undefined) this.#vanished(path);
      else if (facts.kind !== 'file') throw notAFile(path.path, facts.kind);
      else if (facts.key !== path.tail?.key) this.#lead(path, facts.key);
      else if (facts.size !== path.tail.seen) this.#context.reader.wake(path.tail);
    } catch (error) {
      this.#detach(path);
      reports.sayOnce(error instanceof LogSourceError ? error : unreadable(path.path, error), path.path);
    }
  }

  /** The path leads to another file than before, or to one for the first time. */
  #lead(path: FollowedPath, key: string): void {
    this.#settle(path);
    const known = this.#tails.at(key);
    if (known !== undefined) this.#share(path, known);
    else if (this.#tails.size < this.#settings.maxFiles) this.#open(path);
    else {
      this.#detach(path);
      this.#refuseMore();
    }
  }

  #open(path: FollowedPath): void {
    const file = this.#context.opener.open(path.path);
    const original = this.#originalOf(path, file);
    // The look at the original may have shown that this is where its lines went.
    const taken = this.#tails.at(file.facts.key);
    if (taken === undefined && original === undefined) this.#begin(path, file);
    else closeSync(file.fd);
    if (taken !== undefined) this.#share(path, taken);
    else if (original !== undefined) this.#isCopy(path, original);
  }

  #begin(path: FollowedPath, file: OpenFile): void {
    const { last, lookedMs } = path;
    const at = this.#startAt?.(path.path) ?? 'beginning';
    const { tail, isKnown } = this.#tails.begin(path.path, file, at, last?.live ?? false);
    this.#attach(path, tail);
    if (last === undefined) return;
    this.#context.meter.count('rotations');
    if (!isKnown) this.#tails.succeed(path.path, lookedMs, [last], tail);
  }

  /** The path leads to a file that is read already: it was renamed, or has several names. */
  #share(path: FollowedPath, tail: Tail): void {
    for (const other of [...tail.names]) this.look(other);
    if (!tail.isOpen) return;
    const [first] = tail.names;
    this.#attach(path, tail);
    if (first === undefined) return;
    const cure = `nothing is lost; leave one of the two out to be rid of this message`;
    const fault = `is the same file as ${first.path} and is read once, as ${tail.source.path}`;
    const error = new LogSourceError('ERR_LOG_SOURCE_SAME_FILE', fault, { file: path.path, cure });
    this.#context.reports.sayOnce(error, path.path);
  }

  /**
   * The followed log that this file is a copy of: `copytruncate` makes one before it empties the log, and if its name
   * is followed too its lines would come twice.
   */
  #originalOf({ path }: FollowedPath, file: OpenFile): Tail | undefined {
    for (let index = path.length - 1; path[index] !== '/'; index -= 1) {
      const log = this.#paths.get(path.slice(0, index))?.tail;
      if (log === undefined || !log.isOpen || !isSiblingName(path.slice(0, index), path)) continue;
      if (!log.isIntact) this.#tails.rewritten(log);
      else if (file.facts.size === 0 ? log.seen > 0 : beginAlike(log.fd, file.fd)) return log;
    }
    return undefined;
  }

  #isCopy(path: FollowedPath, original: Tail): void {
    this.#detach(path);
    const nowMs = performance.now();
    path.voidSinceMs ??= nowMs;
    if (nowMs - path.voidSinceMs < copyGraceMs) return;
    const fault = `repeats ${original.source.path} and is not followed`;
    const cure = 'move the copy to another folder';
    this.#context.reports.sayOnce(
      new LogSourceError('ERR_LOG_SOURCE_COPY', fault, { file: path.path, cure }),
      path.path,
    );
  }

  #vanished(path: FollowedPath): void {
    this.#detach(path);
    const nowMs = performance.now();
    path.voidSinceMs ??= nowMs;
    // Between the two steps of a rotation nothing is there, and that is no fault.
    const isOver = path.last === undefined || nowMs - path.voidSinceMs >= this.#settings.sweepIntervalMs;
    if (path.isExpected && isOver) this.#context.reports.sayOnce(missing(path.path), path.path);
  }

  #attach(path: FollowedPath, tail: Tail): void {
    this.#detach(path);
    // That a file can be opened again does not say that it can be read.
    if (path.last?.hasFailed !== true) this.#context.reports.cleared(path.path);
    path.tail = tail;
    path.last = tail;
    path.voidSinceMs = undefined;
    tail.names.add(path);
  }

  /** Sees whether the file was truncated before its name was taken away: once it has none, nobody asks. */
  #settle({ tail }: FollowedPath): void {
    if (tail?.isOpen && !tail.isIntact) this.#tails.rewritten(tail);
  }

  #detach(path: FollowedPath): void {
    this.#settle(path);
    const { tail } = path;
    if (tail === undefined) return;
    path.tail = undefined;
    tail.names.delete(path);
    if (tail.names.size === 0 && tail.isOpen) this.#context.reader.retire(tail);
  }

  #forget(path: FollowedPath): void {
    this.#detach(path);
    this.#paths.delete(path.path);
    this.#context.reports.cleared(path.path);
  }

  #refuseMore(): void {
    const { maxFiles } = this.#settings;
    const cure = 'raise maxFiles, or make the globs narrower';
    const fault = `there are more than ${maxFiles} files to follow, the others are not read`;
    const error = new LogSourceError('ERR_LOG_SOURCE_TOO_MANY_FILES', fault, { limit: maxFiles, cure });
    this.#context.reports.sayOnce(error, '');
  }
}

function noMatch(glob: string): LogSourceError {
  const cure = 'check the glob, or wait for the program that writes the log to start';
  return new LogSourceError('ERR_LOG_SOURCE_MISSING', 'no file matches', { file: glob, cure });
}
