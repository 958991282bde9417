import type { NetworkNamespace } from '../../../../tools/testing/network-namespace.ts';
import { netfilterContract } from '../testing/netfilter-contract.ts';
import { RemoteSockets } from '../testing/remote-sockets.ts';
import { openNetfilter } from './open-netfilter.ts';

const processes = new Map<NetworkNamespace, Promise<RemoteSockets>>();

afterAll(async () => {
  for (const sockets of processes.values()) await (await sockets).close();
});

netfilterContract('netlink', async (namespace, signal) => {
  const sockets = processes.get(namespace) ?? RemoteSockets.open(namespace);
  processes.set(namespace, sockets);
  return openNetfilter({ sockets: await sockets, ...(signal !== undefined && { signal }) });
});
