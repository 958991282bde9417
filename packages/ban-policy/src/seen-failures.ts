import type { Failure } from '@sluice/pipeline';

type Identity = Pick<Failure, 'sourceId' | 'offset' | 'id'>;

/** Ids by offset by source. Few lines hold more than one id, so a set is made for those only. */
class Generation {
  size = 0;
  readonly #sources = new Map<string, Map<number, string | Set<string>>>();

  has({ sourceId, offset, id }: Identity): boolean {
    const ids = this.#sources.get(sourceId)?.get(offset);
    return typeof ids === 'object' ? ids.has(id) : ids === id;
  }

  add({ sourceId, offset, id }: Identity): void {
    let offsets = this.#sources.get(sourceId);
    if (offsets === undefined) {
      offsets = new Map();
      this.#sources.set(sourceId, offsets);
    }
    const ids = offsets.get(offset);
    if (typeof ids === 'object') ids.add(id);
    else offsets.set(offset, ids === undefined ? id : new Set([ids, id]));
    this.size += 1;
  }
}

/**
 * The identities of the latest failures, so that a line that a source gives twice (it was read again from the last acked
 * position) is counted once. Bounded: knows at least the last half of `max` and never more than `max`.
 */
export class SeenFailures {
  readonly #perGeneration: number;
  #young = new Generation();
  #old = new Generation();

  /** @param max most identities; 0 remembers none */
  constructor(max: number) {
    this.#perGeneration = Math.ceil(max / 2);
  }

  /** Remembers the failure; false when it was remembered already. One line may hold failures of several ids. */
  add(failure: Identity): boolean {
    if (this.#young.has(failure) || this.#old.has(failure)) return false;
    if (this.#young.size >= this.#perGeneration) {
      this.#old = this.#young;
      this.#young = new Generation();
    }
    if (this.#perGeneration > 0) this.#young.add(failure);
    return true;
  }
}
