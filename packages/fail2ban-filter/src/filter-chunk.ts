import type { Chunk } from '@sluice/pipeline';

/** What `Fail2banFilter.process` needs of a chunk. A chunk without `ending` ends with a whole line. */
export type FilterChunk = Pick<Chunk, 'source' | 'bytes' | 'offset' | 'live'> & Partial<Pick<Chunk, 'ending'>>;
