import { ElementReader } from '../messages/element-reader.ts';
import type { DumpQuery } from '../messages/encode-dump.ts';
import type { RulesetObject } from '../messages/ruleset-object.ts';
import { NodeNetfilterError } from '../node-netfilter-error.ts';
import type { Chain } from '../ruleset/chain.ts';
import type { NamedCounter, NamedCounterRef } from '../ruleset/named-counter.ts';
import type { RuleInfo } from '../ruleset/rule.ts';
import type { NftSet, SetRef } from '../ruleset/set.ts';
import type { SetElement } from '../ruleset/set-element.ts';
import type { Table, TableRef } from '../ruleset/table.ts';
import { errno } from '../socket/errno.ts';
import { describeTable } from './describe-command.ts';
import { namedSet } from './named-set.ts';
import { maxDumps, type NetlinkSession, neverStill, objectsOf } from './netlink-session.ts';

/** Reads the ruleset as the kernel has it. */
export class NetlinkReader {
  readonly #session: NetlinkSession;

  constructor(session: NetlinkSession) {
    this.#session = session;
  }

  tables(): Promise<readonly Table[]> {
    return this.#all({ kind: 'tables' }, (object) => (object.kind === 'table' ? object.table : undefined));
  }

  chains(table: TableRef): Promise<readonly Chain[]> {
    return this.#ofTable('chains', table, (object) => (object.kind === 'chain' ? object.chain : undefined));
  }

  rules(table: TableRef): Promise<readonly RuleInfo[]> {
    return this.#ofTable('rules', table, (object) => (object.kind === 'rule' ? object.rule : undefined));
  }

  sets(table: TableRef): Promise<readonly NftSet[]> {
    return this.#ofTable('sets', table, namedSet);
  }

  /** Undefined when it is not there, also where a map or a rule's own set has the name. */
  async set(set: Pick<SetRef, 'family' | 'table' | 'set'>): Promise<NftSet | undefined> {
    const query = { kind: 'set', set: { ...set, key: [] } } as const;
    for (const object of objectsOf(await this.#session.get(query))) {
      const found = namedSet(object);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  async counter(counter: NamedCounterRef): Promise<Required<NamedCounter> | undefined> {
    for (const object of objectsOf(await this.#session.get({ kind: 'counter', counter })))
      if (object.kind === 'counter') return object.counter;
    return undefined;
  }

  /** @throws NodeNetfilterError `ERR_NODE_NETFILTER_NO_SET` and `…_NO_TABLE` */
  async elements(set: SetRef, signal?: AbortSignal): Promise<readonly SetElement[]> {
    for (let time = 0; time < maxDumps; time++) {
      const before = await this.#session.generation();
      const elements = await this.#elements(set, signal);
      // The kernel marks a change between two pages. One in the midst of a page is seen by the generation alone.
      if ((await this.#session.generation()) !== before) continue;
      // When the kernel moves a hash table into a larger one while it is read, which is no change of the ruleset, pages
      // begin at the wrong place: as many elements are missing as came twice.
      if (!haveTwins(elements)) return elements;
    }
    throw neverStill();
  }

  async #elements(set: SetRef, signal: AbortSignal | undefined): Promise<readonly SetElement[]> {
    let reader = new ElementReader(set);
    const begin = (): ((object: RulesetObject) => void) => {
      reader = new ElementReader(set);
      return (object) => {
        if (object.kind === 'elements') reader.read(object.list);
      };
    };
    const absent = await this.#session.dump({ kind: 'elements', set }, begin, signal);
    if (absent !== undefined) throw await this.#noSet(set);
    return reader.finish();
  }

  /** Undefined when it is not there. */
  async element(set: SetRef, key: string): Promise<SetElement | undefined> {
    const answer = await this.#session.get({ kind: 'element', set, key });
    if ('errno' in answer) {
      // The kernel says the same of an element, a set and a table.
      const found = await this.set(set);
      if (found === undefined) throw await this.#noSet(set);
      return undefined;
    }
    const reader = new ElementReader(set);
    for (const object of answer) if (object.kind === 'elements') reader.read(object.list);
    return reader.finish()[0];
  }

  async #ofTable<T extends TableRef>(
    kind: 'chains' | 'rules' | 'sets',
    ref: TableRef,
    pick: (object: RulesetObject) => T | undefined,
  ): Promise<readonly T[]> {
    // A dump of what is in a table that is not there is empty, or all that is in other tables.
    if ((await this.#session.table(ref)) === undefined) throw noTable(ref);
    const all = await this.#all({ kind, table: ref }, pick);
    return all.filter(({ family, table }) => family === ref.family && table === ref.table);
  }

  async #all<T>(query: DumpQuery, pick: (object: RulesetObject) => T | undefined): Promise<readonly T[]> {
    let all: T[] = [];
    await this.#session.dump(query, () => {
      all = [];
      return (object) => {
        const picked = pick(object);
        if (picked !== undefined) all.push(picked);
      };
    });
    return all;
  }

  async #noSet(set: SetRef): Promise<NodeNetfilterError> {
    if ((await this.#session.table(set)) === undefined) return noTable(set);
    return new NodeNetfilterError('NO_SET', `set ${set.set} of ${describeTable(set)} is not there (ENOENT)`, {
      errno: errno.ENOENT,
    });
  }
}

const noTable = (ref: TableRef): NodeNetfilterError =>
  new NodeNetfilterError('NO_TABLE', `${describeTable(ref)} is not there (ENOENT)`, { errno: errno.ENOENT });

const haveTwins = (elements: readonly SetElement[]): boolean =>
  new Set(elements.map(({ key }) => key)).size < elements.length;
