import { readChoice, readCount, type Settings } from '@sluice/command-line';

/** What messages can be counted by, as the command line says it. */
export const summaryWords = [
  'rcpt-domain',
  'sender-domain',
  'sender',
  'host',
  'auth',
  'login',
  'state',
  'age',
  'reason',
] as const;

/** How messages are counted. */
export interface SummarySettings {
  readonly by?: (typeof summaryWords)[number];
  readonly top?: number;
  readonly json?: boolean;
}

export const summarySettings: Settings<SummarySettings> = {
  by: {
    value: 'WHAT',
    choices: summaryWords,
    help: `count by ${summaryWords.join(', ')} (default: rcpt-domain)`,
    read: readChoice(...summaryWords),
  },
  top: {
    value: 'COUNT',
    help: 'the COUNT most frequent; the others in one line, or left out with --json',
    read: readCount(1),
  },
  json: { help: 'one JSON object a line' },
};
