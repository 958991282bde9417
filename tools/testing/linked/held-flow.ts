import { setTimeout as sleep } from 'node:timers/promises';
import type { RemoteProcess } from '../remote-process.ts';
import type { FlowState, LinkedClient } from './client.ts';
import type { LinkedServer } from './server.ts';

/** Lines after which a connection that answered none of them has stopped. */
const lines = 20;

/** A running connection from the client to the server's echo, which writes a line every 20 ms. */
export class HeldFlow {
  readonly #client: RemoteProcess<LinkedClient>;
  readonly #server: RemoteProcess<LinkedServer>;
  readonly #name: string;

  constructor(client: RemoteProcess<LinkedClient>, server: RemoteProcess<LinkedServer>, name: string) {
    this.#client = client;
    this.#server = server;
    this.#name = name;
  }

  /**
   * What becomes of lines written from now on: `lives` when one comes back, `silent` when none does for 400 ms, else how
   * the connection ended: an error's code.
   */
  async fate(): Promise<string> {
    await this.#client.call('resume', this.#name);
    const { sent } = await this.#state();
    for (;;) {
      const now = await this.#state();
      if (now.end !== undefined) return now.end;
      if (now.echoed > sent) return 'lives';
      if (now.sent > sent + lines) return 'silent';
      await sleep(5);
    }
  }

  /** Whether the server's side is still there. */
  async isServed(): Promise<boolean> {
    return (await this.#server.call('flows')).includes(this.#name);
  }

  /** The client's address and port, with a blank between. */
  get name(): string {
    return this.#name;
  }

  /** Writes nothing until its fate is asked for, and waits until all that was written has come back. */
  async rest(): Promise<void> {
    await this.#client.call('rest', this.#name);
    for (let state = await this.#state(); state.end === undefined && state.echoed < state.sent; ) {
      await sleep(5);
      state = await this.#state();
    }
  }

  release(): Promise<void> {
    return this.#client.call('release', this.#name);
  }

  async #state(): Promise<FlowState> {
    const state = await this.#client.call('flow', this.#name);
    if (state === undefined) throw new Error(`no connection ${this.#name} is held`);
    return state;
  }
}
