import { formatKey } from '../keys/format-key.ts';
import type { KeyType, SetRef } from '../ruleset/set.ts';
import type { SetElement } from '../ruleset/set-element.ts';
import { AttributeCursor } from './netlink/attribute-cursor.ts';
import { joinRanges } from './nftables/join-ranges.ts';
import { type ElementPart, readElementPart } from './nftables/read-element-part.ts';

/**
 * Reads the elements of a set, page by page.
 *
 * The kernel has the two ends of a range as elements of their own, of which a page may hold only one: those are put
 * together by {@link finish}.
 */
export class ElementReader {
  readonly #types: readonly KeyType[];
  readonly #isPaired: boolean;
  #elements: SetElement[] = [];
  #ends: ElementPart[] = [];

  /** @param set whose elements they are; where it is not known, keys are given in hexadecimal: `0x…` */
  constructor(set?: Pick<SetRef, 'key' | 'flags'>) {
    this.#types = set?.key ?? [];
    this.#isPaired = set?.flags?.includes('interval') === true && this.#types.length <= 1;
  }

  /**
   * @param list that of a `RulesetObject` of the kind `elements`
   * @throws NodeNetfilterError `ERR_NODE_NETFILTER_MALFORMED`
   */
  read(list: Uint8Array): void {
    const cursor = new AttributeCursor(list);
    while (cursor.next()) {
      const part = readElementPart(list, cursor.dataStart, cursor.end);
      if (part === undefined) continue;
      if (this.#isPaired) this.#ends.push(part);
      else this.#take(part);
    }
  }

  /** What was read since the last time. */
  finish(): readonly SetElement[] {
    for (const range of joinRanges(this.#ends)) this.#take(range);
    const elements = this.#elements;
    this.#elements = [];
    this.#ends = [];
    return elements;
  }

  #take({ key, lastKey, element }: ElementPart): void {
    element.key = formatKey(key, this.#types, lastKey);
    this.#elements.push(element);
  }
}
