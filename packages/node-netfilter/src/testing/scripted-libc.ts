import type { Libc } from '../socket/libc.ts';

/** What a call of the script gives: a datagram, or an error number. */
export type Scripted = Uint8Array | number;

/**
 * A C library for what no kernel does on demand: interrupted calls, datagrams that are too long, calls that fail. It has
 * one descriptor, 7.
 */
export class ScriptedLibc implements Libc {
  /** What the next calls of `recv` give; then nothing is there. */
  readonly received: Scripted[] = [];
  /** Error numbers of functions that fail. */
  readonly failing = new Map<string, number>();
  /** Length that a datagram says it has, where it is another than what came. */
  fullLength: number | undefined;
  /** Descriptors that were closed. */
  readonly closed: number[] = [];
  /** Functions that were called. */
  readonly calls: string[] = [];
  /** Holds what is sent back until it resolves. */
  sending: Promise<void> = Promise.resolve();
  #errno = 0;

  socket(): number {
    return this.#done('socket', 7);
  }

  bind(): number {
    return this.#done('bind', 0);
  }

  getsockname(): number {
    return this.#done('getsockname', 0);
  }

  getsockopt(_descriptor: number, _level: number, _name: number, value: Uint8Array): number {
    new Uint32Array(value.buffer)[0] = 4096;
    return this.#done('getsockopt', 0);
  }

  setsockopt(): number {
    return this.#done('setsockopt', 0);
  }

  send(): number {
    return this.#done('send', 1);
  }

  recv(_descriptor: number, bytes: Uint8Array): number {
    const next = this.received.shift() ?? 11;
    if (typeof next === 'number') {
      this.#errno = next;
      return -1;
    }
    bytes.set(next);
    return this.fullLength ?? next.length;
  }

  close(descriptor: number): number {
    this.closed.push(descriptor);
    return 0;
  }

  errno(): number {
    return this.#errno;
  }

  async sendLater(): Promise<number> {
    await this.sending;
    return this.send() < 0 ? this.#errno : 0;
  }

  async recvLater(descriptor: number, bytes: Uint8Array): Promise<{ length: number; errno: number }> {
    const length = this.recv(descriptor, bytes);
    return { length, errno: length < 0 ? this.#errno : 0 };
  }

  async closeLater(descriptor: number): Promise<void> {
    this.close(descriptor);
  }

  #done(name: string, result: number): number {
    this.calls.push(name);
    const number = this.failing.get(name);
    if (number === undefined) return result;
    this.#errno = number;
    return -1;
  }
}
