/** What Exim said (`-v`) while it delivered one message, or gave it up. */
export interface DeliveryWords {
  /** Addresses that it was delivered to; a recipient can become several. */
  readonly delivered: number;
  /** Addresses that it failed for, for good. */
  readonly failed: number;
  /** Why the last address that did not go was deferred or failed. */
  readonly reason: string;
  /** Another Exim works on it. */
  readonly isLocked: boolean;
  /** It has no -D. */
  readonly isMissing: boolean;
  /** `cancelled by root`. */
  readonly isCancelled: boolean;
  readonly isCompleted: boolean;
  readonly isFrozen: boolean;
  /** The last line that is none of these. */
  readonly last: string;
}

const logHead = /^LOG: (?:\S+ )*MAIN/;
const beginning = /^delivering (\S+)$/;

/**
 * Reads the log lines that `exim -v` writes, each behind a line `LOG: MAIN` and two blanks, under `delivering ID`. Bounces
 * that are sent meanwhile speak in between under ids of their own; so these words are for people, and what became of the
 * message is for the spool to say.
 */
export function deliveryWords(output: string, id: string): DeliveryWords {
  const words = {
    delivered: 0,
    failed: 0,
    reason: '',
    isLocked: false,
    isMissing: false,
    isCancelled: false,
    isCompleted: false,
    isFrozen: false,
    last: '',
  };
  let isOurs = true;
  let isLog = false;
  for (const line of output.split('\n')) {
    const [, of] = beginning.exec(line) ?? [];
    if (of !== undefined) isOurs = of === id;
    else if (isLog && isOurs && line.startsWith('  ')) take(words, line.slice(2), id);
    else if (isOurs && /^\S/.test(line) && !logHead.test(line)) words.last = line;
    isLog = logHead.test(line);
  }
  return words;
}

function take(words: { -readonly [K in keyof DeliveryWords]: DeliveryWords[K] }, text: string, id: string): void {
  const mark = text.slice(0, 3);
  if (mark === '=> ' || mark === '-> ' || mark === '>> ') words.delivered += 1;
  else if (mark === '** ') words.failed += 1;
  else if (text.startsWith(`Spool file for ${id} is locked`)) words.isLocked = true;
  else if (text.startsWith('cancelled by ')) words.isCancelled = true;
  else if (text === 'Completed' || text.startsWith('Completed QT=')) words.isCompleted = true;
  else if (text.startsWith('Frozen')) words.isFrozen = true;
  else if (mark !== '== ' && !text.startsWith('Unfrozen') && mark !== '<= ') words.last = text;
  if (text === `Spool file ${id}-D not found`) words.isMissing = true;
  if (mark === '** ' || mark === '== ') words.reason = text.slice(3);
}
