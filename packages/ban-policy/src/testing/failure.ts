import { type Failure, parseAddress } from '@sluice/pipeline';

let lines = 0;

/** A failure of `id` at `timeMs`, each in a line of its own. */
export function failure(id: string, timeMs: number, more: Partial<Failure> = {}): Failure {
  const address = parseAddress(id);
  lines += 1;
  return {
    id,
    ...(address && { address }),
    timeMs,
    path: '/var/log/auth.log',
    sourceId: 'auth.log',
    offset: lines * 100,
    line: `line ${lines}`,
    groups: {},
    pattern: 0,
    ...more,
  };
}
