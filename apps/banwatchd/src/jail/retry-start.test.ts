import { BanActionError, type BanBackend, type BanOutcome } from '@sluice/ban-action';
import type { BanEvent } from '@sluice/pipeline';
import { retryStart } from './retry-start.ts';

const subject = { jail: 'web', timeMs: 0 };
const ban = (id: string): BanEvent => ({
  ...subject,
  kind: 'ban',
  id,
  banTimeMs: 1,
  endMs: 1,
  failures: 1,
  count: 1,
  restored: false,
  matches: [],
  groups: {},
});
const unban = (id: string): BanEvent => ({ ...subject, kind: 'unban', id, reason: 'expired' });

/** A backend whose start fails so many times, and what it was told. */
function scene(failures: number) {
  let left = failures;
  const calls: string[] = [];
  const backend: BanBackend = {
    name: 'firewall',
    async start() {
      calls.push('start');
      left -= 1;
      if (left >= 0) throw new BanActionError('ERR_BAN_ACTION_FAILED', 'no such table');
    },
    async apply(events) {
      calls.push(...events.map(({ kind, id }) => `${kind} ${id}`));
      return events.map((event): BanOutcome => ({ event, backend: 'firewall', ok: true, dryRun: false, durationMs: 0 }));
    },
    async flush() {},
    async stop() {
      calls.push('stop');
    },
    startCommands: () => [],
    commands: () => [],
    rehearse: () => backend,
  };
  const clock = { nowMs: () => nowMs };
  let nowMs = 0;
  const faults: string[] = [];
  const retried = retryStart(backend, { clock, failed: ({ message }) => faults.push(message) });
  return { calls, faults, retried, wait: (ms: number) => (nowMs += ms) };
}

test('what was banned while an action could not start is banned when it can', async () => {
  const { calls, faults, retried, wait } = scene(2);
  await retried.start();
  const [refused] = await retried.apply([ban('a')]);
  expect(refused).toMatchObject({ ok: false, error: { message: 'no such table' } });
  wait(3000);
  await retried.apply([ban('b'), ban('c'), unban('b')]);
  wait(3000);
  const [applied] = await retried.apply([ban('d')]);
  expect(applied).toMatchObject({ ok: true });
  expect(calls).toEqual(['start', 'start', 'start', 'ban a', 'ban c', 'ban d']);
  expect(faults).toEqual(['no such table', 'no such table']);
});

test('a start is not tried again and again', async () => {
  const { calls, retried, wait } = scene(9);
  await retried.start();
  for (const id of ['a', 'b', 'c']) await retried.apply([ban(id)]);
  wait(2999);
  await retried.apply([ban('d')]);
  expect(calls).toEqual(['start']);
});

test('what never started is not stopped', async () => {
  const { calls, retried } = scene(9);
  await retried.start();
  await retried.stop();
  expect(calls).toEqual(['start']);
});
