import { Observable } from 'rxjs';
import type { RulesetChange } from '../netfilter/ruleset-change.ts';
import type { SetElement } from '../ruleset/set-element.ts';
import { MonitorProcess } from './monitor-process.ts';
import type { NftSetup } from './nft-setup.ts';
import { rulesetEvent } from './ruleset-event.ts';

const firstPauseMs = 100;
const longestPauseMs = 10_000;

type ElementsChange = Extract<RulesetChange, { readonly elements: readonly SetElement[] }>;

const isOfElements = (change: RulesetChange): change is ElementsChange => 'elements' in change;

const isSame = (a: ElementsChange, { kind, set }: ElementsChange): boolean =>
  a.kind === kind && a.set.set === set.set && a.set.table === set.table && a.set.family === set.family;

/** Joins what nft tells element by element: one change for all that follow one another. */
class Gatherer {
  readonly #emit: (change: RulesetChange) => void;
  #open: { change: ElementsChange; elements: SetElement[] } | undefined;

  constructor(emit: (change: RulesetChange) => void) {
    this.#emit = emit;
  }

  take(change: RulesetChange): void {
    if (isOfElements(change) && this.#open !== undefined && isSame(this.#open.change, change)) {
      this.#open.elements.push(...change.elements);
      return;
    }
    this.flush();
    if (isOfElements(change)) this.#open = { change, elements: [...change.elements] };
    else this.#emit(change);
  }

  flush(): void {
    if (this.#open === undefined) return;
    const { change, elements } = this.#open;
    this.#open = undefined;
    this.#emit({ ...change, elements });
  }
}

export interface RulesetMonitorOptions {
  /** Whether it keeps no process alive. Default false. */
  readonly isBackground?: boolean;
  /** Called when every change from then on is heard of. */
  readonly onReady?: () => void;
}

/**
 * Changes of the ruleset as `nft monitor` tells them, one process for each subscription. When that ends, `overrun` says
 * that changes may have been missed, and another one is started after a growing pause.
 */
export function rulesetMonitor(
  setup: NftSetup,
  { isBackground = false, onReady = () => {} }: RulesetMonitorOptions = {},
): Observable<RulesetChange> {
  return new Observable((subscriber) => {
    let process: MonitorProcess | undefined;
    let timer: NodeJS.Timeout | undefined;
    let pauseMs = firstPauseMs;
    let starts = 0;

    const start = (): void => {
      const gatherer = new Gatherer((change) => subscriber.next(change));
      let isReady = false;
      const one = new MonitorProcess(setup, (line) => {
        isReady = true;
        const change = rulesetEvent(line);
        if (change !== undefined) gatherer.take(change);
      });
      process = one;
      starts += 1;
      void one.ready.then(() => {
        isReady = true;
        if (isBackground) one.unref();
        pauseMs = firstPauseMs;
        if (process === one) onReady();
      });
      void one.ended.then((fault) => {
        gatherer.flush();
        if (fault === undefined || subscriber.closed) return;
        // One that never ran will not run: it says why.
        if (!isReady && starts === 1) {
          subscriber.error(fault);
          return;
        }
        subscriber.next({ kind: 'overrun' });
        timer = setTimeout(start, pauseMs);
        if (isBackground) timer.unref();
        pauseMs = Math.min(pauseMs * 2, longestPauseMs);
      });
    };

    start();
    return () => {
      clearTimeout(timer);
      void process?.close();
    };
  });
}
