import type { QueueHost } from '../queue-entry.ts';
import type { EnvelopeHead } from '../where/condition.ts';
import { type ByteLines, isDigit } from './byte-lines.ts';
import { flagWords } from './flag-words.ts';
import { hostOf } from './host-of.ts';

const minus = 45;
const blank = 32;
const lessThan = 60;
const greaterThan = 62;
const maxOldAclNumber = 20;
const maxOldAclBytes = 16_384;

/**
 * The first part of a -H: own name, login, sender, times, and the flag lines, which come in any order; unknown ones do not
 * count. Remembers where things are, and makes a string only of what is asked for.
 */
export class FileHead implements EnvelopeHead {
  readonly #lines: ByteLines;
  #idLength = 0;
  #senderStart = 0;
  #senderEnd = 0;
  #sender: string | undefined;
  #loginStart = 0;
  #loginEnd = 0;
  #login = '';
  #protocolStart = 0;
  #protocolEnd = 0;
  #protocol = '';
  #authStart = 0;
  #authEnd = 0;
  #heloStart = 0;
  #heloEnd = 0;
  #addressStart = 0;
  #addressEnd = 0;
  #hostNameStart = 0;
  #hostNameEnd = 0;

  receivedMs = 0;
  warnings = 0;
  isFrozen = false;
  frozenSinceMs = 0;
  /** No delivery was tried yet. */
  isFirstTry = false;
  isSenderUntrusted = false;

  /** Where what follows begins: the tree of those who have the message already. */
  end = 0;

  constructor(lines: ByteLines) {
    this.#lines = lines;
  }

  /** The message's id, which the file begins with. */
  get id(): string {
    return this.#lines.text(0, this.#idLength);
  }

  /**
   * Reads it from the beginning of the lines; `ended` when they end before it does.
   *
   * @param path ends with the name of the file, from there on
   */
  read(path: Uint8Array, nameAt: number): 'ok' | 'ended' | 'damaged' {
    const lines = this.#lines;
    lines.at = 0;
    this.#idLength = path.length - nameAt - 2;
    this.#sender = undefined;
    this.#protocolEnd = this.#protocolStart = 0;
    this.#authEnd = this.#authStart = 0;
    this.#heloEnd = this.#heloStart = 0;
    this.#addressEnd = this.#addressStart = 0;
    this.#hostNameEnd = this.#hostNameStart = 0;
    this.isFrozen = false;
    this.frozenSinceMs = 0;
    this.isFirstTry = false;
    this.isSenderUntrusted = false;
    if (!lines.next()) return 'ended';
    if (!lines.isEnd(path, nameAt)) return 'damaged';
    if (!lines.next()) return 'ended';
    if (!this.#readLogin()) return 'damaged';
    if (!lines.next()) return 'ended';
    if (!this.#readSender()) return 'damaged';
    if (!lines.next()) return 'ended';
    if (!this.#readTimes()) return 'damaged';
    return this.#readFlags();
  }

  /** Envelope sender; `''` of a bounce. */
  get sender(): string {
    this.#sender ??= this.#lines.text(this.#senderStart, this.#senderEnd);
    return this.#sender;
  }

  get isBounce(): boolean {
    return this.#senderEnd === this.#senderStart;
  }

  /** Most messages of a queue have one of few logins and protocols, so that the last one is mostly this one, too. */
  get login(): string {
    const lines = this.#lines;
    if (!lines.isText(this.#login, this.#loginStart, this.#loginEnd))
      this.#login = lines.text(this.#loginStart, this.#loginEnd);
    return this.#login;
  }

  get protocol(): string | undefined {
    if (this.#protocolStart === 0) return undefined;
    const lines = this.#lines;
    if (!lines.isText(this.#protocol, this.#protocolStart, this.#protocolEnd))
      this.#protocol = lines.text(this.#protocolStart, this.#protocolEnd);
    return this.#protocol;
  }

  get authId(): string | undefined {
    return this.#authStart === 0 ? undefined : this.#lines.text(this.#authStart, this.#authEnd);
  }

  get host(): QueueHost | undefined {
    if (this.#addressStart === 0) return undefined;
    const lines = this.#lines;
    const host = hostOf(lines, this.#addressStart, this.#addressEnd);
    if (this.#hostNameStart !== 0) host.name = lines.text(this.#hostNameStart, this.#hostNameEnd);
    if (this.#heloStart !== 0) host.helo = lines.text(this.#heloStart, this.#heloEnd);
    return host;
  }

  /** `login uid gid`; the login may have blanks, and the numbers a minus. */
  #readLogin(): boolean {
    const { bytes, start, end } = this.#lines;
    let at = end;
    while (at > start && (bytes[at - 1] === blank || bytes[at - 1] === 13 || bytes[at - 1] === 9)) at -= 1;
    at = this.#beforeNumber(start, at);
    if (at > start) at = this.#beforeNumber(start, at);
    this.#loginStart = start;
    this.#loginEnd = at;
    return at >= start;
  }

  /** Where the blank before a number is that ends there; before the line's start when there is none. */
  #beforeNumber(start: number, end: number): number {
    const { bytes } = this.#lines;
    if (end <= start || !isDigit(bytes[end - 1] as number)) return start - 1;
    let at = end;
    while (at > start && (isDigit(bytes[at - 1] as number) || bytes[at - 1] === minus)) at -= 1;
    return at > start && bytes[at - 1] === blank ? at - 1 : start - 1;
  }

  #readSender(): boolean {
    const { bytes, start, end } = this.#lines;
    this.#senderStart = start + 1;
    this.#senderEnd = end - 1;
    return end - start >= 2 && bytes[start] === lessThan && bytes[end - 1] === greaterThan;
  }

  #readTimes(): boolean {
    const lines = this.#lines;
    const seconds = lines.integer(lines.start, lines.end);
    const warnings = lines.integer(lines.stop, lines.end);
    this.receivedMs = seconds * 1000;
    this.warnings = warnings;
    return !Number.isNaN(seconds) && !Number.isNaN(warnings);
  }

  /** Reads up to the first line that is no flag: the tree's. */
  #readFlags(): 'ok' | 'ended' | 'damaged' {
    const lines = this.#lines;
    const { bytes } = lines;
    for (;;) {
      if (!lines.next()) return 'ended';
      const { start, end } = lines;
      if (bytes[start] !== minus) {
        this.end = start;
        return 'ok';
      }
      const fault = this.#readFlag(this.#nameOfFlag(start + 1, end), end);
      if (fault !== 'ok') return fault;
    }
  }

  /** Behind the marks of what came from outside: `-` and, since Exim 4.96, `(LOOKUP)`. */
  #nameOfFlag(start: number, end: number): number {
    const { bytes } = this.#lines;
    if (bytes[start] !== minus) return start;
    if (bytes[start + 1] !== 40) return start + 1;
    let at = start + 2;
    while (at < end && bytes[at] !== 41) at += 1;
    return at + 1;
  }

  #readFlag(at: number, end: number): 'ok' | 'ended' | 'damaged' {
    const lines = this.#lines;
    switch (lines.bytes[at]) {
      case 97: // a
        if (lines.has(flagWords.acl, at, end)) return this.#passAclVariable(at + 3, end);
        if (lines.has(flagWords.authId, at, end)) {
          this.#authStart = at + 8;
          this.#authEnd = end;
        }
        break;
      case 100: // d
        if (lines.has(flagWords.deliverFirstTime, at, end)) this.isFirstTry = true;
        break;
      case 102: // f
        if (lines.has(flagWords.frozen, at, end)) return this.#readFrozen(at + 6, end);
        break;
      case 104: // h
        if (lines.has(flagWords.hostAddress, at, end)) {
          this.#addressStart = at + 13;
          this.#addressEnd = end;
        } else if (lines.has(flagWords.heloName, at, end)) {
          this.#heloStart = at + 10;
          this.#heloEnd = end;
        } else if (lines.has(flagWords.hostName, at, end)) {
          this.#hostNameStart = at + 10;
          this.#hostNameEnd = end;
        }
        break;
      case 114: // r
        if (lines.has(flagWords.receivedProtocol, at, end)) {
          this.#protocolStart = at + 18;
          this.#protocolEnd = end;
        }
        break;
      case 115: // s
        if (lines.has(flagWords.senderSetUntrusted, at, end)) this.isSenderUntrusted = true;
        break;
    }
    return 'ok';
  }

  #readFrozen(at: number, end: number): 'ok' | 'ended' | 'damaged' {
    const seconds = this.#lines.integer(at, end);
    if (Number.isNaN(seconds)) return 'damaged';
    this.isFrozen = true;
    this.frozenSinceMs = seconds * 1000;
    return 'ok';
  }

  /**
   * `aclc NAME LENGTH`, `aclm NAME LENGTH` or, of old, `acl NUMBER LENGTH`, and that many bytes and a line feed: they are
   * anything, also lines that look like flags, and are passed by their length.
   */
  #passAclVariable(at: number, end: number): 'ok' | 'ended' | 'damaged' {
    const lines = this.#lines;
    const { bytes } = lines;
    let count: number;
    if (bytes[at] === blank) {
      const number = lines.integer(at, end);
      count = lines.integer(lines.stop, end);
      if (!(number >= 0 && number < maxOldAclNumber && count <= maxOldAclBytes)) return 'damaged';
    } else if ((bytes[at] === 99 || bytes[at] === 109) && bytes[at + 1] === blank) {
      let nameEnd = at + 2;
      while (nameEnd < end && bytes[nameEnd] !== blank) nameEnd += 1;
      count = lines.integer(nameEnd, end);
    } else return 'ok';
    if (!(count >= 0)) return 'damaged';
    lines.at += count + 1;
    if (lines.at <= lines.length) return 'ok';
    lines.at = lines.length;
    return 'ended';
  }
}
