import { closeSync, createReadStream, openSync, readSync, statSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { measure } from '../../../../tools/bench/measure.mjs';

const chunkBytes = 262_144;
const pageBytes = 65_536;

const memory = new Uint8Array(new WebAssembly.Memory({ initial: (2 * chunkBytes) / pageBytes }).buffer);

function readAll(file, bytes) {
  const descriptor = openSync(file, 'r');
  let total = 0;
  for (let read = -1; read !== 0; total += read) read = readSync(descriptor, memory, 0, chunkBytes, null);
  closeSync(descriptor);
  if (total !== bytes) throw new Error(`void: ${total} bytes read of ${bytes}`);
}

/** R: how fast Node.js reads a file into the memory of WebAssembly, and does nothing with it. */
export const readLoop = {
  name: 'a bare read loop (R)',
  available: async () => true,
  run({ file }) {
    const { size } = statSync(file);
    return measure(() => readAll(file, size), size / 1e6);
  },
};

/** Lines and regular expressions, as one would write it. */
export const nodeLoop = (megabytes) => {
  const name = `Node.js readline and RegExp, first ${megabytes} MB`;
  return {
    name,
    available: async () => true,
    async run(workload) {
      const file = await workload.part(megabytes);
      const patterns = workload.peerPatterns.map((pattern) => new RegExp(pattern));
      const found = { lines: 0, hostBytes: 0 };
      const run = await measure(async () => {
        for await (const line of createInterface({ input: createReadStream(file) })) {
          for (const pattern of patterns) {
            const match = pattern.exec(line);
            if (match === null) continue;
            found.lines += 1;
            found.hostBytes += match.find((group, index) => index > 0 && group !== undefined)?.length ?? 0;
            break;
          }
        }
      }, statSync(file).size / 1e6);
      workload.check(name, file, found);
      return run;
    },
  };
};
