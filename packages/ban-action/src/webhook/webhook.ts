import type { BanBackend } from '../ban-backend.ts';
import { eventBackend } from '../events/event-backend.ts';
import { resolveWebhookOptions, type WebhookOptions } from './webhook-options.ts';
import { WebhookSender } from './webhook-sender.ts';

/**
 * Events to a web service, by POST of JSON: `{"version":1,"events":[…]}` with an `EventRecord` each.
 *
 * - An answer of 2xx is success. No answer, 408, 425, 429 and 5xx are tried again, with a growing pause and at least the
 *   `Retry-After` of the server; others, redirects included, fail the events.
 * - All attempts at a request have the same `idempotency-key`: a receiver that keeps it takes each event once.
 * - Batches are posted one after the other. While one is tried again, those behind it wait: in a fan-out, make this a
 *   branch that is not required.
 *
 * @example
 * webhook({ url: 'https://hooks.example.net/bans', headers: { authorization: `Bearer ${token}` } });
 *
 * @throws BanActionError `ERR_BAN_ACTION_OPTION`
 */
export function webhook(options: WebhookOptions): BanBackend {
  const resolved = resolveWebhookOptions(options);
  return eventBackend(new WebhookSender(resolved), resolved.choice);
}
