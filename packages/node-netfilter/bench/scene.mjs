import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { Namespace } from '../../../tools/bench/namespace.mjs';
import { NamespaceWorker } from '../../../tools/bench/namespace-worker.mjs';

const theirs = `
add table inet theirs
add set inet theirs hash { type ipv4_addr; flags timeout; }
add set inet theirs ranges { type ipv4_addr; flags interval,timeout; }
`;

/**
 * A namespace with our block list, the sets of the peers, and the process that does the work.
 *
 * @param {string} cache folder for files that nft reads
 */
export async function openScene(cache) {
  const space = await Namespace.open();
  const worker = new NamespaceWorker(space, new URL('worker.mjs', import.meta.url));
  const fileOf = (name, text) => {
    const file = path.join(cache, `node-netfilter-${name}.nft`);
    writeFileSync(file, text);
    return file;
  };
  await worker.ask('load', { file: fileOf('theirs', theirs) });
  await worker.ask('open');
  return {
    space,
    worker,
    fileOf,
    async close() {
      await worker.close();
      await space.close();
    },
  };
}
