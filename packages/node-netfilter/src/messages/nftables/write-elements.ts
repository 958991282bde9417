import { NodeNetfilterError } from '../../node-netfilter-error.ts';
import type { CommandFault } from '../../ruleset/command-fault.ts';
import type { SetRef } from '../../ruleset/set.ts';
import type { SetElement } from '../../ruleset/set-element.ts';
import type { BatchWriter } from '../batch-writer.ts';
import { checkName } from './check-name.ts';
import { elementEncoder } from './element-encoder.ts';
import { elementsAttribute } from './element-format.ts';

/** An attribute's length has 16 bits, and is here kept to a multiple of four. */
const maxListBytes = 0xfffc;

/** Elements that are added or deleted. */
export interface ElementsChange {
  /** Type of the message. */
  readonly type: number;
  readonly flags: number;
  readonly set: SetRef;
  readonly elements: readonly SetElement[];
  /** Whether timeout and comment are written too. */
  readonly isAddition: boolean;
  /** Whether each element gets a message of its own, so that the kernel looks at each. */
  readonly isOneEach: boolean;
}

/**
 * Writes as many messages as the elements need. None for no elements: a deletion without any empties the set.
 *
 * @param faults takes those of elements that cannot be written
 */
export function writeElements(batch: BatchWriter, change: ElementsChange, faults: CommandFault[]): void {
  const { type, flags, set, elements, isAddition, isOneEach } = change;
  const { writer, command } = batch;
  const table = checkName('table', set.table);
  const name = checkName('set', set.set);
  const { maxBytes, write } = elementEncoder(set);
  for (let i = 0; i < elements.length; ) {
    const start = batch.begin(type, flags, set.family, i);
    writer.name(elementsAttribute.table, table);
    writer.name(elementsAttribute.set, name);
    const list = writer.beginNest(elementsAttribute.list);
    do {
      writer.reserve(maxBytes);
      try {
        write(writer, elements[i] as SetElement, isAddition);
      } catch (error) {
        if (!(error instanceof NodeNetfilterError)) throw error;
        faults.push({ command, element: i, error });
      }
      i++;
    } while (!isOneEach && i < elements.length && writer.length - list + maxBytes <= maxListBytes);
    writer.endNest(list);
    batch.end(start);
  }
}
