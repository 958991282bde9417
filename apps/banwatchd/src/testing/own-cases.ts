import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { defaultsDir } from '../defaults/defaults-dir.ts';

/** A line that one of our own filters is tried on, as `banwatch test --cases` reads it. */
export interface OwnCase {
  readonly id: string;
  readonly filter: string;
  readonly options: Readonly<Record<string, string>>;
  /** The last one is judged. */
  readonly lines: readonly string[];
  readonly match: boolean;
  readonly host: string | null;
  /** Seconds. */
  readonly time: number | null;
}

/** When the sample lines of the cases are read. */
export const casesNowMs: number = Date.UTC(2026, 10, 23, 12);

/** The cases that lie beside our own filters, by the filter's name. */
export function ownCases(): ReadonlyMap<string, readonly OwnCase[]> {
  const dir = path.join(defaultsDir(), 'cases');
  const read = (file: string): OwnCase[] =>
    readFileSync(path.join(dir, file), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as OwnCase);
  const files = readdirSync(dir).toSorted();
  return new Map(files.map((file) => [file.replace(/\.jsonl$/, ''), read(file)]));
}

/** `sshd[mode="aggressive"]` */
export function filterSpec({ filter, options }: Pick<OwnCase, 'filter' | 'options'>): string {
  const list = Object.entries(options).map(([name, value]) => `${name}="${value}"`);
  return list.length === 0 ? filter : `${filter}[${list.join(', ')}]`;
}
