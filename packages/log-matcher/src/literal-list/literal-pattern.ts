import type { Node, ParsedPattern } from '../python-regex/ast.ts';
import { noFlags } from '../python-regex/flags.ts';
import { literalSet } from '../python-regex/set-items.ts';

/**
 * A text as a pattern that matches just that.
 *
 * @param options.ignoreCase any case, by Python's rule: one character for one, so `ß` does not match `SS`. Default false
 */
export function literalPattern(source: string, options: { readonly ignoreCase?: boolean } = {}): ParsedPattern {
  const flags = { ...noFlags, ignoreCase: options.ignoreCase ?? false };
  const items: Node[] = [];
  let start = 0;
  for (const char of source) {
    const end = start + char.length;
    items.push({ type: 'char', set: literalSet(char.codePointAt(0) as number, flags), start, end });
    start = end;
  }
  const root: Node = { type: 'sequence', items, start: 0, end: source.length };
  return { source, semantics: 'python', root, groupCount: 0, groupNames: new Map() };
}
