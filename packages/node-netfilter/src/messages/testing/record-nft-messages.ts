// Records what the installed nft sends: node --import ./tools/testing/typescript.mjs --conditions @sluice/source FILE
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { NetworkNamespace } from '../../../../../tools/testing/network-namespace.ts';
import { nftCases } from './nft-cases.ts';
import { nftMessages } from './nft-messages.ts';

const namespace = await NetworkNamespace.open();
namespace.run('ip', 'link', 'add', 'veth0', 'type', 'veth', 'peer', 'name', 'veth1');
const recorded = nftCases.map((nftCase) => [
  nftCase.name,
  nftMessages(namespace, nftCase).map((message) => Buffer.from(message).toString('hex')),
]);
await namespace.close();
const version = execFileSync('nft', ['--version'], { encoding: 'utf8' }).trim();
writeFileSync(
  new URL('../../../testdata/nft-messages.json', import.meta.url),
  `${JSON.stringify({ version, messages: Object.fromEntries(recorded) }, undefined, 2)}\n`,
);
