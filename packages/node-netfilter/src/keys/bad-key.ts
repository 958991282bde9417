import { cutText } from '@sluice/pipeline';
import { NodeNetfilterError } from '../node-netfilter-error.ts';
import type { KeyLayout } from './key-layout.ts';

const maxShownChars = 100;

/** The error for a text that is no key of a set. */
export function badKey(text: unknown, { fields }: KeyLayout, isInterval: boolean): NodeNetfilterError {
  const words = fields.map((field) => field.words).join(' . ');
  const expected = isInterval ? `${words}, or a range of such` : words;
  const shown = typeof text === 'string' ? JSON.stringify(cutText(text, maxShownChars)) : String(text);
  const isRange = typeof text === 'string' && !isInterval && /[/-]/.test(text);
  return new NodeNetfilterError('KEY', `a key must be ${expected}, not ${shown}`, {
    value: text,
    cure: isRange ? 'ranges need a set with the flag interval' : undefined,
  });
}
