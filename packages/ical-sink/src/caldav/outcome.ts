import type { IcalSinkError } from '../ical-sink-error.ts';

/** What became of an activity on a CalDAV server; in a dry run what would have. */
export interface CalDavOutcome {
  readonly uid: string;
  /**
   * `created`, `updated`, `deleted`: as it says. `unchanged`: the server has it as it is, or in a later form (a higher
   * SEQUENCE). `absent`: what was to be deleted is not there. `failed`: none of these; see `error`.
   */
  readonly outcome: 'created' | 'updated' | 'unchanged' | 'deleted' | 'absent' | 'failed';
  /** The server's last status, where one led to this. */
  readonly status?: number;
  readonly error?: IcalSinkError;
}
