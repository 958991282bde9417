import type { Chunk } from '@sluice/pipeline';
import { Subject } from 'rxjs';
import { mainlogEvents } from './mainlog-events.ts';

const chunkOf = (text: string, ack: () => void = () => {}): Chunk => ({
  source: { id: 'inode-7', path: 'mainlog' },
  bytes: Buffer.from(text),
  offset: 0,
  ending: 'break',
  live: true,
  ack,
});

describe('mainlogEvents', () => {
  test('is done with a chunk before its next returns, and leaves the ack to its source', () => {
    const log: string[] = [];
    const source = new Subject<Chunk>();
    source.pipe(mainlogEvents()).subscribe(({ kind }) => log.push(kind));
    source.next(
      chunkOf('2026-11-23 02:01:59 x\n2026-11-23 02:01:59 1xVJLa-0005ku-09 Completed\n', () => log.push('ack')),
    );
    log.push('next returned');
    expect(log).toEqual(['other', 'completed', 'next returned']);
  });

  test('passes the end and the error of its source on, and leaves it on unsubscribe', () => {
    const log: unknown[] = [];
    const observer = { complete: () => log.push('complete'), error: (error: unknown) => log.push(error) };
    const ending = new Subject<Chunk>();
    ending.pipe(mainlogEvents()).subscribe(observer);
    ending.complete();
    const broken = new Subject<Chunk>();
    broken.pipe(mainlogEvents()).subscribe(observer);
    broken.error('gone');
    const left = new Subject<Chunk>();
    left.pipe(mainlogEvents()).subscribe(observer).unsubscribe();
    expect(log).toEqual(['complete', 'gone']);
    expect(left.observed).toBe(false);
  });

  test('refuses a wrong option at the call', () => {
    expect(() => mainlogEvents({ timeZone: 'Europe/Berlin' as 'utc' })).toThrow(
      "timeZone must be 'local' or 'utc', not \"Europe/Berlin\"",
    );
  });
});
