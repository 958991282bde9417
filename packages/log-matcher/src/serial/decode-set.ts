import { LogMatcherError } from '../log-matcher-error.ts';
import type { PatternOptions } from '../options.ts';
import { unseal } from './envelope.ts';
import { ParsedCheck } from './parsed-check.ts';
import { serialFault } from './serial-fault.ts';
import type { SetParts } from './set-parts.ts';
import { unpack } from './unpack.ts';

function partsOf(content: Uint8Array): SetParts {
  const parts = unpack(content);
  if (!Array.isArray(parts) || parts.length !== 3) throw serialFault('the serialised set is damaged: its parts');
  const [options, patterns, plans] = parts as unknown[];
  if (typeof options !== 'object' || options === null || !Array.isArray(patterns)) {
    throw serialFault('the serialised set is damaged: the kinds of its parts');
  }
  const check = new ParsedCheck(content.length);
  return {
    options: options as PatternOptions,
    patterns: patterns.map((pattern) => check.pattern(pattern)),
    plans,
  };
}

/**
 * Reads what {@link encodeSet} wrote.
 *
 * Whatever the bytes are, it gives the parts or throws, and its time and memory are linear in their number. The options'
 * values and `plans` are not looked at. Nothing tells bytes that were made up with care from bytes that a set wrote: take
 * them from whom you would take patterns.
 *
 * @throws LogMatcherError `ERR_LOG_MATCHER_SERIAL` when the bytes are foreign, damaged, cut short or of another version
 */
export function decodeSet(bytes: Uint8Array): SetParts {
  try {
    return partsOf(unseal(bytes));
  } catch (error) {
    if (error instanceof LogMatcherError) throw error;
    // The stack ends where values are nested too deep.
    throw serialFault('the serialised set is damaged', error);
  }
}
