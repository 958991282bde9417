import type { Chunk } from '@sluice/pipeline';
import type { FilterChunk } from '../filter-chunk.ts';

/** A chunk of the log `/var/log/test.log`. */
export function chunkOf(text: string | Uint8Array, parts: Partial<FilterChunk> = {}): Chunk {
  return {
    source: { id: 'inode-7', path: '/var/log/test.log' },
    bytes: typeof text === 'string' ? Buffer.from(text) : text,
    offset: 0,
    ending: 'break',
    live: false,
    ack: () => {},
    ...parts,
  };
}
