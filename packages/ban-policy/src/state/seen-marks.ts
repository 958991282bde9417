import type { Failure } from '@sluice/pipeline';
import { BoundedMap } from '../bounded-map.ts';
import type { SeenMark } from './kept-state.ts';

type Identity = Pick<Failure, 'sourceId' | 'offset' | 'id'>;

/**
 * Up to where the lines of each source were counted, so that a restart which reads some of them again counts none twice.
 * The lines of a source come in the order of their offsets; of the last one it is known whose failures were counted.
 */
export class SeenMarks {
  #kept: ReadonlyMap<string, SeenMark> = new Map();
  readonly #marks: BoundedMap<SeenMark>;

  /**
   * @param max most sources; one more drops the one that gave no failure for longest
   * @param onDropped told which
   */
  constructor(max: number, onDropped: (sourceId: string) => void) {
    this.#marks = new BoundedMap<SeenMark>(max, onDropped);
  }

  /** Takes over the marks that a restart brought over: what is at or before them was counted. */
  restore(kept: ReadonlyMap<string, SeenMark>): void {
    this.#kept = kept;
    for (const [sourceId, mark] of kept) this.#marks.set(sourceId, mark);
  }

  get(sourceId: string): SeenMark | undefined {
    return this.#marks.get(sourceId);
  }

  /** Whether the failure was counted before the restart. */
  has({ sourceId, offset, id }: Identity): boolean {
    const mark = this.#kept.get(sourceId);
    if (mark === undefined) return false;
    return offset < mark.offset || (offset === mark.offset && mark.ids.includes(id));
  }

  /** Records that the failure is counted. Returns false when that moves nothing. */
  add({ sourceId, offset, id }: Identity): boolean {
    const mark = this.#marks.get(sourceId);
    if (mark !== undefined && offset < mark.offset) return false;
    const ids = mark?.offset === offset ? [...mark.ids, id] : [id];
    this.#marks.set(sourceId, { offset, ids });
    return true;
  }
}
