import { readCount, type Settings } from '@sluice/command-line';

/** How an action is carried out. */
export interface ActionSettings {
  readonly all?: boolean;
  readonly dryRun?: boolean;
  readonly yes?: boolean;
  readonly json?: boolean;
  readonly verbose?: boolean;
  readonly batch?: number;
  readonly concurrency?: number;
  readonly lockedRetries?: number;
}

export const actionSettings: Settings<ActionSettings> = {
  all: { help: 'all messages of the queue' },
  dryRun: { short: 'n', help: 'change nothing, and print the messages that would be changed' },
  yes: { help: 'do not ask, however many messages there are' },
  json: { help: 'print what became of each message, one JSON object a line' },
  verbose: { short: 'v', help: 'print what became of each message' },
  batch: { value: 'COUNT', help: 'messages that one Exim gets (default: 500)', read: readCount(1, 5000) },
  concurrency: { value: 'COUNT', help: 'Exims at once (default: 2)', read: readCount(1, 32) },
  lockedRetries: {
    value: 'COUNT',
    help: 'times that a locked message is tried again (default: 2)',
    read: readCount(0, 100),
  },
};
