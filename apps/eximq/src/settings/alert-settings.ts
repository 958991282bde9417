import { readCount, readDuration, type Settings } from '@sluice/command-line';
import {
  type AgeLimit,
  type CountLimit,
  type GrowthLimit,
  readAgeLimit,
  readCountLimit,
  readGrowthLimit,
  readShareLimit,
  type ShareLimit,
} from '../alert/read-limit.ts';

/** What is an alert, and who is told. */
export interface AlertSettings {
  readonly maxQueue?: CountLimit;
  readonly maxFrozen?: CountLimit;
  readonly maxAge?: AgeLimit;
  readonly maxGrowth?: GrowthLimit;
  readonly maxSenderShare?: ShareLimit;
  readonly minQueue?: number;
  readonly state?: string;
  readonly hook?: string;
  readonly hookTimeout?: number;
  readonly json?: boolean;
  readonly nagios?: boolean;
}

export const alertSettings: Settings<AlertSettings> = {
  maxQueue: { value: 'N[,CRIT]', help: 'more than N messages', read: readCountLimit },
  maxFrozen: { value: 'N[,CRIT]', help: 'more than N frozen messages', read: readCountLimit },
  maxAge: { value: 'AGE[,CRIT]', help: 'the oldest message is older than AGE, as 3d', read: readAgeLimit },
  maxGrowth: {
    value: 'N[,CRIT]/TIME',
    help: 'more than N messages more than TIME ago, as 500/10m; needs --state',
    read: readGrowthLimit,
  },
  maxSenderShare: {
    value: 'N%[,CRIT%]',
    help: 'one sender has more than N% of the messages that have one',
    read: readShareLimit,
  },
  minQueue: { value: 'N', help: '--max-sender-share counts from N messages on (default: 100)', read: readCount(1) },
  state: { value: 'FILE', help: 'remembers the counts of earlier calls' },
  hook: { value: 'FILE', help: 'a program that is run, without a shell, when there is an alert: JSON on its input' },
  hookTimeout: { value: 'TIME', help: 'longest time that it may take (default: 30s)', read: readDuration },
  json: { help: 'one JSON object a rule, one a line' },
  nagios: { help: 'one line and the exit status of a Nagios plugin: 0 fine, 1 warning, 2 critical, 3 unknown' },
};
