import { previousPosition } from '../chars/surrogates.ts';
import { unicodeClassHas } from '../chars/unicode-classes.ts';
import type { AssertionKind, Semantics } from '../python-regex/ast.ts';

const newline = 10;

function isWord(code: number, ascii: boolean): boolean {
  if (code < 128) {
    return (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || code === 95 || (code >= 97 && code <= 122);
  }
  return !ascii && unicodeClassHas('word', code);
}

function wordAt(subject: string, position: number, ascii: boolean): boolean {
  return position < subject.length && isWord(subject.codePointAt(position) as number, ascii);
}

function isBoundary(subject: string, position: number, ascii: boolean): boolean {
  const before = position > 0 && wordAt(subject, previousPosition(subject, position), ascii);
  return before !== wordAt(subject, position, ascii);
}

/** Whether an assertion holds at a position. */
export function assertionHolds(
  kind: AssertionKind,
  subject: string,
  position: number,
  ascii: boolean,
  semantics: Semantics,
): boolean {
  const { length } = subject;
  switch (kind) {
    case 'text-start':
      return position === 0;
    case 'text-end':
      return position === length;
    case 'end':
      return position === length || (position === length - 1 && subject.charCodeAt(position) === newline);
    case 'line-start':
      return position === 0 || subject.charCodeAt(position - 1) === newline;
    case 'line-end':
      return position === length || subject.charCodeAt(position) === newline;
    // Python finds no boundary in an empty subject, and no absence of one either.
    case 'boundary':
      return length > 0 && isBoundary(subject, position, ascii);
    case 'no-boundary':
      return (length > 0 || semantics === 'javascript') && !isBoundary(subject, position, ascii);
  }
}
