import type { MainlogEvent } from '../mainlog/mainlog-event.ts';
import { LogNotes } from './log-notes.ts';

const idOf = (n: number): string => `1xVJLa-${String(n).padStart(6, '0')}-09`;

const event = (n: number, parts: object): MainlogEvent =>
  ({ id: idOf(n), timeMs: 1000, path: 'mainlog', offset: 0, ...parts }) as MainlogEvent;

const deferred = { kind: 'deferred', recipient: 'A@x.test', address: 'a', reason: 'no', errorNumber: -1 };

describe('LogNotes', () => {
  test('says of which events a message is to be looked at for', () => {
    const notes = new LogNotes(
      () => 0,
      () => {},
    );
    expect(notes.add(event(1, { kind: 'frozen', by: 'root' }))).toBe(false);
    expect(notes.add(event(1, deferred))).toBe(true);
    expect(notes.add(event(1, { ...deferred, errorNumber: -52 }))).toBe(false);
    expect(notes.add(event(1, { kind: 'completed' }))).toBe(true);
    expect(notes.add({ kind: 'other', text: 'x', timeMs: 0, path: '', offset: 0 })).toBe(false);
  });

  test('a delay that was told of before the log told it is not told again', () => {
    const notes = new LogNotes(
      () => 0,
      () => {},
    );
    notes.tellDeferred(idOf(1), 5000);
    expect(notes.add(event(1, { ...deferred, timeMs: 5000 }))).toBe(false);
    expect(notes.add(event(1, { ...deferred, timeMs: 5001 }))).toBe(true);
  });

  test('keeps so many notes, for so long, and tells what fell out', () => {
    let nowMs = 0;
    let forgotten = 0;
    const notes = new LogNotes(
      () => nowMs,
      (count) => {
        forgotten += count;
      },
    );
    for (let n = 0; n < 20_001; n += 1) notes.add(event(n, { kind: 'removed', by: 'root' }));
    expect([forgotten, notes.get(idOf(0)), notes.get(idOf(1))?.removedBy]).toEqual([1, undefined, 'root']);
    nowMs = 30_000;
    notes.add(event(1, { kind: 'completed' }));
    nowMs = 61_000;
    notes.prune();
    expect([notes.get(idOf(1))?.completed, notes.get(idOf(2)), forgotten]).toEqual([true, undefined, 1]);
  });
});
