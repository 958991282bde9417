import { cutText } from '@sluice/pipeline';
import { BanActionError } from '../ban-action-error.ts';

/** What a hook says of one event. */
export interface HookAnswer {
  /** The event's `seq`. */
  readonly seq: number;
  readonly ok: boolean;
  readonly error?: string;
}

const maxErrorChars = 200;

/** Reads a line of a hook's output; undefined when it is no answer but something for people. */
export function readAnswer(line: string): HookAnswer | undefined {
  if (!line.startsWith('{')) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  const { seq, ok = true, error } = value as Record<string, unknown>;
  if (!Number.isSafeInteger(seq) || typeof ok !== 'boolean') return undefined;
  return { seq: seq as number, ok, ...(typeof error === 'string' && { error: cutText(error, maxErrorChars) }) };
}

/** The error for an event that the hook says it could not apply. */
export const refusedByHook = (name: string, { error }: HookAnswer): BanActionError =>
  new BanActionError(
    'ERR_BAN_ACTION_FAILED',
    `${name}: the program says it failed${error === undefined ? '' : `: ${JSON.stringify(error)}`}`,
  );
