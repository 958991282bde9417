import { existsSync, readFileSync } from 'node:fs';
import type { Chunk } from '@sluice/pipeline';
import { Observable } from 'rxjs';

const pollMs = 3;

/** Whole lines of a file from its present end on, as they are written. */
export const logTail = (path: string): Observable<Chunk> =>
  new Observable((subscriber) => {
    const read = (): Buffer => (existsSync(path) ? readFileSync(path) : Buffer.alloc(0));
    let offset = read().length;
    const timer = setInterval(() => {
      const all = read();
      const bytes = all.subarray(offset, all.lastIndexOf('\n') + 1);
      if (bytes.length === 0) return;
      subscriber.next({ source: { id: path, path }, bytes, offset, ending: 'break', live: true, ack: () => {} });
      offset += bytes.length;
    }, pollMs);
    return () => clearInterval(timer);
  });
