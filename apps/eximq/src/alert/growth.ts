/** How many messages there were at a moment. */
export interface Sample {
  readonly atMs: number;
  readonly messages: number;
}

/** Samples are of use for so many windows: one that is a little too old still tells how fast the queue grew. */
const usefulWindows = 2;

/** The samples that are of use for a window that ends now. A clock that was set back leaves samples of a time to come. */
export const usefulSamples = (samples: readonly Sample[], nowMs: number, windowMs: number): readonly Sample[] =>
  samples.filter(({ atMs }) => atMs <= nowMs && nowMs - atMs <= usefulWindows * windowMs);

/**
 * By how many messages the queue has grown at most, from any sample within the window until now. A sample that is older than
 * the window, as it is with calls that are exactly a window apart, counts for the part of its time that the window has.
 * 0 where the queue shrank, or nothing is known.
 */
export function growth(samples: readonly Sample[], now: Sample, windowMs: number): number {
  const grown = usefulSamples(samples, now.atMs, windowMs).map(({ atMs, messages }) => {
    const ageMs = now.atMs - atMs;
    const more = now.messages - messages;
    return ageMs <= windowMs ? more : (more * windowMs) / ageMs;
  });
  return Math.max(0, ...grown.map(Math.round));
}
