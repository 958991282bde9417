import type { QueueState } from './queue-entry.ts';

/**
 * What a text must be: a glob over the whole of it (`*` any text, `?` one character, letters in any case), or, anywhere in
 * it, a regular expression in Python's dialect that is run in linear time. Several: any of them.
 */
export type TextPattern = string | { readonly regex: string } | readonly (string | { readonly regex: string })[];

/** Which messages, as data. All conditions given must hold; `not`, `any` and `all` combine. */
export interface QueueFilter {
  readonly ids?: readonly string[];
  readonly frozen?: boolean;
  readonly bounce?: boolean;
  /** In any of these states. `delivering` is found by Exim's locks. */
  readonly state?: QueueState | readonly QueueState[];
  /** Received longer ago than this, in ms. */
  readonly olderThanMs?: number;
  /** Received less long ago than this, in ms. */
  readonly youngerThanMs?: number;
  /** Frozen for longer than this, in ms. */
  readonly frozenForMs?: number;
  /** Envelope sender, without `<>`; `''` is that of a bounce. */
  readonly sender?: TextPattern;
  /** Domain of the envelope sender. */
  readonly senderDomain?: TextPattern;
  /** Any recipient that is not delivered yet. */
  readonly recipient?: TextPattern;
  /** Domain of any recipient that is not delivered yet. */
  readonly recipientDomain?: TextPattern;
  /** Size as `exim -bp` shows it, in bytes: bounds that belong to it. */
  readonly sizeBytes?: { readonly min?: number; readonly max?: number };
  /** Number of recipients that are not delivered yet: bounds that belong to it. */
  readonly recipients?: { readonly min?: number; readonly max?: number };
  /** Address, name or HELO of the host that it came from. */
  readonly host?: TextPattern;
  readonly authId?: TextPattern;
  readonly login?: TextPattern;
  readonly protocol?: TextPattern;
  /** Any Subject header, encoded words decoded. */
  readonly subject?: TextPattern;
  /** Any header by its name in lower case. */
  readonly header?: Readonly<Record<string, TextPattern>>;
  /** What the last attempt for any recipient came to. */
  readonly reason?: TextPattern;
  readonly not?: QueueFilter;
  readonly any?: readonly QueueFilter[];
  readonly all?: readonly QueueFilter[];
}
