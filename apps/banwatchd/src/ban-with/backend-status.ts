import type { BackendName } from './backend-name.ts';

/** How one of the things is that all jails ban with. */
export interface BackendStatus {
  readonly name: BackendName;
  readonly isRequired: boolean;
  /**
   * `starting`: it has not told yet. `ok`: what was decided is in effect. `repairing`: somebody else changed it, and it is
   * being put back. `failing`: it cannot do its work now, and is tried again.
   */
  readonly state: 'starting' | 'ok' | 'repairing' | 'failing';
  /** Why, where it is not `ok`. */
  readonly reason?: string;
  /** In milliseconds since the epoch. */
  readonly sinceMs: number;
  /** How it reaches the kernel, where it does, and why so. */
  readonly transport?: { readonly kind: 'netlink' | 'nft'; readonly reason: string };
  /** How often it was put back after a change by somebody else. */
  readonly repairs?: number;
}

/** How they all are. */
export class BackendBoard {
  readonly #all = new Map<BackendName, BackendStatus>();

  get all(): readonly BackendStatus[] {
    return [...this.#all.values()];
  }

  set(status: BackendStatus): void {
    this.#all.set(status.name, status);
  }

  get(name: BackendName): BackendStatus | undefined {
    return this.#all.get(name);
  }
}
