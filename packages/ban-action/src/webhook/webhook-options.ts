import type { BanEvent, Clock } from '@sluice/pipeline';
import { systemClock } from '@sluice/pipeline';
import type { EventChoice } from '../events/event-backend.ts';
import { type EventChoiceOptions, resolveChoice } from '../events/event-choice.ts';
import { expected, mustCount } from '../options.ts';

/** Options of `webhook`. */
export interface WebhookOptions extends EventChoiceOptions {
  /** Where to post to: `http:` or `https:`, without a user and password in it. */
  readonly url: string;
  /**
   * Sent besides `content-type`, `idempotency-key` and the signature: `{ authorization: 'Bearer …' }`. Neither their
   * values nor the path of the URL, which may be a secret too, are ever logged.
   */
  readonly headers?: Readonly<Record<string, string>>;
  /** Key of the signature: `x-sluice-signature: sha256=` and the HMAC of the body in hex. Default: not signed. */
  readonly secret?: string;
  /** One request for each batch, `{"version":1,"events":[…]}`, or for each event, the record itself. Default `batch`. */
  readonly body?: 'batch' | 'event';
  /** What is posted in place of that; anything that JSON can hold. Given one event where `body` is `event`. */
  readonly payload?: (events: readonly BanEvent[]) => unknown;
  /** Kinds of events that are told. Default `ban`, `prolonged` and `unban`. */
  readonly events?: readonly BanEvent['kind'][];
  /** Whether bans that are applied again after a restart are told. Default true. */
  readonly restored?: boolean;
  /** Whether the matched lines go with a ban. They come from strangers, and may hold passwords. Default false. */
  readonly includeLines?: boolean;
  /** Longest wait for an answer. Default 10,000. */
  readonly timeoutMs?: number;
  /** Most attempts at a request. Default 5. */
  readonly maxAttempts?: number;
  /** Pause before the second attempt, on average; doubled each time. Default 500. */
  readonly retryPauseMs?: number;
  /** Longest pause, also where the server asks for more (`Retry-After`). Default 30,000. */
  readonly maxRetryPauseMs?: number;
  /** Name in outcomes and messages. Default `webhook`. */
  readonly name?: string;
  /** Reads dates in `Retry-After`. Default the machine's clock. */
  readonly clock?: Clock;
}

type Optional = 'secret' | 'payload' | 'events' | 'restored' | 'url' | 'headers';
export type ResolvedWebhookOptions = Required<Omit<WebhookOptions, Optional>> &
  Pick<WebhookOptions, 'secret' | 'payload'> & {
    readonly url: URL;
    readonly headers: Headers;
    readonly choice: EventChoice;
  };

function readUrl(text: unknown): URL {
  const url = typeof text === 'string' && URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) throw expected('url', 'an http: or https: URL', '(hidden)');
  if (url.username !== '' || url.password !== '')
    throw expected('url', 'no user and password in it, but a header `authorization`', '(hidden)');
  return url;
}

function readHeaders(headers: Readonly<Record<string, string>>): Headers {
  const checked = new Headers();
  for (const [name, value] of Object.entries(headers)) {
    try {
      checked.set(name, value);
    } catch {
      // Not the value: it may be a secret.
      throw expected(`headers[${JSON.stringify(name)}]`, 'a name and a value that HTTP allows', '(hidden)');
    }
  }
  return checked;
}

/** @throws BanActionError `ERR_BAN_ACTION_OPTION` */
export function resolveWebhookOptions(options: WebhookOptions): ResolvedWebhookOptions {
  const { secret, body = 'batch', payload, includeLines = false, name = 'webhook', clock = systemClock } = options;
  const { timeoutMs = 10_000, maxAttempts = 5, retryPauseMs = 500, maxRetryPauseMs = 30_000 } = options;
  if (secret !== undefined && (typeof secret !== 'string' || secret === ''))
    throw expected('secret', 'a text that is not empty', '(hidden)');
  if (body !== 'batch' && body !== 'event') throw expected('body', 'batch or event', body);
  if (payload !== undefined && typeof payload !== 'function') throw expected('payload', 'a function', payload);
  if (typeof includeLines !== 'boolean') throw expected('includeLines', 'true or false', includeLines);
  if (typeof name !== 'string' || name === '') throw expected('name', 'a name', name);
  mustCount('timeoutMs', timeoutMs, 1, 2_147_483_647);
  mustCount('maxAttempts', maxAttempts, 1, 100);
  mustCount('retryPauseMs', retryPauseMs, 0, 3_600_000);
  mustCount('maxRetryPauseMs', maxRetryPauseMs, 0, 3_600_000);
  return {
    ...{ body, includeLines, name, clock, timeoutMs, maxAttempts, retryPauseMs, maxRetryPauseMs },
    ...(secret !== undefined && { secret }),
    ...(payload !== undefined && { payload }),
    url: readUrl(options.url),
    headers: readHeaders(options.headers ?? {}),
    choice: resolveChoice(options, { events: ['ban', 'prolonged', 'unban'], restored: true }),
  };
}
