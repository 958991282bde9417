import { createHmac, randomUUID } from 'node:crypto';
import type { BanEvent } from '@sluice/pipeline';
import { pause } from '@sluice/pipeline/node';
import { BanActionError } from '../ban-action-error.ts';
import { shellQuote } from '../commands/shell-quote.ts';
import { eventRecord } from '../events/event-record.ts';
import type { EventSender, SendFaults } from '../events/event-sender.ts';
import { rehearsal } from '../events/rehearsal.ts';
import { type PostResult, post } from './post.ts';
import { retryAfterMs, retryPause } from './retry-pause.ts';
import type { ResolvedWebhookOptions } from './webhook-options.ts';

/** Posts events, again where that may help. */
export class WebhookSender implements EventSender {
  readonly name: string;
  readonly #options: ResolvedWebhookOptions;

  constructor(options: ResolvedWebhookOptions) {
    this.name = options.name;
    this.#options = options;
  }

  async start(): Promise<void> {}

  async stop(): Promise<void> {}

  async send(events: readonly BanEvent[], signal?: AbortSignal): Promise<SendFaults> {
    const faults = new Map<BanEvent, BanActionError>();
    for (const part of this.#parts(events)) {
      const fault = await this.#deliver(part, signal);
      if (fault !== undefined) for (const event of part) faults.set(event, fault);
    }
    return faults;
  }

  commands(events: readonly BanEvent[]): readonly string[] {
    const { url, headers } = this.#options;
    const shown = [...headers.keys()].flatMap((name) => ['-H', shellQuote(`${name}: …`)]);
    return this.#parts(events).map((part) => {
      const body = this.#body(part);
      const text = body instanceof BanActionError ? `(${body.message})` : body;
      return ['curl', "-H 'content-type: application/json'", ...shown, '--data-binary', shellQuote(text)]
        .concat(shellQuote(`${url.origin}/…`))
        .join(' ');
    });
  }

  rehearse(write: (command: string) => void): EventSender {
    return rehearsal(this, write);
  }

  /** What goes into a request each. */
  #parts(events: readonly BanEvent[]): readonly (readonly BanEvent[])[] {
    return this.#options.body === 'batch' ? [events] : events.map((event) => [event]);
  }

  #body(events: readonly BanEvent[]): string | BanActionError {
    const { payload, body, includeLines } = this.#options;
    try {
      if (payload !== undefined) return JSON.stringify(payload(events)) ?? 'null';
    } catch (cause) {
      return new BanActionError('ERR_BAN_ACTION_BACKEND', `${this.name}: \`payload\` threw`, { cause });
    }
    const records = events.map((event) => eventRecord(event, includeLines));
    return JSON.stringify(body === 'batch' ? { version: 1, events: records } : records[0]);
  }

  async #deliver(events: readonly BanEvent[], signal?: AbortSignal): Promise<BanActionError | undefined> {
    const { url, timeoutMs, maxAttempts, clock } = this.#options;
    const body = this.#body(events);
    if (body instanceof BanActionError) return body;
    const request = { url, headers: this.#headers(body), body, timeoutMs };
    for (let attempt = 1; ; attempt += 1) {
      if (signal?.aborted) return this.#aborted();
      const result = await post(request, signal);
      if (result.fault === undefined) return undefined;
      if (signal?.aborted) return this.#aborted();
      if (!result.mayRetry || attempt >= maxAttempts) return this.#fault(result, attempt);
      const askedMs = retryAfterMs(result.retryAfter, clock.nowMs());
      await pause(retryPause(this.#options, attempt, askedMs), signal);
    }
  }

  /** The same for all attempts, so that the receiver can tell that one came twice. */
  #headers(body: string): Headers {
    const { headers, secret } = this.#options;
    const all = new Headers(headers);
    all.set('content-type', 'application/json');
    all.set('idempotency-key', randomUUID());
    if (secret !== undefined)
      all.set('x-sluice-signature', `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`);
    return all;
  }

  #fault({ fault, isTimeout }: PostResult, attempts: number): BanActionError {
    const times = attempts === 1 ? '' : `, ${attempts} times`;
    const code = isTimeout === true ? 'ERR_BAN_ACTION_TIMEOUT' : 'ERR_BAN_ACTION_FAILED';
    return new BanActionError(code, `${this.name}: ${this.#options.url.origin} ${fault}${times}`);
  }

  #aborted(): BanActionError {
    return new BanActionError('ERR_BAN_ACTION_ABORTED', `${this.name} was stopped before it was delivered`);
  }
}
