import { readChoice, type Settings } from '@sluice/command-line';

const whens = ['auto', 'always', 'never'] as const;
const backends = ['auto', 'spool', 'exim'] as const;

/** Where the queue is, and how much is said; for every command. */
export interface GlobalSettings {
  readonly spool?: string;
  readonly eximPath?: string;
  readonly config?: string;
  readonly queue?: string;
  readonly noAside?: boolean;
  readonly backend?: (typeof backends)[number];
  readonly demo?: boolean;
  readonly quiet?: boolean;
  readonly progress?: (typeof whens)[number];
}

export const globalSettings: Settings<GlobalSettings> = {
  spool: { value: 'FOLDER', help: "Exim's spool_directory; also a copy of one (default: Exim is asked)" },
  eximPath: { value: 'FILE', help: 'the Exim to run (default: exim4 or exim in PATH)' },
  config: { value: 'FILE', help: "Exim's configuration file, if it is not its own" },
  queue: { value: 'NAME', help: "a named queue, or '*' for all (default: the main one)" },
  noAside: { help: 'without frozen messages that move_frozen_messages has put aside' },
  backend: {
    value: 'WHAT',
    choices: backends,
    help: "read the spool's files, or what exim -bpr prints (default: auto, the files where they may be read)",
    read: readChoice(...backends),
  },
  demo: { help: 'use an example queue, made for this call; actions only say what they would do' },
  quiet: { short: 'q', help: 'say nothing but what went wrong' },
  progress: {
    value: 'WHEN',
    choices: whens,
    help: 'tell how far it is (default: auto, on a terminal)',
    read: readChoice(...whens),
  },
};
