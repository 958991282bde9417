/** A running Radicale. */
export interface Radicale {
  /** Its address on loopback, with a slash at the end. */
  readonly url: string;
  readonly pid: number;
  /** Its folder; what it stores is below `collections`. */
  readonly dir: string;
  readonly stop: () => Promise<void>;
}

export function startRadicale(user?: { username: string; password: string }): Promise<Radicale>;
