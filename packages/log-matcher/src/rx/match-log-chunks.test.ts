import { autoAck, type Chunk } from '@sluice/pipeline';
import fc from 'fast-check';
import { lastValueFrom, Observable, toArray } from 'rxjs';
import { PatternSet } from '../pattern-set.ts';
import { chunksOf } from '../testing/chunks-of.ts';
import { oddLog, oddPatterns } from '../testing/log-pieces.ts';
import { type LogMatch, matchLog } from './match-log.ts';

const source = { id: '1:2', path: '/var/log/x.log' };

/** A source whose consumer needs to know nothing of acks: each chunk is acked when the consumer returns. */
const sourceOf = (chunks: Iterable<Chunk>): Observable<Chunk> =>
  new Observable((subscriber) => {
    for (const chunk of chunks) autoAck(chunk, 'auto', (each) => subscriber.next(each));
    subscriber.complete();
  });

const matchesIn = (set: PatternSet, chunks: Iterable<Chunk>): Promise<LogMatch[]> =>
  lastValueFrom(sourceOf(chunks).pipe(matchLog(set), toArray()));

describe('matchLog', () => {
  test.each(['first', 'all'] as const)('gives the same for any division of a log into chunks (%s)', async (report) => {
    const set = PatternSet.compile(oddPatterns, { report });
    await fc.assert(
      fc.asyncProperty(oddLog, fc.infiniteStream(fc.boolean()), async (log, cuts) => {
        const whole = await matchesIn(
          set,
          chunksOf(source, log, () => false),
        );
        const lineByLine = await matchesIn(
          set,
          chunksOf(source, log, () => true),
        );
        const anyhow = await matchesIn(
          set,
          chunksOf(source, log, () => cuts.next().value),
        );
        expect(lineByLine).toEqual(whole);
        expect(anyhow).toEqual(whole);
      }),
      { numRuns: 300 },
    );
  });

  test('keeps nothing of a chunk: what it gave stays right when the source uses the bytes again', async () => {
    const set = PatternSet.compile(['user (?P<user>\\w+)']);
    const log = new TextEncoder().encode('user bob\nuser eve');
    const matches = await matchesIn(
      set,
      chunksOf(source, log, () => true),
    );
    expect(matches.map(({ offset, line, groups }) => [offset, line, groups['user']])).toEqual([
      [0, 'user bob', 'bob'],
      [9, 'user eve', 'eve'],
    ]);
  });

  test('searches what there is of a line that the source cut or that has no break', async () => {
    const set = PatternSet.compile(['b$']);
    const chunk = (text: string, offset: number, ending: Chunk['ending']): Chunk => ({
      source,
      bytes: new TextEncoder().encode(text),
      offset,
      ending,
      live: true,
      ack: () => {},
    });
    const chunks = [chunk('aab', 0, 'cut'), chunk('x\nb\n', 40, 'break'), chunk('bb', 44, 'end')];
    expect((await matchesIn(set, chunks)).map(({ offset }) => offset)).toEqual([0, 42, 44]);
  });
});
