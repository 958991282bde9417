import { existsSync, readFileSync } from 'node:fs';

const folder = new URL('../../../../../shared/fail2ban-corpus/debian-1.0.2/', import.meta.url);

/** For the titles of tests that need it. */
export const corpusNote = 'needs fail2ban 1.0.2’s golden data in ../shared/fail2ban-corpus/debian-1.0.2';

export const hasCorpus: boolean = existsSync(folder);

/** Zone and clock of all golden data. */
export const corpusZone = 'Europe/Paris';
export const corpusNowMs = 1_124_013_600_000;

const read = (name: string): string => readFileSync(new URL(name, folder), 'utf8');

export const corpusJson = <T>(name: string): T => JSON.parse(read(name));

export const corpusLines = <T>(name: string): T[] =>
  read(name)
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
