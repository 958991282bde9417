import { type LockOwners, lockOwners, lockOwnersSoon } from '../locks/lock-owners.ts';
import type { EntryDraft } from './entry-draft.ts';

/** How old what is known of the locks may be. */
const maxAgeMs = 100;

/** Who has which message locked, looked at again when it is out of date. */
export class LockView {
  #owners: LockOwners = new Map();
  #seenMs = Number.NEGATIVE_INFINITY;
  /** Entries that are to be told, with the inodes of their -D, while the locks are being looked at. */
  #waiting: [EntryDraft, number][] | undefined;

  /** Begins to look. Entries that come meanwhile are told when it is done, and only then are they as they should be. */
  async refresh(): Promise<void> {
    const waiting: [EntryDraft, number][] = [];
    this.#waiting = waiting;
    this.#owners = await lockOwnersSoon();
    this.#seenMs = performance.now();
    this.#waiting = undefined;
    for (const [entry, inode] of waiting) tell(entry, this.#owners.get(inode));
  }

  /** Whether nothing at all is locked. */
  isFree(): boolean {
    return this.#waiting === undefined && this.#current().size === 0;
  }

  /** Tells an entry who has it locked. */
  tell(entry: EntryDraft, inode: number): void {
    if (this.#waiting === undefined) tell(entry, this.#current().get(inode));
    else this.#waiting.push([entry, inode]);
  }

  #current(): LockOwners {
    const nowMs = performance.now();
    if (nowMs - this.#seenMs > maxAgeMs) {
      this.#owners = lockOwners();
      this.#seenMs = nowMs;
    }
    return this.#owners;
  }
}

function tell(entry: EntryDraft, owner: number | undefined): void {
  if (owner === undefined) return;
  entry.lockedBy = owner;
  entry.state = 'delivering';
}
