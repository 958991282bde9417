import { badKey } from '../../keys/bad-key.ts';
import { type KeyLayout, keyLayout } from '../../keys/key-layout.ts';
import type { SetRef } from '../../ruleset/set.ts';
import type { SetElement } from '../../ruleset/set-element.ts';
import type { MessageWriter } from '../netlink/message-writer.ts';
import { maxExtrasBytes } from './element-extras.ts';
import { pairEncoder } from './pair-encoder.ts';
import { spanEncoder } from './span-encoder.ts';
import { valueEncoder } from './value-encoder.ts';

/** Writes elements of one set. */
export interface ElementEncoder {
  /** Most bytes that an element takes. */
  readonly maxBytes: number;
  /**
   * @param isAddition whether timeout and comment are written too
   * @throws NodeNetfilterError `ERR_NODE_NETFILTER_KEY`, `…_OPTION` and `…_NAME`
   */
  readonly write: (writer: MessageWriter, element: SetElement, isAddition: boolean) => void;
}

/**
 * What the elements of a set look like is found out once, not for each of them.
 *
 * A set without ranges has an element for each key. One with ranges of single fields (`rbtree`) has two, the first key
 * and the one behind the last; one with ranges of several fields (`pipapo`) has one with both ends.
 */
export function elementEncoder({ key, flags = [] }: SetRef): ElementEncoder {
  const layout: KeyLayout = keyLayout(key);
  const isInterval = flags.includes('interval');
  const encode = !isInterval ? valueEncoder(layout) : key.length === 1 ? pairEncoder(layout) : spanEncoder(layout);
  const keyBytes = 4 + 4 + ((layout.byteLength + 3) & ~3);
  return {
    maxBytes: 2 * (4 + keyBytes) + 8 + maxExtrasBytes,
    write(writer, element, isAddition) {
      if (typeof element.key !== 'string' || !encode(writer, element, isAddition)) {
        throw badKey(element.key, layout, isInterval);
      }
    },
  };
}
