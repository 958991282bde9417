import { describeWith } from '../../../../tools/testing/describe-with.ts';
import { NetworkNamespace, namespaces } from '../../../../tools/testing/network-namespace.ts';
import type { Netfilter } from '../netfilter/netfilter.ts';
import { commitTests } from './netfilter-contract-commits.ts';
import { faultTests } from './netfilter-contract-faults.ts';
import { lifeTests } from './netfilter-contract-life.ts';
import { readTests } from './netfilter-contract-reads.ts';
import type { ContractScene } from './netfilter-contract-scene.ts';

/**
 * What every `Netfilter` does, whatever carries its messages, on the real kernel.
 *
 * @param open opens one in a namespace; the suite closes it
 */
export function netfilterContract(
  title: string,
  open: (namespace: NetworkNamespace, signal?: AbortSignal) => Promise<Netfilter>,
): void {
  describeWith(namespaces, title, () => {
    let namespace: NetworkNamespace;
    let netfilter: Netfilter;
    beforeAll(async () => {
      namespace = await NetworkNamespace.open();
      netfilter = await open(namespace);
    });
    afterEach(() => {
      namespace.run('nft', 'flush', 'ruleset');
    });
    afterAll(async () => {
      await netfilter.close();
      await namespace.close();
    });

    const scene: ContractScene = {
      namespace: () => namespace,
      netfilter: () => netfilter,
      open: (signal) => open(namespace, signal),
    };
    describe('commits', () => commitTests(scene));
    describe('faults', () => faultTests(scene));
    describe('reads', () => readTests(scene));
    describe('its life', () => lifeTests(scene));
  });
}
