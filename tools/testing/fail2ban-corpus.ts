import { existsSync, readFileSync } from 'node:fs';
import type { Need } from './describe-with.ts';

const folder = new URL('../../../shared/fail2ban-corpus/debian-1.0.2/', import.meta.url);

/** What fail2ban 1.0.2 itself makes of its filters, dates, options and sample logs. It is not ours to carry. */
export const corpus: Need = {
  text: "fail2ban 1.0.2's golden data in ../shared/fail2ban-corpus/debian-1.0.2 beside the workspace",
  isThere: existsSync(folder),
  isOptional: true,
};

/** A file of it as it is. */
export const corpusText = (name: string): string => readFileSync(new URL(name, folder), 'utf8');

/** A file of it that is one value. */
export const corpusJson = <T>(name: string): T => JSON.parse(corpusText(name)) as T;

/** A file of it with one value a line. */
export const corpusLines = <T>(name: string): T[] =>
  corpusText(name)
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as T);
