import { parseTimeMs, splitShellWords } from '@sluice/fail2ban-config';

/** The text of an option, one per line that it has, each without white around it. */
type Lines = readonly string[];

/** How the text of an option is read. Each gives undefined for a text that is none of its kind. */
export interface OptionKind {
  /** What is expected, for people. */
  readonly wanted: string;
  read(lines: Lines): unknown;
}

const yes = new Set(['1', 'on', 'true', 'yes']);
const no = new Set(['0', 'off', 'false', 'no']);

const wordsOf = (lines: Lines): string[] => lines.flatMap((line) => line.split(/[\s,]+/)).filter((word) => word !== '');

const text: OptionKind = { wanted: 'one line of text', read: (lines) => (lines.length === 1 ? lines[0] : undefined) };

const wholeNumber: OptionKind = {
  wanted: 'a whole number',
  read: ([line = '', ...more]) => (more.length === 0 && /^[-+]?\d{1,15}$/.test(line) ? Number(line) : undefined),
};

const flag: OptionKind = {
  wanted: 'yes or no',
  read([line = '', ...more]) {
    const word = line.toLowerCase();
    if (more.length > 0) return undefined;
    return yes.has(word) ? true : no.has(word) ? false : undefined;
  },
};

const list: OptionKind = {
  wanted: 'names with commas, blanks or line breaks between them',
  read: (lines) => (wordsOf(lines).length > 0 ? wordsOf(lines) : undefined),
};

const numbers: OptionKind = {
  wanted: 'whole numbers with commas or blanks between them',
  read(lines) {
    const words = wordsOf(lines);
    return words.length > 0 && words.every((word) => /^\d{1,15}$/.test(word)) ? words.map(Number) : undefined;
  },
};

/** A program and its arguments, quoted as for a shell; none is asked. */
const command: OptionKind = {
  wanted: 'a program and its arguments, in quotes where they hold blanks',
  read(lines) {
    try {
      const words = splitShellWords(lines.join(' '));
      return words.length > 0 ? words : undefined;
    } catch {
      return undefined;
    }
  },
};

/** In milliseconds. */
const duration: OptionKind = {
  wanted: 'a time such as 30, 30s or 10m',
  read([line = '', ...more]) {
    try {
      const ms = parseTimeMs(line);
      return more.length === 0 && ms >= 0 ? ms : undefined;
    } catch {
      return undefined;
    }
  },
};

/** How options of the file are read. */
export const optionKinds: Readonly<
  Record<'text' | 'wholeNumber' | 'flag' | 'list' | 'numbers' | 'command' | 'duration', OptionKind>
> = { text, wholeNumber, flag, list, numbers, command, duration };
