import { decodeObject } from '../messages/decode-object.ts';
import { ElementReader } from '../messages/element-reader.ts';
import { readMessages } from '../messages/netlink/read-messages.ts';
import type { RulesetObject } from '../messages/ruleset-object.ts';
import { NodeNetfilterError } from '../node-netfilter-error.ts';
import { namedSet } from './named-set.ts';
import type { RulesetChange } from './ruleset-change.ts';
import type { SetKeys, SetName } from './set-keys.ts';

/** Elements of one set that came one behind the other. */
interface Gathered {
  readonly set: SetName;
  readonly isDeleted: boolean;
  readonly portId: number;
  readonly reader: ElementReader;
  /** Messages that may still be added, an element or an end of a range each. */
  room: number;
}

/** What the kernel begins the names of sets with that belong to a rule: `__set0`, `__map1`. */
const anonymous = '__';

/** Elements that are told at once. */
const maxElements = 1024;

/** As above, in a set of ranges: both ends of a range have to be among them, and come in any order. */
const maxEnds = 65_536;

/** Makes changes of what the kernel tells of commits. */
export class ChangeReader {
  readonly #keys: SetKeys;
  #gathered: Gathered | undefined;

  constructor(keys: SetKeys) {
    this.#keys = keys;
  }

  /** What a datagram adds. Bytes that cannot be read count as lost. */
  async read(datagram: Uint8Array): Promise<readonly RulesetChange[]> {
    const changes: RulesetChange[] = [];
    try {
      for (const message of readMessages(datagram)) {
        const object = decodeObject(message);
        if (object !== undefined) await this.#take(object, message.portId, changes);
      }
    } catch (error) {
      if (!(error instanceof NodeNetfilterError)) throw error;
      changes.push(...this.lose());
    }
    return changes;
  }

  /** Changes were lost. */
  lose(): readonly RulesetChange[] {
    const changes = this.#flushed();
    // Sets may have gone and come anew.
    this.#keys.clear();
    return [...changes, { kind: 'overrun' }];
  }

  async #take(object: RulesetObject, portId: number, changes: RulesetChange[]): Promise<void> {
    if (object.kind === 'elements') return this.#gather(object, portId, changes);
    changes.push(...this.#flushed());
    if (object.kind === 'set') {
      const named = namedSet(object);
      if (named === undefined) return;
      if (object.isDeleted) this.#keys.delete(named);
      else this.#keys.add(named);
    }
    if (object.kind === 'table' && object.isDeleted) this.#keys.clear();
    const change = changeOf(object);
    if (change !== undefined) changes.push({ ...change, byPortId: portId });
  }

  async #gather(
    { set, isDeleted, list }: RulesetObject & { kind: 'elements' },
    portId: number,
    changes: RulesetChange[],
  ): Promise<void> {
    if (set.set.startsWith(anonymous)) return;
    const gathered = this.#gathered;
    const goesOn =
      gathered !== undefined &&
      gathered.isDeleted === isDeleted &&
      gathered.portId === portId &&
      gathered.set.set === set.set &&
      gathered.set.table === set.table &&
      gathered.set.family === set.family &&
      gathered.room > 0;
    if (!goesOn) changes.push(...this.#flushed());
    if (this.#gathered === undefined) {
      const key = await this.#keys.of(set);
      const room = key?.flags?.includes('interval') === true ? maxEnds : maxElements;
      this.#gathered = { set, isDeleted, portId, reader: new ElementReader(key), room };
    }
    this.#gathered.reader.read(list);
    this.#gathered.room -= 1;
  }

  #flushed(): readonly RulesetChange[] {
    if (this.#gathered === undefined) return [];
    const { set, isDeleted, portId, reader } = this.#gathered;
    this.#gathered = undefined;
    const elements = reader.finish();
    if (elements.length === 0) return [];
    return [{ kind: isDeleted ? 'elements-deleted' : 'elements-added', set, elements, byPortId: portId }];
  }
}

function changeOf(object: Exclude<RulesetObject, { kind: 'elements' }>): RulesetChange | undefined {
  switch (object.kind) {
    case 'table':
      return { kind: object.isDeleted ? 'table-deleted' : 'table-added', table: object.table };
    case 'chain':
      return { kind: object.isDeleted ? 'chain-deleted' : 'chain-added', chain: object.chain };
    case 'rule':
      return { kind: object.isDeleted ? 'rule-deleted' : 'rule-added', rule: object.rule };
    case 'set':
      return { kind: object.isDeleted ? 'set-deleted' : 'set-added', set: object.set };
    case 'generation': {
      const { generation, processId, processName } = object;
      return {
        kind: 'generation',
        generation,
        ...(processId !== undefined && { processId }),
        ...(processName !== undefined && { processName }),
      };
    }
    case 'counter':
      return undefined;
  }
}
