import type { Failure } from '@sluice/pipeline';
import { copyOf, cutLine } from './cut-line.ts';

/**
 * The failure as it may be kept for long: parts of a long string hold on to all of it, so those of a line that is longer than
 * `maxChars` are copied, and its groups are cut to that length.
 */
export function leanFailure(failure: Failure, maxChars: number): Failure {
  const { id, address, groups, line } = failure;
  if (line.length <= maxChars) return failure;
  const lean = Object.create(null) as Record<string, string>;
  for (const [name, value] of Object.entries(groups)) lean[name] = copyOf(cutLine(value, maxChars));
  return {
    ...failure,
    id: copyOf(id),
    ...(address && { address: { ...address, text: copyOf(address.text) } }),
    line: cutLine(line, maxChars),
    groups: lean,
  };
}
