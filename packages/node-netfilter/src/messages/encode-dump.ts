import type { SetRef } from '../ruleset/set.ts';
import type { TableRef } from '../ruleset/table.ts';
import { encodeMessage } from './encode-message.ts';
import { messageFlag } from './netlink/message-flag.ts';
import { messageType } from './netlink/message-type.ts';
import { checkAskedName } from './nftables/check-name.ts';
import { counterObject, objectAttribute } from './nftables/counter-format.ts';
import { elementsAttribute } from './nftables/element-format.ts';
import { ruleAttribute } from './nftables/rule-format.ts';
import { setAttribute } from './nftables/set-format.ts';

/** All of a kind. */
export type DumpQuery =
  | { readonly kind: 'tables' }
  /** The kernel answers with the chains of all tables of the family. */
  | { readonly kind: 'chains'; readonly table: TableRef }
  | { readonly kind: 'rules' | 'sets' | 'counters'; readonly table: TableRef }
  | { readonly kind: 'elements'; readonly set: SetRef };

/**
 * The request for a dump, which the kernel answers page by page until `NLMSG_DONE`.
 *
 * @throws NodeNetfilterError `ERR_NODE_NETFILTER_NAME`
 */
export function encodeDump(query: DumpQuery, seq: number): Uint8Array {
  const { dump } = messageFlag;
  switch (query.kind) {
    case 'tables':
      return encodeMessage(messageType.getTable, dump, seq, undefined);
    case 'chains':
      return encodeMessage(messageType.getChain, dump, seq, query.table.family);
    case 'rules':
      return encodeMessage(messageType.getRule, dump, seq, query.table.family, (writer) => {
        writer.name(ruleAttribute.table, checkAskedName('table', query.table.table));
      });
    case 'sets':
      return encodeMessage(messageType.getSet, dump, seq, query.table.family, (writer) => {
        writer.name(setAttribute.table, checkAskedName('table', query.table.table));
      });
    case 'counters':
      return encodeMessage(messageType.getObject, dump, seq, query.table.family, (writer) => {
        writer.name(objectAttribute.table, checkAskedName('table', query.table.table));
        writer.uint32(objectAttribute.type, counterObject);
      });
    case 'elements':
      return encodeMessage(messageType.getElements, dump, seq, query.set.family, (writer) => {
        writer.name(elementsAttribute.table, checkAskedName('table', query.set.table));
        writer.name(elementsAttribute.set, checkAskedName('set', query.set.set));
      });
  }
}
