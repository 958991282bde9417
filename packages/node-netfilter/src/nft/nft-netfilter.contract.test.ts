import { netfilterContract } from '../testing/netfilter-contract.ts';
import { nftNetfilter } from './nft-netfilter.ts';

netfilterContract('the program nft', (namespace, signal) =>
  nftNetfilter({ command: namespace.command('nft'), ...(signal !== undefined && { signal }) }),
);
