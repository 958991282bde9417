import { type Cells, eitherCase } from '../../literals/literal.ts';

const isLower = (char: string): boolean => char >= 'a' && char <= 'z';

/** A text as the cells of a literal; with `anyCase` its lower case letters stand for both cases. */
export const cellsOf = (text: string, anyCase = false): Cells =>
  [...text].map((char) => (char.codePointAt(0) as number) + (anyCase && isLower(char) ? eitherCase : 0));
