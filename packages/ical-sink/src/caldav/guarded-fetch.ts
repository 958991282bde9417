import { setTimeout as sleep } from 'node:timers/promises';
import { IcalSinkError } from '../ical-sink-error.ts';
import type { CalDavSettings } from './caldav-options.ts';
import { davFault } from './dav-fault.ts';
import { readBody } from './read-body.ts';

const maxRedirects = 5;
const longestPauseMs = 30_000;
const redirects = new Set([301, 302, 307, 308]);
const passing = new Set([429, 500, 502, 503, 504, 507]);

/** What goes with every request. */
export interface Guard
  extends Pick<CalDavSettings, 'authorization' | 'timeoutMs' | 'retries' | 'retryPauseMs' | 'maxResponseBytes'> {
  /** The one place that is spoken with: `https://dav.example.org`. */
  readonly origin: string;
  readonly signal: AbortSignal;
  /** Called before each attempt. */
  readonly onRequest: () => void;
}

/**
 * A `fetch` for one server, with bounds on all that the server decides.
 *
 * 1. Requests go to `origin` only, with the credentials. A redirect within it is followed with method and body, at most five
 *    times; one that leads elsewhere is refused: neither credentials nor requests go where a server's answer says.
 * 2. An attempt ends after `timeoutMs`, an answer after `maxResponseBytes`.
 * 3. Broken connections, timeouts, 429 and passing 5xx are tried `retries` times more, after growing pauses. All that is sent
 *    here is conditional or only reads, so that trying again changes nothing twice.
 * 4. Answers are given as they are, save 401, which is an error.
 *
 * Rejects with an IcalSinkError: `NETWORK`, `TIMEOUT`, `REDIRECT`, `AUTHENTICATION`, `CALDAV` (an answer too large),
 * `ABORTED`.
 */
export function guardedFetch(guard: Guard): typeof globalThis.fetch {
  return async (input, init = {}) => {
    for (let attempt = 0; ; attempt += 1) {
      const isLast = attempt >= guard.retries;
      let pauseMs = guard.retryPauseMs * 2 ** attempt;
      try {
        const response = await followed(guard, new URL(String(input)), init);
        if (isLast || !passing.has(response.status)) return response;
        pauseMs = Math.max(pauseMs, 1000 * Number(response.headers.get('retry-after') ?? 0) || 0);
      } catch (error) {
        if (isLast || !isPassing(error)) throw error;
      }
      await sleep(Math.min(pauseMs, longestPauseMs), undefined, { signal: guard.signal }).catch(() => {
        throw aborted();
      });
    }
  };
}

const isPassing = (error: unknown): boolean =>
  error instanceof IcalSinkError && (error.code === 'ERR_ICAL_SINK_NETWORK' || error.code === 'ERR_ICAL_SINK_TIMEOUT');

const aborted = (): IcalSinkError => new IcalSinkError('ERR_ICAL_SINK_ABORTED', 'the sink was stopped');

async function followed(guard: Guard, first: URL, init: RequestInit): Promise<Response> {
  let url = first;
  for (let count = 0; ; count += 1) {
    if (url.origin !== guard.origin) throw leadsElsewhere(guard, url);
    const response = await attempted(guard, url, init);
    const location = response.headers.get('location');
    // A caller that asks for redirects as they are looks for a place, and comes back with it.
    if (!redirects.has(response.status) || location === null || init.redirect === 'manual') return response;
    if (count >= maxRedirects) {
      const fault = `${guard.origin} redirects more than ${maxRedirects} times`;
      throw new IcalSinkError('ERR_ICAL_SINK_REDIRECT', fault, { limit: maxRedirects });
    }
    if (!URL.canParse(location, url.href)) return response;
    url = new URL(location, url);
  }
}

function leadsElsewhere(guard: Guard, { origin }: URL): IcalSinkError {
  const fault = `${guard.origin} leads to ${origin}, where credentials do not follow`;
  return new IcalSinkError('ERR_ICAL_SINK_REDIRECT', fault, {
    value: origin,
    cure: 'if that is the right server, give an address there as url',
  });
}

async function attempted(guard: Guard, url: URL, init: RequestInit): Promise<Response> {
  const { authorization, timeoutMs, signal, maxResponseBytes } = guard;
  if (signal.aborted) throw aborted();
  const stop = new AbortController();
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    stop.abort();
  }, timeoutMs);
  const onAbort = (): void => stop.abort();
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    guard.onRequest();
    const headers = new Headers(init.headers);
    if (authorization !== undefined) headers.set('Authorization', authorization);
    const response = await fetch(url, { ...init, headers, redirect: 'manual', signal: stop.signal });
    const body = await readBody(response, maxResponseBytes);
    if (response.status === 401) throw refused(guard);
    const { status, statusText } = response;
    if (status === 207 && !endsWhole(body)) throw davFault(`${guard.origin} answers what ends too early`, status);
    return new Response(body, { status, statusText, headers: response.headers });
  } catch (error) {
    if (error instanceof IcalSinkError) throw error;
    if (signal.aborted) throw aborted();
    if (isLate) {
      const fault = `${guard.origin} did not answer within ${timeoutMs} ms (timeoutMs)`;
      throw new IcalSinkError('ERR_ICAL_SINK_TIMEOUT', fault, { limit: timeoutMs, cause: error });
    }
    throw new IcalSinkError('ERR_ICAL_SINK_NETWORK', `cannot speak with ${guard.origin}: ${reasonOf(error)}`, {
      cause: error,
    });
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
    // Lets go of an answer of which the rest is not wanted.
    stop.abort();
  }
}

/** Whether a multistatus has its end. What reads the XML takes one without for a short one. */
const endsWhole = (body: Uint8Array<ArrayBuffer> | null): boolean =>
  body !== null &&
  /<\/(?:[^<>\s:]+:)?multistatus\s*>|<(?:[^<>\s:]+:)?multistatus[^<>]*\/>/.test(
    Buffer.from(body.subarray(-1024)).toString('latin1'),
  );

function refused({ origin, authorization }: Guard): IcalSinkError {
  const fault = `${origin} refuses ${authorization === undefined ? 'requests without credentials' : 'the credentials'} (401)`;
  const cure = authorization === undefined ? 'give username and password' : 'see to username and password';
  return new IcalSinkError('ERR_ICAL_SINK_AUTHENTICATION', fault, { value: 401, cure });
}

/** What fetch says is only that it failed; why is one deeper. */
function reasonOf(error: unknown): string {
  const { message, cause } = error as { message: string; cause?: { message?: string; code?: string } };
  return cause?.message || cause?.code || message;
}
