import type { PatternMatch } from '@sluice/log-matcher';
import { arrivalLine } from './arrival-line.ts';
import type { Draft } from './draft.ts';
import type { MainlogEvent, MainlogKind, RecipientDelivered } from './mainlog-event.ts';
import { placeText } from './place-text.ts';
import { deferredLine, deliveredLine, failedLine } from './recipient-line.ts';

/** A kind of line: how it is found, and read. */
export interface LineKind {
  readonly kind: MainlogKind;
  /** What follows time, process and id, in Python's dialect. */
  readonly pattern: string;
  readonly hasId: boolean;
  /**
   * Puts what the text from `at` on tells into the draft.
   *
   * @returns false: it is not what it looks like
   */
  readonly read: (draft: AnyEvent, text: string, at: number, match: PatternMatch) => boolean;
}

/** A draft of any kind, of which each kind's reader fills in its parts. */
export interface AnyEvent {
  kind: MainlogKind;
  id?: string;
  timeMs: number;
  pid?: number;
  path: string;
  offset: number;
}

/** Drafts by their kinds, also of those that share a form. */
type DraftOf<K extends MainlogKind> = MainlogEvent extends infer Event
  ? Event extends MainlogEvent
    ? K extends Event['kind']
      ? Draft<Event>
      : never
    : never
  : never;

const flagChars = 3;

function lineKind<K extends MainlogKind>(
  kind: K,
  pattern: string,
  read: (
    draft: DraftOf<K>,
    text: string,
    at: number,
    match: PatternMatch,
    // biome-ignore lint/suspicious/noConfusingVoidType: only a reader that may refuse says whether it does
  ) => boolean | void,
  hasId = true,
): LineKind {
  return {
    kind,
    pattern,
    hasId,
    read: (draft, text, at, match) => read(draft as unknown as DraftOf<K>, text, at, match) !== false,
  };
}

const delivered = (flag: string, how: RecipientDelivered['how']): LineKind =>
  lineKind('delivered', `${flag} .`, (draft, text, at) => deliveredLine(text, at + flagChars, how, draft));

const raw = String.raw;

const group = (match: PatternMatch, name: string): string => match.text(name) ?? '';

/**
 * Kinds of lines, the frequent ones first. Nothing but the text's beginning decides, and the whole of it where all of it is
 * Exim's.
 */
export const lineKinds: readonly LineKind[] = [
  lineKind('arrived', '<= .', (draft, text, at) => arrivalLine(text, at + flagChars, false, draft)),
  delivered('=>', 'normal'),
  lineKind('deferred', '== .', (draft, text, at) => deferredLine(text, at + flagChars, draft)),
  lineKind('completed', 'Completed(?: QT=[^ ]+)?$', () => {}),
  lineKind('failed', raw`\*\* .`, (draft, text, at) => failedLine(text, at + flagChars, draft)),
  delivered('->', 'additional'),
  delivered('>>', 'cutthrough'),
  delivered(raw`\*>`, 'suppressed'),
  lineKind('arrived', raw`\(= .`, (draft, text, at) => arrivalLine(text, at + flagChars, true, draft)),
  lineKind('removed', 'removed by (?P<by>.+)$', (draft, _text, _at, match) => {
    draft.by = group(match, 'by');
  }),
  lineKind(
    'frozen',
    raw`(?:\*\*\* )?[Ff]rozen(?: by (?P<by>[^:]+)(?:: (?P<reason>.*))?| \((?P<words>.*)\)|.*)$`,
    (draft, _text, _at, match) => {
      const by = match.text('by');
      if (by !== undefined) draft.by = by;
      const reason = match.text('reason') ?? match.text('words');
      if (reason !== undefined) draft.reason = reason;
    },
  ),
  lineKind('thawed', '[Uu]nfrozen by (?P<by>.+)$', (draft, _text, _at, match) => {
    draft.by = group(match, 'by');
  }),
  lineKind('cancelled', 'cancelled by (?P<by>.+)$', (draft, _text, _at, match) => {
    draft.by = group(match, 'by');
  }),
  lineKind(
    'markedDelivered',
    'address <(?P<address>.*)> marked delivered by (?P<by>.+)$',
    (draft, _text, _at, match) => {
      draft.recipient = group(match, 'address');
      draft.by = group(match, 'by');
    },
  ),
  lineKind('recipientAdded', 'recipient <(?P<address>.*)> added by (?P<by>.+)$', (draft, _text, _at, match) => {
    draft.recipient = group(match, 'address');
    draft.by = group(match, 'by');
  }),
  lineKind(
    'senderChanged',
    'sender address changed to <(?P<address>.*)> by (?P<by>.+)$',
    (draft, _text, _at, match) => {
      draft.sender = group(match, 'address');
      draft.by = group(match, 'by');
    },
  ),
  lineKind(
    'moved',
    'moved from (?P<from>.*input, F?msglog) to (?P<to>.*input, F?msglog)$',
    (draft, _text, _at, match) => {
      const from = placeText(group(match, 'from'));
      const to = placeText(group(match, 'to'));
      if (from === undefined || to === undefined) return false;
      draft.from = from;
      draft.to = to;
      return true;
    },
  ),
  lineKind('skipped', 'Message is frozen$', (draft, text, at) => {
    draft.reason = text.slice(at);
  }),
  lineKind('locked', 'Spool file (?:for )?[-0-9A-Za-z]+ is locked .*$', (draft, text, at) => {
    draft.reason = text.slice(at);
  }),
  lineKind(
    'damaged',
    '(?:Spool file [-0-9A-Za-z]+ not found|(?:Format|Read) error in spool file |Error reading spool file )',
    (draft, text, at) => {
      draft.reason = text.slice(at);
    },
  ),
  lineKind(
    'queueRun',
    "(?P<phase>Start|End|Abandon) (?:'(?P<queue>[^']*)' )?queue run: (?P<detail>.*)$",
    (draft, _text, _at, match) => {
      draft.phase = group(match, 'phase').toLowerCase() as 'start' | 'end' | 'abandon';
      draft.queue = group(match, 'queue');
      draft.detail = group(match, 'detail');
    },
    false,
  ),
];

const other = (hasId: boolean): LineKind =>
  lineKind(
    'other',
    '',
    (draft, text, at) => {
      draft.text = text.slice(at);
    },
    hasId,
  );

/** What is none of the kinds before. */
export const otherKinds: readonly LineKind[] = [other(true), other(false)];
