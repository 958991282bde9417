import { foldOf } from '../chars/case-folding.ts';
import { lowerOf } from '../chars/case-variants.ts';

/** How a back-reference compares: as `Op.backReference` numbers it. */
export type ReferenceCase = 0 | 1 | 2 | 3;

function lower(code: number, mode: ReferenceCase): number {
  if (mode === 1) return lowerOf(code);
  if (mode === 3) return foldOf(code);
  return code >= 65 && code <= 90 ? code + 32 : code;
}

/** Position behind a repetition of `subject[start, end)` at `position`, or -1. */
export function behindReference(
  subject: string,
  position: number,
  start: number,
  end: number,
  mode: ReferenceCase,
): number {
  if (mode === 0) return subject.startsWith(subject.slice(start, end), position) ? position + end - start : -1;
  let at = position;
  for (let from = start; from < end; ) {
    const wanted = subject.codePointAt(from) as number;
    const found = subject.codePointAt(at);
    if (found === undefined || lower(wanted, mode) !== lower(found, mode)) return -1;
    from += wanted > 0xffff ? 2 : 1;
    at += found > 0xffff ? 2 : 1;
  }
  return at;
}
