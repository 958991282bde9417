import { isMessageId } from '../id/is-message-id.ts';
import { messageIdMs } from '../id/message-id-ms.ts';
import { option as check } from '../option-check.ts';
import type { QueueState } from '../queue-entry.ts';
import type { QueueFilter, TextPattern } from '../queue-filter.ts';
import { compileTextPattern } from '../text/compile-text-pattern.ts';
import { wordDecoder } from '../text/word-decoder.ts';
import { allOf, anyOf, type Condition, inverse } from './condition.ts';
import {
  bounceCondition,
  frozenCondition,
  frozenForCondition,
  idsCondition,
  olderCondition,
  stateCondition,
  youngerCondition,
} from './envelope-conditions.ts';
import { MessageFilter } from './message-filter.ts';
import {
  authIdCondition,
  headerCondition,
  hostCondition,
  loginCondition,
  protocolCondition,
  reasonCondition,
  recipientCondition,
  recipientDomainCondition,
  recipientsCondition,
  senderCondition,
  senderDomainCondition,
  sizeCondition,
} from './text-conditions.ts';

export type { MessageFilter } from './message-filter.ts';

/** Filters within filters; more of them are no filter that anybody wrote. */
const maxDepth = 100;
const states: readonly QueueState[] = ['new', 'deferred', 'frozen', 'delivering', 'damaged'];
const headerName = /^[!-9;-~]+$/;

type Test = (text: string) => boolean;
/** Makes conditions of the value that a filter has under a name; `option` is that name, for messages. */
type Maker = (value: unknown, option: string, depth: number) => Condition | Promise<Condition>;

const ofText =
  (make: (test: Test) => Condition): Maker =>
  async (value, option) =>
    make(await compileTextPattern(value as TextPattern, option));

const ofFlag =
  (make: (wanted: boolean) => Condition): Maker =>
  (value, option) =>
    make(check.flag(option, value));

const ofAge =
  (make: (ageMs: number, idMs: (id: string) => number) => Condition): Maker =>
  (value, option) => {
    if (typeof value === 'number' && value >= 0) return make(value, messageIdMs);
    throw check.bad(option, 'a number of milliseconds of at least 0', value);
  };

const ofBounds =
  (make: (min: number, max: number) => Condition): Maker =>
  (value, option) => {
    const { min, max, ...others } = fieldsOf(value, option, '{ min, max }');
    const [stranger] = Object.keys(others);
    if (stranger !== undefined) throw check.bad(option, '{ min, max }', `{ ${stranger} }`);
    const least = check.integer(`${option}.min`, min, 0, 0);
    return make(least, check.integer(`${option}.max`, max, Number.POSITIVE_INFINITY, least, Number.POSITIVE_INFINITY));
  };

const ofList =
  (make: (parts: readonly Condition[]) => Condition): Maker =>
  async (value, option, depth) => {
    if (!Array.isArray(value)) throw check.bad(option, 'a list of filters', value);
    const parts: Condition[] = [];
    for (const [index, part] of value.entries()) parts.push(await compile(part, `${option}[${index}]`, depth + 1));
    return make(parts);
  };

/** Each condition that a filter may have. */
const makers: Readonly<Record<keyof QueueFilter, Maker>> = {
  ids: (value, option) => {
    const isId = (item: unknown): item is string => typeof item === 'string' && isMessageId(item);
    return idsCondition(check.list(option, value, 'message ids', isId) ?? []);
  },
  olderThanMs: ofAge(olderCondition),
  youngerThanMs: ofAge(youngerCondition),
  frozen: ofFlag(frozenCondition),
  bounce: ofFlag(bounceCondition),
  frozenForMs: ofAge(frozenForCondition),
  state: (value, option) => {
    const list: readonly unknown[] = Array.isArray(value) ? value : [value];
    return stateCondition(list.map((state) => check.word(option, state, 'new', states)));
  },
  sender: ofText(senderCondition),
  senderDomain: ofText(senderDomainCondition),
  login: ofText(loginCondition),
  protocol: ofText(protocolCondition),
  authId: ofText(authIdCondition),
  host: ofText(hostCondition),
  recipients: ofBounds(recipientsCondition),
  recipient: ofText(recipientCondition),
  recipientDomain: ofText(recipientDomainCondition),
  sizeBytes: ofBounds(sizeCondition),
  subject: async (value, option) => {
    const test = await compileTextPattern(value as TextPattern, option);
    const decode = await wordDecoder();
    return headerCondition('subject', (text) => test(decode(text)));
  },
  header: async (value, option) => {
    const parts: Condition[] = [];
    for (const [name, pattern] of Object.entries(fieldsOf(value, option, 'patterns by the names of headers'))) {
      if (!headerName.test(name)) throw check.bad(option, 'patterns by the names of headers', name);
      const test = await compileTextPattern(pattern as TextPattern, `${option}.${name}`);
      parts.push(headerCondition(name.toLowerCase(), test));
    }
    return allOf(parts);
  },
  reason: ofText(reasonCondition),
  not: async (value, option, depth) => inverse(await compile(value, option, depth + 1)),
  any: ofList(anyOf),
  all: ofList(allOf),
};

/**
 * Makes a filter ready.
 *
 * 1. A filter is asked in four steps, by what is known of a message: its id, the first part of -H, the whole envelope, and
 *    what the filter needs besides ({@link MessageFilter.fields}). A message that an early step rules out is not read further.
 * 2. What is not known yet decides nothing, also below `not` and `any`; what cannot be known, as the sender of a message
 *    with a damaged envelope, selects nothing.
 * 3. Ages are compared with the time in -H. The id rules out only those that are an hour and more beside the bound.
 *
 * @throws {EximQueueError} (as a rejection) `OPTION`, which names the condition: `where.any[1].sender.regex`
 */
export async function compileFilter(where: QueueFilter): Promise<MessageFilter> {
  return new MessageFilter(await compile(where, 'where', 0));
}

async function compile(where: unknown, option: string, depth: number): Promise<Condition> {
  if (depth > maxDepth) throw check.bad('where', `filters within filters, at most ${maxDepth} deep`, option);
  const given = fieldsOf(where, option, 'a filter');
  for (const name of Object.keys(given))
    if (!Object.hasOwn(makers, name))
      throw check.bad(`${option}.${name}`, 'left out: there is no such condition', given[name]);
  const parts: Condition[] = [];
  // In the order of the makers: what costs least comes first.
  for (const [name, make] of Object.entries(makers)) {
    const value = given[name];
    if (value !== undefined) parts.push(await make(value, `${option}.${name}`, depth));
  }
  return allOf(parts);
}

function fieldsOf(value: unknown, option: string, expected: string): Readonly<Record<string, unknown>> {
  if (value !== null && typeof value === 'object' && !Array.isArray(value)) return value as Record<string, unknown>;
  throw check.bad(option, expected, value);
}
