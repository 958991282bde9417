import { appendFileSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { bodyFacts } from '../../example-spool/body-facts.ts';
import { exampleId } from '../../example-spool/example-id.ts';
import type { ExampleMessage } from '../../example-spool/example-message.ts';
import { headerFile } from '../../example-spool/header-file.ts';
import { splitFolder } from '../../id/split-folder.ts';

/** A message as it shall be. */
export interface ModelMessage {
  readonly id: string;
  sender: string;
  recipients: string[];
  /** Delivered recipients that -H knows of, and those that only -J does. */
  taken: Set<string>;
  journal: Set<string> | undefined;
  frozenMs: number | undefined;
  isTried: boolean;
  queue: string;
  isAside: boolean;
  isSplit: boolean;
}

const body = Buffer.from('one line\n');

/** Changes a spool as Exim does: -H always by a rename, -D before it and gone before it, -J growing in place. */
export class ModelSpool {
  readonly root: string;
  readonly messages: Map<string, ModelMessage> = new Map();
  #count = 0;

  constructor(root: string) {
    this.root = root;
    for (const name of ['input', 'msglog', 'db', 'log']) mkdirSync(path.join(root, name), { recursive: true });
  }

  arrive(sender: string, recipients: readonly string[], place: Partial<ModelMessage> = {}): ModelMessage {
    this.#count += 1;
    const id = exampleId(Date.now() - 100_000 * (this.#count % 40), this.#count, 'long');
    const message: ModelMessage = {
      id,
      sender,
      recipients: [...recipients],
      taken: new Set(),
      journal: undefined,
      frozenMs: undefined,
      isTried: false,
      queue: '',
      isAside: false,
      isSplit: false,
      ...place,
    };
    this.messages.set(id, message);
    this.#write(`${this.file(message, 'D')}`, Buffer.concat([Buffer.from(`${id}-D\n`), body]));
    this.#writeHeader(message);
    return message;
  }

  freeze(message: ModelMessage, nowMs: number): void {
    message.frozenMs = Math.floor(nowMs / 1000) * 1000;
    this.#writeHeader(message);
  }

  thaw(message: ModelMessage): void {
    message.frozenMs = undefined;
    this.#writeHeader(message);
  }

  /** A delivery that came to nothing. */
  defer(message: ModelMessage): void {
    message.isTried = true;
    this.#writeHeader(message);
  }

  /** One recipient more is delivered: in the journal, so far. */
  deliver(message: ModelMessage, recipient: string): void {
    message.journal ??= new Set();
    message.journal.add(recipient);
    appendFileSync(this.file(message, 'J'), `${recipient}\n`);
  }

  /** A delivery ends: -H takes what the journal has. */
  settle(message: ModelMessage): void {
    for (const recipient of message.journal ?? []) message.taken.add(recipient);
    message.isTried = true;
    this.#writeHeader(message);
    message.journal = undefined;
    rmSync(this.file(message, 'J'), { force: true });
  }

  editSender(message: ModelMessage, sender: string): void {
    message.sender = sender;
    this.#writeHeader(message);
  }

  addRecipient(message: ModelMessage, recipient: string): void {
    message.recipients.push(recipient);
    this.#writeHeader(message);
  }

  remove(message: ModelMessage): void {
    this.messages.delete(message.id);
    for (const part of ['D', 'H', 'J'] as const) rmSync(this.file(message, part), { force: true });
  }

  /** To another queue, put aside, into a sub-directory: the new files are there before the old ones go. */
  move(message: ModelMessage, place: Partial<ModelMessage>): void {
    const old = { ...message };
    const moved = Object.assign(message, place);
    if (this.file(old, 'H') === this.file(moved, 'H')) return;
    mkdirSync(path.dirname(this.file(moved, 'H')), { recursive: true });
    for (const part of ['D', 'H', 'J'] as const) {
      if (existsSync(this.file(old, part))) renameSync(this.file(old, part), this.file(moved, part));
    }
  }

  /** Path of one of a message's files. */
  file({ id, queue, isAside, isSplit }: ModelMessage, part: 'D' | 'H' | 'J'): string {
    const input = isAside ? 'Finput' : 'input';
    return path.join(this.root, queue, input, isSplit ? splitFolder(id) : '', `${id}-${part}`);
  }

  #writeHeader(message: ModelMessage): void {
    const { id, sender, recipients, frozenMs, isTried, taken } = message;
    const example: ExampleMessage = {
      id,
      receivedMs: 1_700_000_000_000,
      sender,
      recipients,
      delivered: [...taken],
      isTried,
      ...(frozenMs !== undefined && { frozenMs }),
    };
    this.#write(this.file(message, 'H'), Buffer.from(headerFile(example, id, bodyFacts(body)), 'latin1'));
  }

  #write(file: string, bytes: Buffer): void {
    mkdirSync(path.dirname(file), { recursive: true });
    const draft = path.join(path.dirname(file), `hdr.${path.basename(file).slice(0, -2)}`);
    writeFileSync(draft, bytes);
    renameSync(draft, file);
  }
}
