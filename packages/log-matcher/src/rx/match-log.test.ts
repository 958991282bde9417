import { type Chunk, ringRejects } from '@sluice/pipeline';
import { from, lastValueFrom, Subject, take, toArray } from 'rxjs';
import { PatternSet } from '../pattern-set.ts';
import { matchLines } from './match-lines.ts';
import { type LogMatch, matchLog } from './match-log.ts';

const source = { id: '1:2', path: '/var/log/x.log' };

const chunk = (offset: number, text: string): Chunk => ({
  source,
  bytes: new TextEncoder().encode(text),
  offset,
  ending: 'break',
  live: true,
  ack: () => {},
});

const chunks = [chunk(100, 'a\nuser bob failed\n'), chunk(118, 'user eve failed\r\nuser x\n')];
const set = PatternSet.compile(['user (?P<user>\\w+) failed']);

describe('matchLog', () => {
  test('emits each match with the offset of its line in the source', async () => {
    const matches = await lastValueFrom(from(chunks).pipe(matchLog(set), toArray()));
    expect(matches.map(({ groups, ...match }) => ({ ...match, user: groups['user'] }))).toEqual([
      { source, offset: 102, pattern: 0, line: 'user bob failed', user: 'bob' },
      { source, offset: 118, pattern: 0, line: 'user eve failed', user: 'eve' },
    ]);
  });

  test('has emitted all of a chunk when the chunk has been taken', () => {
    const input = new Subject<Chunk>();
    const seen: LogMatch[] = [];
    input.pipe(matchLog(set)).subscribe((match) => seen.push(match));
    input.next(chunks[0] as Chunk);
    expect(seen).toHaveLength(1);
  });

  test('emits no more than is asked for', async () => {
    expect(await lastValueFrom(from(chunks).pipe(matchLog(set), take(1), toArray()))).toHaveLength(1);
  });

  test('cuts the date out of the subject and not out of the line', async () => {
    const cutSet = PatternSet.compile(['^user (?P<user>\\w+)']);
    const cut = (): { start: number; end: number } => ({ start: 0, end: 6 });
    const matches = await lastValueFrom(
      from([chunk(0, 'Oct 1 user bob\n')]).pipe(matchLog(cutSet, { cut }), toArray()),
    );
    expect(matches).toMatchObject([{ line: 'Oct 1 user bob', groups: { user: 'bob' } }]);
  });

  test('errors with what the cut throws', async () => {
    const fault = new Error('no date');
    const cut = (): never => {
      throw fault;
    };
    await expect(lastValueFrom(from(chunks).pipe(matchLog(set, { cut })))).rejects.toBe(fault);
  });

  test('goes on after a line that it gave up on, and reports where it is', async () => {
    const rejects = ringRejects(5);
    const bounded = PatternSet.compile(['a(a*)*\\1[^ax]$', 'lost'], { maxSteps: 500, rejects });
    const log = from([chunk(50, `ok\n${'a'.repeat(300)}\nlost\n`)]);
    expect(await lastValueFrom(log.pipe(matchLog(bounded), toArray()))).toMatchObject([{ offset: 354, pattern: 1 }]);
    expect(rejects.last).toMatchObject([{ path: source.path, offset: 53 }]);
  });
});

describe('matchLines', () => {
  test('emits the match of each line that matches', async () => {
    const lines = from(['user bob failed', 'nothing', 'user eve failed']);
    const matches = await lastValueFrom(lines.pipe(matchLines(set), toArray()));
    expect(matches.map((match) => match.text('user'))).toEqual(['bob', 'eve']);
  });
});
