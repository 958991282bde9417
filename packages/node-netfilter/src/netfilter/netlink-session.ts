import { setImmediate as turn } from 'node:timers/promises';
import { decodeObject } from '../messages/decode-object.ts';
import { type DumpQuery, encodeDump } from '../messages/encode-dump.ts';
import { encodeGet, type GetQuery } from '../messages/encode-get.ts';
import { type Ack, decodeAck } from '../messages/netlink/decode-ack.ts';
import { messageFlag } from '../messages/netlink/message-flag.ts';
import { readMessages } from '../messages/netlink/read-messages.ts';
import type { RulesetObject } from '../messages/ruleset-object.ts';
import { NodeNetfilterError } from '../node-netfilter-error.ts';
import type { Table, TableRef } from '../ruleset/table.ts';
import { errno } from '../socket/errno.ts';
import type { NetlinkSocket } from '../socket/netlink-socket.ts';
import { sendFailure } from './send-failure.ts';
import { wholeRefusal } from './whole-refusal.ts';

/** Times that a dump is begun anew because somebody changed the ruleset meanwhile. */
export const maxDumps = 16;

/** Beyond this messages are numbered from 1 again: they are 32-bit numbers, and a batch has at most some thousands. */
const maxSeq = 2 ** 31;

/** Questions to nf_tables over one socket. The caller asks one after the other. */
export class NetlinkSession {
  readonly socket: NetlinkSocket;
  #seq = 1;

  constructor(socket: NetlinkSocket) {
    this.socket = socket;
  }

  get maxRequestBytes(): number {
    return this.socket.maxRequestBytes;
  }

  /** Number of the next message. */
  takeSeq(): number {
    if (this.#seq > maxSeq) this.#seq = 1;
    return this.#seq++;
  }

  /** More messages followed, up to this number. */
  skipSeqTo(last: number): void {
    this.#seq = last + 1;
  }

  /**
   * What the kernel answers to a question for one thing; nothing when it is not there.
   *
   * @returns the objects, or the answer that says what is not there
   * @throws NodeNetfilterError
   */
  async get(query: GetQuery): Promise<readonly RulesetObject[] | Ack> {
    const seq = this.takeSeq();
    const request = encodeGet(query, seq);
    // To answer these the kernel waits for nobody.
    const { errno: number, datagrams, overrun } = await this.socket.exchange(request, { isQuick: true });
    if (number !== 0) throw sendFailure(number, request.length, this);
    const objects: RulesetObject[] = [];
    for (const datagram of datagrams) {
      for (const message of readMessages(datagram)) {
        // Of an answer that was given up before.
        if (message.seq !== seq) continue;
        const ack = decodeAck(message);
        if (ack?.errno === errno.ENOENT) return ack;
        if (ack !== undefined && ack.errno !== 0) throw wholeRefusal(ack);
        const object = ack === undefined ? decodeObject(message) : undefined;
        if (object !== undefined) objects.push(object);
      }
    }
    if (objects.length === 0) {
      throw overrun
        ? lost()
        : new NodeNetfilterError('MALFORMED', `the kernel did not answer to a question (${query.kind})`);
    }
    return objects;
  }

  async generation(): Promise<number> {
    for (const object of objectsOf(await this.get({ kind: 'generation' })))
      if (object.kind === 'generation') return object.generation;
    throw new NodeNetfilterError('MALFORMED', 'the kernel does not say which generation its ruleset is of');
  }

  /** Undefined when it is not there. */
  async table(ref: TableRef): Promise<Table | undefined> {
    for (const object of objectsOf(await this.get({ kind: 'table', table: ref })))
      if (object.kind === 'table') return object.table;
    return undefined;
  }

  /**
   * Goes through all things of a kind, as they were at one moment: where somebody changed the ruleset meanwhile it is all
   * read again.
   *
   * @param begin called at the beginning of each reading
   * @returns the answer that says what is not there
   * @throws NodeNetfilterError
   */
  async dump(
    query: DumpQuery,
    begin: () => (object: RulesetObject) => void,
    signal?: AbortSignal,
  ): Promise<Ack | undefined> {
    for (let time = 0; time < maxDumps; time++) {
      const answer = await this.#dumpOnce(query, begin(), signal);
      if (answer !== 'changed') return answer;
    }
    throw neverStill();
  }

  async #dumpOnce(
    query: DumpQuery,
    take: (object: RulesetObject) => void,
    signal: AbortSignal | undefined,
  ): Promise<Ack | undefined | 'changed'> {
    goOn(signal);
    const seq = this.takeSeq();
    const request = encodeDump(query, seq);
    const { errno: number, datagrams, overrun } = await this.socket.exchange(request, { until: 'dump' });
    if (number !== 0) throw sendFailure(number, request.length, this);
    if (overrun) throw lost();
    for (const datagram of datagrams) {
      for (const message of readMessages(datagram)) {
        if (message.seq !== seq) continue;
        if ((message.flags & messageFlag.dumpInterrupted) !== 0) return 'changed';
        const ack = decodeAck(message);
        if (ack?.errno === errno.ENOENT) return ack;
        // As `nft` is told when a table goes while it is read.
        if (ack?.errno === errno.EINTR) return 'changed';
        if (ack !== undefined && ack.errno !== 0) throw wholeRefusal(ack);
        const object = ack === undefined ? decodeObject(message) : undefined;
        if (object !== undefined) take(object);
      }
      // A page takes about a millisecond to read.
      await turn();
      goOn(signal);
    }
    return undefined;
  }
}

/** What was found; nothing where the answer says that it is not there. */
export const objectsOf = (answer: readonly RulesetObject[] | Ack): readonly RulesetObject[] =>
  'errno' in answer ? [] : answer;

function goOn(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw new NodeNetfilterError('ABORTED', 'reading was stopped by its signal');
}

/** The error for a ruleset that cannot be read because it changes all the time. */
export const neverStill = (): NodeNetfilterError =>
  new NodeNetfilterError('STALE', `the ruleset changed during each of ${maxDumps} readings`, {
    cure: 'ask for single elements, or when there are fewer changes',
    limit: maxDumps,
  });

const lost = (): NodeNetfilterError =>
  new NodeNetfilterError('OVERRUN', 'answers of the kernel were lost (ENOBUFS)', {
    errno: errno.ENOBUFS,
    cure: 'ask again',
  });
