import type { ChainRef } from '../ruleset/chain.ts';
import type { NamedCounterRef } from '../ruleset/named-counter.ts';
import type { SetRef } from '../ruleset/set.ts';
import type { TableRef } from '../ruleset/table.ts';
import { encodeMessage } from './encode-message.ts';
import { messageType } from './netlink/message-type.ts';
import { chainAttribute } from './nftables/chain-format.ts';
import { checkAskedName } from './nftables/check-name.ts';
import { counterObject, objectAttribute } from './nftables/counter-format.ts';
import { elementEncoder } from './nftables/element-encoder.ts';
import { elementsAttribute } from './nftables/element-format.ts';
import { setAttribute } from './nftables/set-format.ts';
import { tableAttribute } from './nftables/table-format.ts';

/** One thing. */
export type GetQuery =
  | { readonly kind: 'generation' }
  | { readonly kind: 'table'; readonly table: TableRef }
  | { readonly kind: 'chain'; readonly chain: ChainRef }
  | { readonly kind: 'set'; readonly set: SetRef }
  | { readonly kind: 'counter'; readonly counter: NamedCounterRef }
  /** Of a range both ends are asked for, and come in messages of their own. */
  | { readonly kind: 'element'; readonly set: SetRef; readonly key: string };

/**
 * The request for one thing, which the kernel answers with it, or with an error (`ENOENT`). Its answer to a request for
 * the generation is `NFT_MSG_NEWGEN`.
 *
 * @throws NodeNetfilterError `ERR_NODE_NETFILTER_NAME` and `…_KEY`
 */
export function encodeGet(query: GetQuery, seq: number): Uint8Array {
  switch (query.kind) {
    case 'generation':
      return encodeMessage(messageType.getGeneration, 0, seq, undefined);
    case 'table':
      return encodeMessage(messageType.getTable, 0, seq, query.table.family, (writer) => {
        writer.name(tableAttribute.name, checkAskedName('table', query.table.table));
      });
    case 'chain':
      return encodeMessage(messageType.getChain, 0, seq, query.chain.family, (writer) => {
        writer.name(chainAttribute.table, checkAskedName('table', query.chain.table));
        writer.name(chainAttribute.name, checkAskedName('chain', query.chain.chain));
      });
    case 'set':
      return encodeMessage(messageType.getSet, 0, seq, query.set.family, (writer) => {
        writer.name(setAttribute.table, checkAskedName('table', query.set.table));
        writer.name(setAttribute.name, checkAskedName('set', query.set.set));
      });
    case 'counter':
      return encodeMessage(messageType.getObject, 0, seq, query.counter.family, (writer) => {
        writer.name(objectAttribute.table, checkAskedName('table', query.counter.table));
        writer.name(objectAttribute.name, checkAskedName('counter', query.counter.counter));
        writer.uint32(objectAttribute.type, counterObject);
      });
    case 'element':
      return encodeMessage(messageType.getElements, 0, seq, query.set.family, (writer) => {
        const { maxBytes, write } = elementEncoder(query.set);
        writer.name(elementsAttribute.table, checkAskedName('table', query.set.table));
        writer.name(elementsAttribute.set, checkAskedName('set', query.set.set));
        const list = writer.beginNest(elementsAttribute.list);
        writer.reserve(maxBytes);
        write(writer, { key: query.key }, false);
        writer.endNest(list);
      });
  }
}
