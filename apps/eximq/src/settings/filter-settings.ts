import { readChoice, readDuration, type Settings } from '@sluice/command-line';
import type { QueueFilter, QueueState } from '@sluice/exim-queue/batches';
import type { Pattern } from '../filter/pattern.ts';
import { type HeaderPattern, readHeader } from '../filter/read-header.ts';
import { readPattern } from '../filter/read-pattern.ts';
import { readSender } from '../filter/read-sender.ts';
import { readWhere } from '../filter/read-where.ts';
import { readBytes } from '../values/read-bytes.ts';

/** Which messages; all that is given must hold. */
export interface FilterSettings {
  readonly frozen?: boolean;
  readonly notFrozen?: boolean;
  readonly bounce?: boolean;
  readonly notBounce?: boolean;
  readonly state?: readonly QueueState[];
  readonly sender?: readonly Pattern[];
  readonly senderDomain?: readonly Pattern[];
  readonly rcpt?: readonly Pattern[];
  readonly rcptDomain?: readonly Pattern[];
  readonly older?: number;
  readonly younger?: number;
  readonly frozenFor?: number;
  readonly larger?: number;
  readonly smaller?: number;
  readonly host?: readonly Pattern[];
  readonly auth?: readonly Pattern[];
  readonly login?: readonly Pattern[];
  readonly protocol?: readonly Pattern[];
  readonly subject?: readonly Pattern[];
  readonly header?: readonly HeaderPattern[];
  readonly reason?: readonly Pattern[];
  readonly where?: QueueFilter;
}

const states = ['new', 'deferred', 'frozen', 'delivering', 'damaged'] as const;

/** Options whose values are patterns of the text of the same name in a `QueueFilter`. */
const texts = (help: string, read: (text: string) => Pattern = readPattern) =>
  ({ value: 'PATTERN', isList: true, help, read }) as const;

/** The options that choose messages. */
export const filterSettings: Settings<FilterSettings> = {
  frozen: { short: 'z', help: 'only frozen messages' },
  notFrozen: { short: 'x', help: 'only messages that are not frozen' },
  bounce: { help: 'only bounces: messages with an empty sender' },
  notBounce: { help: 'only messages that have a sender' },
  state: {
    value: 'STATE',
    isList: true,
    choices: states,
    help: 'in this state: new, deferred, frozen, delivering or damaged; may be given again',
    read: readChoice(...states),
  },
  sender: { short: 'f', ...texts('envelope sender; <> for bounces. PATTERN: see below', readSender) },
  senderDomain: texts('domain of the sender'),
  rcpt: { short: 'r', ...texts('a recipient that is not delivered yet', readSender) },
  rcptDomain: texts('domain of a recipient that is not delivered yet'),
  older: { short: 'o', value: 'AGE', help: 'received longer ago than AGE, as 90s, 30m, 12h, 3d', read: readDuration },
  younger: { short: 'y', value: 'AGE', help: 'received less long ago than AGE', read: readDuration },
  frozenFor: { value: 'AGE', help: 'frozen for longer than AGE', read: readDuration },
  larger: { value: 'SIZE', help: 'larger than SIZE, as 900, 20K, 1.5M (K is 1024, as Exim counts)', read: readBytes },
  smaller: { value: 'SIZE', help: 'smaller than SIZE', read: readBytes },
  host: texts('address, name or HELO of the host that it came from'),
  auth: texts('name that the sender authenticated as'),
  login: texts('login that received or submitted it'),
  protocol: texts('how it came: esmtps, local, …'),
  subject: texts('a Subject, decoded'),
  header: { value: 'NAME:PATTERN', isList: true, help: "any header, as 'X-Spam: yes*'", read: readHeader },
  reason: texts('what the last attempt for a recipient came to'),
  where: { value: 'JSON', help: 'a whole QueueFilter: with not, any and all', read: readWhere },
};
