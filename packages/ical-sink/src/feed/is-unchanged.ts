import type { IncomingHttpHeaders } from 'node:http';

/** What a client can have of a calendar. */
export interface Validators {
  /** Entity tags of it in every encoding, with their quotes. */
  readonly etags: readonly string[];
  /** Last-Modified in whole seconds; undefined where that says nothing. */
  readonly modifiedS: number | undefined;
}

/**
 * Whether a client has what it would get (RFC 9110, 13.1.2 and 13.1.3): one of the tags of If-None-Match is ours by weak
 * comparison, or it is `*`; without that header, If-Modified-Since is no earlier than the last change.
 */
export function isUnchanged(headers: IncomingHttpHeaders, { etags, modifiedS }: Validators): boolean {
  const noneMatch = headers['if-none-match'];
  if (noneMatch !== undefined) {
    if (noneMatch.trim() === '*') return true;
    // A tag is all between two quotes, commas too.
    return (noneMatch.match(/"[^"]*"/g) ?? []).some((tag) => etags.includes(tag));
  }
  const since = headers['if-modified-since'];
  const sinceMs = since === undefined ? Number.NaN : Date.parse(since);
  return modifiedS !== undefined && !Number.isNaN(sinceMs) && modifiedS <= Math.floor(sinceMs / 1000);
}
