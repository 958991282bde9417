import type { Failure } from '@sluice/pipeline';

/**
 * Who may be exempt: a failure, or, for a ban that is restored and an attempt by hand, what is known besides the id.
 */
export type Suspect = Pick<Failure, 'id' | 'address'> & Partial<Failure>;

/** Which rule exempts: fail2ban's `ignoreself rule`, `ip`, `dns`, `command` or the list's file; or a cached verdict. */
export type IgnoreRule = 'self' | 'ip' | 'dns' | 'command' | 'cache' | `file:${string}`;
