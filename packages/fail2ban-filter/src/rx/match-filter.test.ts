import { autoAck, type Chunk, CounterMetrics, type Failure, type NameResolver, type Reject } from '@sluice/pipeline';
import { hostResolver } from '@sluice/pipeline/node';
import { firstValueFrom, Observable, of, Subject, toArray } from 'rxjs';
import { compileFilter } from '../compile-filter.ts';
import { filterMetrics } from '../metrics.ts';
import type { FilterNotice } from '../options.ts';
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

describe('host names', () => {
  const hosts: Readonly<Record<string, string[]>> = {
    'two.example': ['2001:db8::7', '192.0.2.7'],
    'one.example': ['192.0.2.9'],
  };

  /** A resolver of {@link hosts}, and how much is asked of it. */
  function lookups(options: Parameters<typeof hostResolver>[0] = {}) {
    const asked: string[] = [];
    const lookup = async (name: string): Promise<readonly string[]> => {
      asked.push(name);
      await new Promise((resolve) => setImmediate(resolve));
      return hosts[name] ?? [];
    };
    return { asked, resolver: hostResolver({ lookup, ...options }) };
  }

  const ids = (failures: readonly Failure[]): string[] => failures.map(({ id, offset }) => `${offset} ${id}`);

  test('count as each of their addresses, in line order, and the stream completes after them', async () => {
    const rejects: Reject[] = [];
    const notices: FilterNotice[] = [];
    const metrics = new CounterMetrics();
    const named = compileFilter(
      { name: 'door', failRegex: ['from <HOST>'] },
      { useDns: 'warn', metrics, rejects: { next: (one) => rejects.push(one) }, onNotice: (one) => notices.push(one) },
    );
    const text = 'from two.example\nfrom 192.0.2.1\nfrom none.example\nfrom one.example\nfrom 999.1.1.1\n';
    const found = of(chunkOf(text)).pipe(matchFilter(named, { resolver: lookups().resolver }), toArray());
    expect(ids(await firstValueFrom(found))).toEqual(['0 192.0.2.7', '0 2001:db8::7', '17 192.0.2.1', '50 192.0.2.9']);
    expect(rejects.map(({ code, value }) => [code, value])).toEqual([
      ['ERR_FAIL2BAN_FILTER_ADDRESS', '999.1.1.1'],
      ['ERR_FAIL2BAN_FILTER_NAME', 'none.example'],
    ]);
    const said = notices.filter(({ kind }) => kind === 'name').map(({ message }) => message);
    expect(said).toEqual([
      'filter door: the host name two.example counts for what it stands for now: 192.0.2.7, 2001:db8::7',
      'filter door: the host name one.example counts for what it stands for now: 192.0.2.9',
    ]);
    const counted = ['named', 'failures', 'rejected'] as const;
    expect(counted.map((name) => metrics.get(filterMetrics[name]))).toEqual([3, 4, 2]);
  });

  test.each(['no', 'raw'] as const)('are not looked up with usedns = %s', async (useDns) => {
    const { asked, resolver } = lookups();
    const other = compileFilter({ failRegex: ['from <HOST>'] }, { useDns });
    const found = of(chunkOf('from two.example\n')).pipe(matchFilter(other, { resolver }), toArray());
    expect(ids(await firstValueFrom(found))).toEqual(useDns === 'raw' ? ['0 two.example'] : []);
    expect(asked).toEqual([]);
  });

  test('are rejected without a resolver', () => {
    const rejects: Reject[] = [];
    const alone = compileFilter({ failRegex: ['from <HOST>'] }, { rejects: { next: (one) => rejects.push(one) } });
    of(chunkOf('from two.example\n')).pipe(matchFilter(alone)).subscribe();
    expect(rejects).toMatchObject([{ code: 'ERR_FAIL2BAN_FILTER_NAME', value: 'two.example' }]);
  });

  test('made up by the thousand cost a bounded number of requests, and hide no address', async () => {
    const { asked, resolver } = lookups({ maxConcurrent: 4, maxWaiting: 10 });
    const lines = Array.from({ length: 5000 }, (_, index) => `from made-up-${index}.example\n`);
    const found = of(chunkOf(`${lines.join('')}from 192.0.2.1\n`)).pipe(matchFilter(filter(), { resolver }), toArray());
    expect((await firstValueFrom(found)).map(({ id }) => id)).toEqual(['192.0.2.1']);
    expect(asked).toHaveLength(14);
  });

  test('hold nobody up for longer than the time limit', async () => {
    const never: Promise<readonly string[]> = new Promise(() => {});
    const resolver = hostResolver({ lookup: () => never, timeoutMs: 10 });
    const found = of(chunkOf('from slow.example\nfrom 192.0.2.1\n')).pipe(
      matchFilter(filter(), { resolver }),
      toArray(),
    );
    expect((await firstValueFrom(found)).map(({ id }) => id)).toEqual(['192.0.2.1']);
  });

  test('are forgotten when nobody listens any more', async () => {
    let answer: (addresses: []) => void = () => {};
    const asked: Promise<[]> = new Promise((resolve) => {
      answer = resolve;
    });
    const resolver: NameResolver = { addressesOf: () => asked, nameOf: () => undefined };
    const source = new Subject<Chunk>();
    const found: string[] = [];
    const listening = source.pipe(matchFilter(filter(), { resolver })).subscribe(({ id }) => found.push(id));
    source.next(chunkOf('from slow.example\nfrom 192.0.2.1\n'));
    listening.unsubscribe();
    answer([]);
    await asked;
    expect(found).toEqual([]);
    expect(source.observed).toBe(false);
  });
});
