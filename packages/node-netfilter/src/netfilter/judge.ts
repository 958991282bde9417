import { setImmediate as turn } from 'node:timers/promises';
import type { BatchPlace, EncodedBatch } from '../messages/encode-batch.ts';
import type { Ack } from '../messages/netlink/decode-ack.ts';
import { NodeNetfilterError } from '../node-netfilter-error.ts';
import type { Command } from '../ruleset/command.ts';
import type { CommandFault } from '../ruleset/command-fault.ts';
import type { TableRef } from '../ruleset/table.ts';
import { errno } from '../socket/errno.ts';
import { describeTable, tableOf } from './describe-command.ts';
import type { NetlinkSession } from './netlink-session.ts';
import { noTable, refusal } from './refusal.ts';
import { wholeRefusal } from './whole-refusal.ts';

/** Faults after which the event loop gets its turn. */
const faultsInTurn = 256;

/** Finds out what was refused of a batch and why; asks the kernel where its answer alone does not say it. */
export class Judge {
  readonly #session: NetlinkSession;
  readonly #batch: EncodedBatch;
  readonly #commands: readonly Command[];
  /** What was asked already: a batch is refused a thousand times for one reason. */
  readonly #asked = new Map<string, Promise<NodeNetfilterError | undefined>>();

  constructor(session: NetlinkSession, batch: EncodedBatch, commands: readonly Command[]) {
    this.#session = session;
    this.#batch = batch;
    this.#commands = commands;
  }

  /**
   * @param refused answers with an error number
   * @throws NodeNetfilterError when the batch was refused as a whole
   */
  async faults(refused: readonly Ack[]): Promise<readonly CommandFault[]> {
    const faults: CommandFault[] = [];
    for (const ack of refused) {
      faults.push(await this.#fault(ack));
      if (faults.length % faultsInTurn === 0) await turn();
    }
    return faults;
  }

  async #fault(ack: Ack): Promise<CommandFault> {
    const at = this.#batch.locate(ack.seq, ack.offset);
    const command = at && this.#commands[at.command];
    if (at === undefined || command === undefined) throw wholeRefusal(ack);
    const error = (await this.#told(ack, command, at.part)) ?? refusal({ ...at, command }, ack);
    return { command: at.command, ...(at.element !== undefined && { element: at.element }), error };
  }

  /** The error where other questions have to be asked first. */
  #told(ack: Ack, command: Command, part: BatchPlace['part']): Promise<NodeNetfilterError | undefined> | undefined {
    const isDenied = ack.errno === errno.EPERM;
    if (!isDenied && (ack.errno !== errno.ENOENT || part !== undefined)) return undefined;
    const table = tableOf(command);
    const question = `${ack.errno} ${table.family} ${table.table}`;
    const known = this.#asked.get(question) ?? (isDenied ? this.#denied(table, ack) : this.#missing(command));
    this.#asked.set(question, known);
    return known;
  }

  /** EPERM: of a table that another socket owns, or of everything. */
  async #denied(ref: TableRef, ack: Ack): Promise<NodeNetfilterError | undefined> {
    // Without the capability that asks, too, is refused, which throws.
    await this.#session.generation();
    const owner = (await this.#session.table(ref))?.ownerPortId;
    if (owner === undefined) return undefined;
    return new NodeNetfilterError('OWNED', `${describeTable(ref)} belongs to another socket, number ${owner} (EPERM)`, {
      errno: ack.errno,
      cure: 'stop the process that has it, or take another table',
    });
  }

  async #missing(command: Command): Promise<NodeNetfilterError | undefined> {
    return (await this.#session.table(tableOf(command))) === undefined ? noTable(command) : undefined;
  }
}
