import type { ActionResult } from '../queue-action.ts';

/** A message on its way through an action. */
export interface Target {
  readonly id: string;
  /** Name of its queue; `'*'` while it is not known in which it is. */
  queue: string;
  /** The same for two that were asked for alike. */
  readonly key: string;
  /** How often it was found locked. */
  tries: number;
  /** How often it was asked for since it is on its way: so many outcomes come of it. */
  times: number;
}

/** What came of trying. */
export interface Verdict {
  readonly target: Target;
  readonly result: ActionResult;
  readonly detail: string;
}
