import { setImmediate as turn } from 'node:timers/promises';
import { type EncodedBatch, encodeBatch } from '../messages/encode-batch.ts';
import { type Ack, decodeAck } from '../messages/netlink/decode-ack.ts';
import { readMessages } from '../messages/netlink/read-messages.ts';
import { NodeNetfilterError } from '../node-netfilter-error.ts';
import { check } from '../options.ts';
import type { Command } from '../ruleset/command.ts';
import { errno } from '../socket/errno.ts';
import { errorOfFaults } from './error-of-faults.ts';
import { Judge } from './judge.ts';
import type { CommitOptions } from './netfilter.ts';
import type { NetlinkSession } from './netlink-session.ts';
import { sendFailure } from './send-failure.ts';
import { wholeRefusal } from './whole-refusal.ts';

/** Answers after which the event loop gets its turn. */
const acksInTurn = 1024;

/**
 * Sends commands as one transaction and reads what the kernel says to it.
 *
 * @throws NodeNetfilterError
 */
export async function commitBatch(
  session: NetlinkSession,
  commands: readonly Command[],
  options: CommitOptions,
  destroyElements: boolean,
): Promise<void> {
  const { ifGeneration, check: isCheck = false, everyFault = false } = options;
  check.integer('ifGeneration', ifGeneration, undefined, 0, 2 ** 32 - 1);
  const firstSeq = session.takeSeq();
  const batch = encodeBatch(commands, {
    firstSeq,
    ...(ifGeneration !== undefined && { ifGeneration }),
    check: isCheck,
    everyFault,
    destroyElements,
  });
  session.skipSeqTo(batch.lastSeq);
  if (batch.ackSeq === undefined) return nothingToDo(session, ifGeneration);
  // Not sent in vain: the kernel would look at its length first, too.
  if (batch.bytes.length > session.maxRequestBytes) throw sendFailure(errno.EMSGSIZE, batch.bytes.length, session);
  const { errno: number, datagrams, overrun } = await session.socket.exchange(batch.bytes);
  if (number !== 0) throw sendFailure(number, batch.bytes.length, session);
  // Others are of a transaction that was given up before its answers were read.
  const acks = (await acksIn(datagrams)).filter(({ seq }) => seq >= firstSeq && seq <= batch.lastSeq);
  await judge(session, batch, commands, acks, overrun);
}

/** The kernel says nothing to a transaction that says nothing. */
async function nothingToDo(session: NetlinkSession, ifGeneration: number | undefined): Promise<void> {
  if (ifGeneration !== undefined && (await session.generation()) !== ifGeneration)
    throw wholeRefusal({ errno: errno.ERESTART });
}

/** Of the kernel's answers, of which there is one for each fault. */
async function acksIn(datagrams: readonly Uint8Array[]): Promise<readonly Ack[]> {
  const acks: Ack[] = [];
  for (const datagram of datagrams) {
    for (const message of readMessages(datagram)) {
      const ack = decodeAck(message);
      if (ack !== undefined) acks.push(ack);
    }
    if (acks.length % acksInTurn === acksInTurn - 1) await turn();
  }
  return acks;
}

async function judge(
  session: NetlinkSession,
  batch: EncodedBatch,
  commands: readonly Command[],
  acks: readonly Ack[],
  overrun: boolean,
): Promise<void> {
  const refused = acks.filter(({ errno }) => errno !== 0);
  // There is one answer when all is well, and one for each fault else: only faults can be too many.
  if (refused.length === 0 && overrun)
    throw new NodeNetfilterError('OVERRUN', 'the transaction was refused, and why was lost (ENOBUFS)', {
      errno: errno.ENOBUFS,
      cure: 'commit less at a time',
    });
  if (refused.length > 0) throw errorOfFaults(await new Judge(session, batch, commands).faults(refused));
  if (acks.length === 0) throw new NodeNetfilterError('MALFORMED', 'the kernel did not answer to a transaction');
}
