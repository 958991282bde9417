import fc from 'fast-check';
import { corpusLines } from '../../../../tools/testing/fail2ban-corpus.ts';
import { type CorpusFilter, corpusCases } from './corpus-cases.ts';
import type { FilterQuestion } from './fail2ban-oracle.ts';

/** One change to a line; positions are shares of its length. */
interface Change {
  readonly kind: 'drop' | 'double' | 'put' | 'cut' | 'digits' | 'case';
  readonly at: number;
  readonly size: number;
  readonly text: string;
}

const pieces = [
  '192.0.2.7',
  '2001:db8::7',
  'from ',
  'root',
  ' ',
  ':',
  '"',
  '[preauth]',
  'invalid user ',
  'host.example',
  '\\',
  'é',
];

const change: fc.Arbitrary<Change> = fc.record({
  kind: fc.constantFrom('drop', 'double', 'put', 'cut', 'digits', 'case'),
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  size: fc.integer({ min: 1, max: 12 }),
  text: fc.constantFrom(...pieces),
});

function mangle(line: string, { kind, at, size, text }: Change): string {
  const start = Math.floor(at * line.length);
  const [head, part, tail] = [line.slice(0, start), line.slice(start, start + size), line.slice(start + size)];
  if (kind === 'drop') return head + tail;
  if (kind === 'double') return head + part + part + tail;
  if (kind === 'put') return head + text + part + tail;
  if (kind === 'cut') return head;
  if (kind === 'digits') return head + part.replaceAll(/\d/g, '2') + tail;
  return head + part.toUpperCase() + tail;
}

/** fail2ban's own filters, and its sample lines as they are or a little changed, in any order. */
export function mangledQuestions(): fc.Arbitrary<FilterQuestion> {
  const lines = new Map<string, string[]>();
  for (const { filter, line } of corpusCases()) lines.set(filter, [...(lines.get(filter) ?? []), line]);
  const filters = corpusLines<CorpusFilter>('filters.jsonl').filter(({ filter }) => lines.has(filter));
  return fc.constantFrom(...filters).chain(({ filter, failregex, ignoreregex, prefregex, datepattern, maxlines }) => {
    const line = fc
      .tuple(fc.constantFrom(...(lines.get(filter) as string[])), fc.array(change, { maxLength: 2 }))
      .map(([line, changes]) => changes.reduce(mangle, line));
    return fc.array(line, { minLength: 5, maxLength: 25 }).map((lines) => ({
      failRegex: failregex,
      ignoreRegex: ignoreregex,
      prefRegex: prefregex ?? undefined,
      datePattern: datepattern ?? undefined,
      maxLines: maxlines ?? 1,
      useDns: 'no' as const,
      mode: 'test' as const,
      lines,
    }));
  });
}
