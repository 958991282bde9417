import type { Messages, ProgressLine } from '@sluice/command-line';
import type { Activity } from '@sluice/pipeline';
import type { SourceSpec } from '../config/source-spec.ts';
import type { CursorState } from '../state/cursor-state.ts';
import { openSource } from './open-source.ts';
import { readTogether } from './read-together.ts';
import { SeenActivities } from './seen-activities.ts';
import { sourceFault } from './source-fault.ts';

export interface ReadingOptions {
  /** Goes on with what is added, until aborted; the sources are then read side by side. Default false. */
  readonly follow?: boolean;
  /** The order does not matter, so sources give theirs in the one that is quickest. Default false: oldest first. */
  readonly anyOrder?: boolean;
  readonly signal: AbortSignal;
  readonly messages: Messages;
  readonly progress: ProgressLine;
  /** What was read before. Default: nothing. */
  readonly state?: CursorState | undefined;
  /** Told when the state has changed: all activities up to it have been taken. */
  readonly onState?: () => void;
}

/** The sources of a calendar, read once. One that fails is reported, and the others are read all the same. */
export class Reading {
  /** Sources that could not be read to their end. */
  readonly failed: SourceSpec[] = [];
  /** Why, a line each. */
  readonly problems: string[] = [];
  /** Activities that were handed out. */
  found = 0;
  readonly #sources: readonly SourceSpec[];
  readonly #options: ReadingOptions;
  /** Items looked at, by what they are called. */
  readonly #read = new Map<SourceSpec, number>();

  constructor(sources: readonly SourceSpec[], options: ReadingOptions) {
    this.#sources = sources;
    this.#options = options;
  }

  /** Items that the sources were asked about: `40 commits`, `40 commits and 9 mails`. */
  get readText(): string {
    const sums = new Map<string, number>();
    for (const source of this.#sources) {
      const noun = nounOf(source);
      sums.set(noun, (sums.get(noun) ?? 0) + (this.#read.get(source) ?? 0));
    }
    return [...sums]
      .map(([noun, sum]) => `${sum.toLocaleString('en')} ${sum === 1 ? noun.slice(0, -1) : noun}`)
      .join(' and ');
  }

  /** Batches of activities: one source after the other; with `follow` as they come. */
  async *batches(): AsyncGenerator<readonly Activity[], void, undefined> {
    const { follow, progress } = this.#options;
    const seen = this.#canHaveDoubles() ? new SeenActivities() : undefined;
    const all =
      follow === true
        ? readTogether((signal) => this.#sources.map((each) => this.#source(each, signal)))
        : this.#inTurn();
    for await (const batch of all) {
      const fresh = seen?.fresh(batch) ?? batch;
      this.found += fresh.length;
      if (fresh.length > 0) yield fresh;
    }
    progress.clear();
  }

  /** One repository has each of its commits once. */
  #canHaveDoubles(): boolean {
    const [first, ...others] = this.#sources;
    return others.length > 0 || first?.kind === 'maildir' || first?.kind === 'activities';
  }

  async *#inTurn(): AsyncGenerator<readonly Activity[], void, undefined> {
    for (const source of this.#sources) yield* this.#source(source, this.#options.signal);
  }

  async *#source(source: SourceSpec, stop: AbortSignal): AsyncGenerator<readonly Activity[], void, undefined> {
    const { follow, anyOrder = false, signal, messages, progress, state, onState } = this.#options;
    const cursor = state?.get(source);
    let total: number | undefined;
    const onTotal = (known: number): void => {
      total = known;
    };
    try {
      yield* openSource(source, {
        anyOrder,
        rejects: messages,
        signal: stop === signal ? signal : AbortSignal.any([signal, stop]),
        onRead: (read) => {
          this.#read.set(source, read);
          progress.show(read, nounOf(source), total);
        },
        ...(progress.isShown ? { onTotal } : {}),
        ...(follow === true && source.kind !== 'activities' ? { follow } : {}),
        ...(cursor === undefined ? {} : { cursor }),
        onCursor: (reached) => {
          state?.set(source, reached);
          onState?.();
        },
      });
    } catch (error) {
      const fault = sourceFault(source, error);
      progress.clear();
      messages.problem(fault);
      this.failed.push(source);
      this.problems.push(fault.message);
    }
  }
}

function nounOf({ kind }: SourceSpec): string {
  if (kind === 'maildir') return 'mails';
  return kind === 'activities' ? 'lines' : 'commits';
}
