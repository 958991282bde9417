import { cutText } from '@sluice/pipeline';

/** How a request went. */
export interface PostResult {
  /** Undefined when it went well. */
  readonly fault?: string;
  readonly isTimeout?: boolean;
  /** Whether it may go well another time. */
  readonly mayRetry: boolean;
  readonly retryAfter: string | null;
}

export interface PostRequest {
  readonly url: URL;
  readonly headers: Headers;
  readonly body: string;
  readonly timeoutMs: number;
}

/** Request Timeout, Too Early, Too Many Requests. */
const passing = new Set([408, 425, 429]);

/**
 * Posts once. The answer's body is not read. Redirects are not followed: they would carry the headers, which may hold
 * secrets, and the events to somebody who was not named.
 */
export async function post({ url, timeoutMs, ...request }: PostRequest, signal?: AbortSignal): Promise<PostResult> {
  const timeout = AbortSignal.timeout(timeoutMs);
  const signals = signal === undefined ? [timeout] : [timeout, signal];
  try {
    const response = await fetch(url, {
      ...request,
      method: 'POST',
      redirect: 'manual',
      signal: AbortSignal.any(signals),
    });
    await response.body?.cancel().catch(() => {});
    const { status, headers } = response;
    const retryAfter = headers.get('retry-after');
    if (status >= 200 && status < 300) return { mayRetry: false, retryAfter };
    if (status >= 300 && status < 400)
      return { fault: `answered ${status}, a redirect, which is not followed`, mayRetry: false, retryAfter };
    return { fault: `answered ${status}`, mayRetry: status >= 500 || passing.has(status), retryAfter };
  } catch (error) {
    const isTimeout = timeout.aborted && signal?.aborted !== true;
    const fault = isTimeout ? `gave no answer for ${timeoutMs} ms (timeoutMs)` : `cannot be reached: ${why(error)}`;
    return { fault, isTimeout, mayRetry: true, retryAfter: null };
  }
}

/** What fetch hides in the cause. */
function why(error: unknown): string {
  const { cause = error } = error as { readonly cause?: unknown };
  const { code, message } = cause as NodeJS.ErrnoException;
  return code ?? cutText(String(message), 200);
}
