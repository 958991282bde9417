import path from 'node:path';
import { openTarget } from './target.ts';

/** Which of a calendar's files: the period of `split`, empty without one, and the number, from 1. */
export interface Shard {
  /** `''`, `2024` or `2024-03`. */
  readonly period: string;
  readonly number: number;
}

const periodPatterns = { year: '-(\\d{4})', month: '-(\\d{4}-\\d{2})' } as const;
const literal = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** The names of a calendar's files: `commits.ics`, `commits.2.ics`, `commits-2024.ics`, `commits-2024-03.2.ics`. */
export class FileNames {
  readonly folder: string;
  readonly #stem: string;
  readonly #extension: string;
  readonly #pattern: RegExp;

  constructor(file: string, split: 'month' | 'year' | undefined) {
    // Whoever writes through a link and whoever writes beside it must meet at one lock.
    const { dir, name, ext } = path.parse(split === undefined ? openTarget(file).path : file);
    this.folder = dir === '' ? '.' : dir;
    this.#stem = name;
    this.#extension = ext;
    const period = split === undefined ? '()' : periodPatterns[split];
    this.#pattern = new RegExp(`^${literal(name)}${period}(?:\\.([1-9]\\d*))?${literal(ext)}$`);
  }

  pathOf({ period, number }: Shard): string {
    const between = `${period === '' ? '' : `-${period}`}${number === 1 ? '' : `.${number}`}`;
    return path.join(this.folder, `${this.#stem}${between}${this.#extension}`);
  }

  /** The file that a name in the folder stands for; undefined when it is none of this calendar's. */
  shardOf(name: string): Shard | undefined {
    const match = this.#pattern.exec(name);
    if (match === null || match[2] === '1') return undefined;
    const number = match[2] === undefined ? 1 : Number(match[2]);
    return Number.isSafeInteger(number) ? { period: match[1] ?? '', number } : undefined;
  }

  /** Path of the file that says that somebody writes this calendar. */
  get lockPath(): string {
    return path.join(this.folder, `.${this.#stem}${this.#extension}.lock`);
  }
}
