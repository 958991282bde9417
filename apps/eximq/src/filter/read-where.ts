import { ValueFault } from '@sluice/command-line';
import type { QueueFilter } from '@sluice/exim-queue/batches';

/** A `QueueFilter` as JSON. What is in it is checked where it is compiled. */
export function readWhere(text: string): QueueFilter {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = undefined;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new ValueFault('a JSON object, as \'{"frozen":true}\'', text);
  }
  return value;
}
