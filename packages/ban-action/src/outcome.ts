import type { BanEvent } from '@sluice/pipeline';
import { BanActionError } from './ban-action-error.ts';
import type { BanOutcome } from './ban-backend.ts';

/** The outcome of an event that is not in effect. */
export const failedOutcome = (backend: string, event: BanEvent, error: BanActionError): BanOutcome => ({
  event,
  backend,
  ok: false,
  dryRun: false,
  error,
  durationMs: 0,
});

/** What a backend threw, as an error of this package. */
export function backendFault(backend: string, cause: unknown): BanActionError {
  if (cause instanceof BanActionError) return cause;
  const message = cause instanceof Error ? cause.message : String(cause);
  return new BanActionError('ERR_BAN_ACTION_BACKEND', `${backend} threw: ${message}`, { cause });
}
