import type { Clock } from '@sluice/pipeline';

/**
 * The time that has passed since the process began, counted on from when that was: the kernel ends blocks by a clock that
 * nobody sets, and so does this one run.
 */
export const steadyClock: Clock = { nowMs: () => performance.timeOrigin + performance.now() };
