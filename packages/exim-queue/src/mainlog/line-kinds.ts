import type { PatternMatch } from '@sluice/log-matcher';
import { arrivalLine } from './arrival-line.ts';
import type { MainlogEvent, MainlogKind, RecipientDelivered } from './mainlog-event.ts';
import { placeText } from './place-text.ts';
import { deferredLine, deliveredLine, failedLine } from './recipient-line.ts';

/** What an event tells besides where it stands. */
export type Told = MainlogEvent extends infer Event
  ? Event extends MainlogEvent
    ? Omit<Event, 'timeMs' | 'pid' | 'path' | 'offset' | 'id'>
    : never
  : never;

/** A kind of line: how it is found, and read. */
export interface LineKind {
  readonly kinds: readonly MainlogKind[];
  /** What follows time, process and id, in Python's dialect. */
  readonly pattern: string;
  readonly hasId: boolean;
  /** Undefined: it is not what it looks like. */
  readonly read: (text: string, at: number, match: PatternMatch) => Told | undefined;
}

const flagChars = 3;

const delivered = (flag: string, how: RecipientDelivered['how']): LineKind => ({
  kinds: ['delivered'],
  pattern: `${flag} .`,
  hasId: true,
  read: (text, at) => deliveredLine(text, at + flagChars, how),
});

const line = (kind: Told['kind'], pattern: string, read: (match: PatternMatch) => Told | undefined): LineKind => ({
  kinds: [kind],
  pattern,
  hasId: true,
  read: (_text, _at, match) => read(match),
});

const group = (match: PatternMatch, name: string): string => match.text(name) ?? '';

/**
 * Kinds of lines, the frequent ones first. Nothing but the text's beginning decides, and the whole of it where all of it is
 * Exim's.
 */
export const lineKinds: readonly LineKind[] = [
  { kinds: ['arrived'], pattern: '<= .', hasId: true, read: (text, at) => arrivalLine(text, at + flagChars, false) },
  delivered('=>', 'normal'),
  { kinds: ['deferred'], pattern: '== .', hasId: true, read: (text, at) => deferredLine(text, at + flagChars) },
  line('completed', 'Completed(?: QT=[^ ]+)?$', () => ({ kind: 'completed' })),
  { kinds: ['failed'], pattern: r`\*\* .`, hasId: true, read: (text, at) => failedLine(text, at + flagChars) },
  delivered('->', 'additional'),
  delivered('>>', 'cutthrough'),
  delivered(r`\*>`, 'suppressed'),
  { kinds: ['arrived'], pattern: r`\(= .`, hasId: true, read: (text, at) => arrivalLine(text, at + flagChars, true) },
  line('removed', 'removed by (?P<by>.+)$', (match) => ({ kind: 'removed', by: group(match, 'by') })),
  line('frozen', r`(?:\*\*\* )?[Ff]rozen(?: by (?P<by>[^:]+)(?:: (?P<reason>.*))?| \((?P<words>.*)\)|.*)$`, (match) => {
    const by = match.text('by');
    const reason = match.text('reason') ?? match.text('words');
    return { kind: 'frozen', ...(by !== undefined && { by }), ...(reason !== undefined && { reason }) };
  }),
  line('thawed', '[Uu]nfrozen by (?P<by>.+)$', (match) => ({ kind: 'thawed', by: group(match, 'by') })),
  line('cancelled', 'cancelled by (?P<by>.+)$', (match) => ({ kind: 'cancelled', by: group(match, 'by') })),
  line('markedDelivered', 'address <(?P<address>.*)> marked delivered by (?P<by>.+)$', (match) => ({
    kind: 'markedDelivered',
    recipient: group(match, 'address'),
    by: group(match, 'by'),
  })),
  line('recipientAdded', 'recipient <(?P<address>.*)> added by (?P<by>.+)$', (match) => ({
    kind: 'recipientAdded',
    recipient: group(match, 'address'),
    by: group(match, 'by'),
  })),
  line('senderChanged', 'sender address changed to <(?P<address>.*)> by (?P<by>.+)$', (match) => ({
    kind: 'senderChanged',
    sender: group(match, 'address'),
    by: group(match, 'by'),
  })),
  line('moved', 'moved from (?P<from>.*input, F?msglog) to (?P<to>.*input, F?msglog)$', (match) => {
    const from = placeText(group(match, 'from'));
    const to = placeText(group(match, 'to'));
    return from === undefined || to === undefined ? undefined : { kind: 'moved', from, to };
  }),
  line('skipped', '(?P<reason>Message is frozen)$', (match) => ({ kind: 'skipped', reason: group(match, 'reason') })),
  line('locked', r`(?P<reason>Spool file (?:for )?[-0-9A-Za-z]+ is locked .*)$`, (match) => ({
    kind: 'locked',
    reason: group(match, 'reason'),
  })),
  line(
    'damaged',
    '(?P<reason>(?:Spool file [-0-9A-Za-z]+ not found|(?:Format|Read) error in spool file |Error reading spool file ).*)$',
    (match) => ({ kind: 'damaged', reason: group(match, 'reason') }),
  ),
  {
    kinds: ['queueRun'],
    pattern: "(?P<phase>Start|End|Abandon) (?:'(?P<queue>[^']*)' )?queue run: (?P<detail>.*)$",
    hasId: false,
    read: (_text, _at, match) => ({
      kind: 'queueRun',
      phase: group(match, 'phase').toLowerCase() as 'start' | 'end' | 'abandon',
      queue: group(match, 'queue'),
      detail: group(match, 'detail'),
    }),
  },
];

function r(parts: TemplateStringsArray): string {
  return parts.raw.join('');
}
