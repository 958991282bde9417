import { autoAck, type Chunk } from '@sluice/pipeline';
import { Observable, of, Subject, toArray } from 'rxjs';
import { compileFilter } from '../compile-filter.ts';
import { chunkOf } from '../testing/chunks.ts';
import { matchFilter } from './match-filter.ts';

const filter = () => compileFilter({ failRegex: ['from <HOST>'] });

describe('matchFilter', () => {
  test('emits the failures of chunks in order', () => {
    const ids: string[] = [];
    of(chunkOf('from 192.0.2.1\nx\nfrom 192.0.2.2\n'), chunkOf('x\n'), chunkOf('from 192.0.2.3\n'))
      .pipe(matchFilter(filter()), toArray())
      .subscribe((failures) => ids.push(...failures.map(({ id }) => id)));
    expect(ids).toEqual(['192.0.2.1', '192.0.2.2', '192.0.2.3']);
  });

  test('is done with a chunk before it is acked', () => {
    const log: string[] = [];
    const chunks = new Observable<Chunk>((subscriber) => {
      const chunk = { ...chunkOf('from 192.0.2.1\n'), ack: () => log.push('ack') };
      autoAck(chunk, 'auto', (chunk) => subscriber.next(chunk));
    });
    chunks.pipe(matchFilter(filter())).subscribe(({ id }) => log.push(id));
    expect(log).toEqual(['192.0.2.1', 'ack']);
  });

  test('passes the end and the error of its source on, and leaves it on unsubscribe', () => {
    const source = new Subject<Chunk>();
    const log: unknown[] = [];
    const observer = { complete: () => log.push('complete'), error: (error: unknown) => log.push(error) };
    source.pipe(matchFilter(filter())).subscribe(observer);
    source.complete();
    const broken = new Subject<Chunk>();
    broken.pipe(matchFilter(filter())).subscribe(observer);
    broken.error('gone');
    const left = new Subject<Chunk>();
    left.pipe(matchFilter(filter())).subscribe(observer).unsubscribe();
    expect(log).toEqual(['complete', 'gone']);
    expect(left.observed).toBe(false);
  });
});
