import { glob } from '@sluice/pipeline';
import type { Signature } from '../commit.ts';
import type { AuthorPattern } from '../options.ts';

type Test = (author: Signature) => boolean;

/**
 * Whether somebody is one of those that the patterns mean, see {@link AuthorPattern}. Texts are compared with the name
 * (or login), the address, and `Name <address>`. No patterns: nobody is.
 */
export function matchesAuthor(patterns: readonly AuthorPattern[]): (author: Signature) => boolean {
  const tests = patterns.map((pattern): Test => (typeof pattern === 'function' ? pattern : textTest(pattern)));
  return (author) => tests.some((test) => test(author));
}

function textTest(pattern: string): Test {
  const isMeant = /[*?]/.test(pattern) ? glob(pattern) : equals(pattern);
  return ({ name, email }) =>
    (name !== '' && isMeant(name)) || (email !== '' && (isMeant(email) || isMeant(`${name} <${email}>`)));
}

function equals(pattern: string): (text: string) => boolean {
  const folded = pattern.toLowerCase();
  return (text) => text.toLowerCase() === folded;
}
