import type { Settings } from '@sluice/command-line';

/** Which parts of a message are shown. */
export interface ShowSettings {
  readonly headers?: boolean;
  readonly body?: boolean;
  readonly log?: boolean;
  readonly message?: boolean;
  readonly all?: boolean;
  readonly json?: boolean;
}

export const showSettings: Settings<ShowSettings> = {
  headers: { help: 'its -H file, as exim -Mvh prints it' },
  body: { help: 'its -D file, as exim -Mvb prints it' },
  log: { help: 'its log, as exim -Mvl prints it' },
  message: { help: 'the message as it would be sent, as exim -Mvc prints it' },
  all: { help: 'the overview, and then its files' },
  json: { help: 'what is known of it, as one JSON object' },
};
