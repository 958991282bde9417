import type { NetworkNamespace } from '../../../../../tools/testing/network-namespace.ts';
import { messageType } from '../netlink/message-type.ts';
import type { NftCase } from './nft-cases.ts';

const isChange = (type: number): boolean => type >> 8 === 10 && changes.has(type);
const changes = new Set<number>(
  Object.entries(messageType).flatMap(([name, type]) => (name.startsWith('get') ? [] : [type])),
);

/** Rebuilds messages from how `nft --debug=mnl` prints them. It leaves out the flags that are nf_tables' own. */
function parsePrinted(printed: string): Uint8Array[] {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: it prints in colours.
  const lines = printed.replace(/\x1b\[[\d;]*m/g, '').split('\n');
  const messages: Uint8Array[] = [];
  for (let i = 0; i < lines.length; i++) {
    const length = /^\|\s+(\d{10})\s+\|\t\| message length/.exec(lines[i] ?? '')?.[1];
    if (length === undefined) continue;
    const type = Number(/^\|\s+(\d{5})\s+\|/.exec(lines[i + 1] ?? '')?.[1]);
    const message = Buffer.alloc(Number(length));
    message.writeUInt32LE(Number(length));
    message.writeUInt16LE(type, 4);
    let at = 16;
    for (i += 5; !(lines[i] ?? '').startsWith('---'); i++) {
      const [, attributeLength, flags = '', attributeType] = /^\|(\d{5})\|(..)\|(\d{5})\|/.exec(lines[i] ?? '') ?? [];
      if (attributeLength === undefined) {
        const hex = /^\| (..) (..) (..) (..) {2}\|/.exec(lines[i] ?? '')?.slice(1);
        // A field that holds a line break is printed on two lines.
        if (hex === undefined) continue;
        at += message.write(hex.join(''), at, 'hex');
      } else {
        at = message.writeUInt16LE(Number(attributeLength), at);
        at = message.writeUInt16LE(Number(attributeType) | (flags.includes('N') ? 0x8000 : 0), at);
      }
    }
    if (isChange(type)) messages.push(message);
  }
  return messages;
}

/** The messages that nft sends for a case, without the marks of begin and end. */
export function nftMessages(namespace: NetworkNamespace, { before, nft }: NftCase): Uint8Array[] {
  namespace.run('nft', ['flush ruleset', ...before].join('\n'));
  return parsePrinted(namespace.run('nft', '--debug=mnl', nft.join('\n')));
}
