import { BanActionError } from '@sluice/ban-action';
import type { Ban, BanEvent } from '@sluice/pipeline';
import { until } from '../../../../tools/testing/until.ts';
import { ToldBackend } from '../testing/told-backend.ts';
import { retryStart } from './retry-start.ts';

const subject = { jail: 'web', timeMs: 0 };
const nothing = { failures: 1, count: 1, restored: false, matches: [], groups: {} };
const ban = (id: string, jail = 'web'): Ban => ({
  ...subject,
  jail,
  kind: 'ban',
  id,
  banTimeMs: 1,
  endMs: 1,
  ...nothing,
});
const prolonged = (id: string): BanEvent => ({
  ...subject,
  ...{ kind: 'prolonged', id, bannedAtMs: 0, banTimeMs: 2, endMs: 2, count: 2 },
});
const unban = (id: string): BanEvent => ({ ...subject, kind: 'unban', id, reason: 'expired' });

/** A backend whose start fails until `mend` is called, and what it was told. */
function scene(retryMs: number) {
  let isBroken = true;
  const calls: string[] = [];
  const faults: string[] = [];
  const told: string[] = [];
  const backend = new ToldBackend('firewall', (work) => {
    if (isBroken) throw new BanActionError('ERR_BAN_ACTION_FAILED', 'no such table');
    calls.push(work.replaceAll(' web', ''));
  });
  const retried = retryStart(backend, {
    retryMs,
    maxRetryMs: retryMs,
    failed: ({ message }) => faults.push(message),
    told: ({ event, ok }) => told.push(`${event.id} ${ok}`),
  });
  const mend = (): void => {
    isBroken = false;
  };
  return { calls, faults, told, retried, mend };
}

test('who was to be banned while an action could not start is banned when it can, without a further ban', async () => {
  const { calls, faults, retried, mend } = scene(1);
  await retried.start();
  const [refused] = await retried.apply([ban('a')]);
  expect(refused).toMatchObject({ ok: false, error: { message: 'no such table' } });
  await retried.apply([ban('b'), ban('c'), unban('b')]);
  mend();
  await until(() => calls.length === 3);
  const [applied] = await retried.apply([ban('d')]);
  expect(applied).toMatchObject({ ok: true });
  expect(calls).toEqual(['start', 'ban a', 'ban c', 'ban d']);
  expect(new Set(faults)).toEqual(new Set(['no such table']));
  await retried.stop();
});

test('a ban that was missed comes with what let it last longer, and what became of both is told', async () => {
  const { calls, told, retried, mend } = scene(1);
  await retried.start();
  await retried.apply([ban('a'), prolonged('a'), prolonged('nobody')]);
  mend();
  await until(() => told.length === 2);
  expect(calls).toEqual(['start', 'ban a', 'prolonged a']);
  expect(told).toEqual(['a true', 'a true']);
  await retried.stop();
});

test('bans that were to stand at the start stand when it has started, and no others; with what was decided since', async () => {
  const { calls, retried, mend } = scene(1);
  await retried.start();
  await retried.apply([ban('before')]);
  await retried.reconcile([ban('a'), ban('a', 'other'), ban('b')]);
  await retried.apply([unban('b'), ban('c'), prolonged('a')]);
  mend();
  await until(() => calls.length === 3);
  expect(calls).toEqual(['start', 'reconcile a, other a, c', 'prolonged a']);
  await retried.stop();
});

test('what never started is neither stopped nor tried again after the stop', async () => {
  const { calls, retried, mend } = scene(1);
  await retried.start();
  await retried.stop();
  mend();
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(calls).toEqual([]);
});
