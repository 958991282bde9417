import type { QueueChange, QueueEntry, QueueState } from '@sluice/exim-queue';
import fc from 'fast-check';
import { QueueTotals } from './queue-totals.ts';

const states: readonly QueueState[] = ['new', 'deferred', 'frozen', 'delivering', 'damaged'];
const entry = (state: QueueState, isBounce: boolean) => ({ state, isBounce }) as QueueEntry;

const step = fc.record({
  id: fc.constantFrom('a', 'b', 'c', 'd'),
  isGone: fc.boolean(),
  isOut: fc.boolean(),
  state: fc.constantFrom(...states),
  isBounce: fc.boolean(),
});

test('totals are those of the messages that are there, whatever happened to them', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const totals = new QueueTotals();
      const model = new Map<string, { state: QueueState; isBounce: boolean }>();
      for (const { id, isGone, isOut, state, isBounce } of steps) {
        const change: QueueChange = {
          kind: 'changed',
          id,
          isGone,
          entry: entry(state, isBounce),
          ...(isOut && { matches: false }),
          timeMs: 0,
          from: 'spool',
        };
        totals.add(change);
        if (isGone || isOut) model.delete(id);
        else model.set(id, { state, isBounce });
      }
      totals.add({ kind: 'ready', id: '', isGone: false, timeMs: 0, from: 'spool', count: 4 });
      const left = [...model.values()];
      expect(totals.messages).toBe(left.length);
      expect(totals.bounces).toBe(left.filter(({ isBounce }) => isBounce).length);
      for (const state of states) expect(totals.in(state)).toBe(left.filter((each) => each.state === state).length);
    }),
  );
});
