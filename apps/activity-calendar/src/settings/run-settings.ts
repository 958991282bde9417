import { readChoice, readCount, type Settings } from '@sluice/command-line';

/** How a command is run; only on the command line. */
export interface RunSettings {
  readonly config?: string;
  readonly follow?: boolean;
  readonly once?: boolean;
  readonly json?: boolean;
  readonly dryRun?: boolean;
  readonly progress?: 'auto' | 'always' | 'never';
  readonly quiet?: boolean;
  readonly year?: number;
  readonly utc?: boolean;
}

export const runSettings: Settings<RunSettings> = {
  config: { value: 'FILE', isPath: true, help: 'sources and settings from this YAML file' },
  follow: { help: 'go on with what is added, until stopped' },
  once: { help: 'read once, and do not go on with what is added' },
  json: { help: 'print one JSON object a line' },
  dryRun: { short: 'n', help: 'change nothing, and say what would be' },
  progress: {
    value: 'WHEN',
    choices: ['auto', 'always', 'never'],
    help: 'tell how far it is (default: auto, on a terminal)',
    read: readChoice('auto', 'always', 'never'),
  },
  quiet: { short: 'q', help: 'say nothing but what went wrong' },
  year: { value: 'YEAR', help: 'only this year', read: readCount(1000, 9999) },
  utc: { help: "days and hours of UTC, not of the authors' zones" },
};
