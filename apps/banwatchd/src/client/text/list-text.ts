import type { Json } from '../../control/json.ts';
import { pythonText } from './python-text.ts';

/** Lines below a title, the last one marked; without any, what is said instead. */
export function listText(title: string, items: readonly string[], none: string): string {
  if (items.length === 0) return none;
  return [title, ...items.map((item, index) => `${index === items.length - 1 ? '`-' : '|-'} ${item}`)].join('\n');
}

/** The items as texts; what is no list is taken for none. */
export const textsOf = (value: Json): string[] => (Array.isArray(value) ? value.map(pythonText) : []);
