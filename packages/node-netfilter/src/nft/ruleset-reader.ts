import type { NamedCounter, NamedCounterRef } from '../ruleset/named-counter.ts';
import type { SetRef } from '../ruleset/set.ts';
import type { SetElement } from '../ruleset/set-element.ts';
import type { TableRef } from '../ruleset/table.ts';
import { checkedName, checkedWord } from '../text/checked.ts';
import { keyText } from '../text/element-text.ts';
import { elementWords } from './element-words.ts';
import { holdsKey } from './holds-key.ts';
import { listedElements } from './listed-elements.ts';
import { type ListedTable, listedTables } from './listed-tables.ts';
import type { NftSetup } from './nft-setup.ts';
import { absentOf, readFault } from './read-fault.ts';
import { runNft } from './run-nft.ts';
import { wholeFault } from './whole-fault.ts';

const families = ['inet', 'ip', 'ip6', 'netdev', 'arp', 'bridge'] as const;
/** With handles, priorities as numbers, and without elements. */
const structure = ['-a', '-y', '-t'];
const foundElement = /^\t\telements = \{ (.*) \}$/ms;
const counted = /packets (\d+) bytes (\d+)/;

/** Reads the ruleset by running nft. */
export class RulesetReader {
  readonly #setup: NftSetup;

  constructor(setup: NftSetup) {
    this.#setup = setup;
  }

  async tables(): Promise<readonly ListedTable[]> {
    const { isDone, stdout, stderr } = await runNft(this.#setup, { args: [...structure, 'list', 'ruleset'] });
    if (!isDone) throw wholeFault(stderr);
    return listedTables(stdout);
  }

  /** @throws NodeNetfilterError `ERR_NODE_NETFILTER_NO_TABLE` */
  async table(ref: TableRef): Promise<ListedTable> {
    const words = ['list', 'table', ...placeOf(ref)];
    const { isDone, stdout, stderr } = await runNft(this.#setup, { args: [...structure, ...words] });
    const [found] = listedTables(stdout);
    if (!isDone || found === undefined) throw readFault(words, ref, stderr);
    return found;
  }

  /** @throws NodeNetfilterError `ERR_NODE_NETFILTER_NO_TABLE`, `…_NO_SET` */
  async elements(set: SetRef, signal?: AbortSignal): Promise<readonly SetElement[]> {
    const words = ['list', 'set', ...placeOf(set), checkedName('set', set.set)];
    const { isDone, stdout, stderr } = await runNft(this.#setup, { args: ['-j', '-p', ...words], signal });
    if (!isDone) throw readFault(words, set, stderr);
    return listedElements(stdout).map((element) => ({ ...element, key: canonicalKey(element.key, set) }));
  }

  /** @throws NodeNetfilterError `ERR_NODE_NETFILTER_NO_TABLE`, `…_NO_SET` */
  async element(set: SetRef, key: string): Promise<SetElement | undefined> {
    const text = keyText(key, set);
    // Of an interval set `nft get element` prints neither time nor comment.
    if (set.flags?.includes('interval') === true)
      return (await this.elements(set)).find((element) => holdsKey(element.key, text, set));
    const words = ['get', 'element', ...placeOf(set), checkedName('set', set.set)];
    const { isDone, stdout, stderr } = await runNft(this.#setup, { args: [...words, `{ ${text} }`] });
    if (isDone) return { ...elementWords(foundElement.exec(stdout)?.[1] ?? text), key: text };
    // It points at the whole when the element is what is not there.
    if (/Error: Could not process rule: No such file or directory/.test(stderr)) return undefined;
    throw readFault(words, set, stderr);
  }

  async counter(ref: NamedCounterRef): Promise<Required<NamedCounter> | undefined> {
    const { family, table, counter } = ref;
    const words = ['list', 'counter', ...placeOf(ref), checkedName('counter', counter)];
    const { isDone, stdout, stderr } = await runNft(this.#setup, { args: words });
    const [, packets, bytes] = counted.exec(stdout) ?? [];
    if (isDone && packets !== undefined && bytes !== undefined)
      return { family, table, counter, packets: BigInt(packets), bytes: BigInt(bytes) };
    if (isDone || absentOf(words, table, stderr) !== undefined) return undefined;
    throw wholeFault(stderr);
  }
}

/** nft writes `::192.0.2.1` where others write `::c000:201`. What is no key, as of a set of another type, stays. */
function canonicalKey(key: string, set: SetRef): string {
  try {
    return keyText(key, set);
  } catch {
    return key;
  }
}

const placeOf = ({ family, table }: TableRef): string[] => [
  checkedWord('family', family, families),
  checkedName('table', table),
];
