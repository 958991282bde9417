import { reasonOf } from '@sluice/command-line';
import { ComponentError } from '@sluice/pipeline';
import { withFlags } from '../output/with-flags.ts';
import type { Check } from './check.ts';

/** A fault with its cure apart, as a check of the given level. */
export function faultCheck(what: string, level: 'warn' | 'bad', error: unknown): Check {
  if (!(error instanceof ComponentError)) return { level, what, text: reasonOf(error) };
  const { cure, message } = error;
  if (cure === undefined) return { level, what, text: message };
  return { level, what, text: message.slice(0, -`; ${cure}`.length), cure: withFlags(cure) };
}
