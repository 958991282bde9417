import { readDuration, type Settings } from '@sluice/command-line';

/** How a queue is watched. */
export interface WatchSettings {
  readonly json?: boolean;
  readonly changesOnly?: boolean;
  readonly mainlog?: string;
  readonly skipMainlog?: boolean;
  readonly reconcile?: number;
}

export const watchSettings: Settings<WatchSettings> = {
  json: { help: 'changes, one JSON object a line; also without this where the output is no terminal' },
  changesOnly: { help: 'only changes, without the messages that are there' },
  mainlog: { value: 'FILE', help: "Exim's main log, for who and why (default: Exim is asked)" },
  skipMainlog: { help: 'without the main log' },
  reconcile: { value: 'TIME', help: 'how often the folders are compared (default: 30s)', read: readDuration },
};
