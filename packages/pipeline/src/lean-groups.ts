import { cutText } from './cut-text.ts';
import { ownText } from './own-text.ts';

/** A copy of a match's groups that keeps nothing else of their line in memory, each with at most `maxChars` UTF-16 units. */
export function leanGroups(groups: Readonly<Record<string, string>>, maxChars: number): Record<string, string> {
  const lean: Record<string, string> = Object.create(null);
  for (const [name, value] of Object.entries(groups))
    lean[name] = value.length > maxChars ? cutText(value, maxChars) : ownText(value);
  return lean;
}
