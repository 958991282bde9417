import { BanActionError } from '@sluice/ban-action';
import { type Ban, CounterMetrics, deferred } from '@sluice/pipeline';
import { Subject } from 'rxjs';
import { until } from '../../../../tools/testing/until.ts';
import { BackendBoard } from '../ban-with/backend-status.ts';
import type { MadeBackend } from '../ban-with/make-backend.ts';
import { fail2banLog } from '../log/fail2ban-log.ts';
import { ToldBackend } from '../testing/told-backend.ts';
import { openSinks } from './open-sinks.ts';

const ban = (id: string, restored = false): Ban => ({
  ...{ kind: 'ban', jail: 'web', id, timeMs: 0, banTimeMs: 1, endMs: 1, failures: 1, count: 1 },
  ...{ restored, matches: [], groups: {} },
});
const refusal = new BanActionError('ERR_BAN_ACTION_FAILED', 'no such table');

function scene(backends: readonly MadeBackend[]) {
  const log: string[] = [];
  const lost: string[] = [];
  const board = new BackendBoard();
  const { shared } = openSinks({
    ...{ runsActions: false, retryMs: 1, backends, board, metrics: new CounterMetrics(), rejects: { next: () => {} } },
    log: fail2banLog({ write: (line) => log.push(line.replace(/^.*\]: /, '')) }),
    lost: ({ message }) => lost.push(message),
  });
  if (shared === undefined) throw new Error('nothing shared');
  return { shared, log, lost, board, states: () => board.all.map(({ name, state }) => `${name} ${state}`) };
}
const required = (name: MadeBackend['name'], backend: ToldBackend): MadeBackend => ({
  name,
  backend,
  isRequired: true,
});
const optional = (name: MadeBackend['name'], backend: ToldBackend): MadeBackend => ({
  name,
  backend,
  isRequired: false,
});

describe('what all jails ban with', () => {
  test('begins with all bans of before in one go, and takes what was decided meanwhile after it', async () => {
    const firewall = new ToldBackend('firewall');
    const { shared, log, states } = scene([required('netfilter', firewall)]);
    for (const event of [ban('a', true), ban('b', true), ban('c')]) shared.send(event);
    expect([firewall.calls, states()]).toEqual([[], ['netfilter starting']]);
    await shared.begin(true);
    shared.send(ban('d'));
    await shared.stop();
    expect(firewall.calls).toEqual(['start', 'reconcile web a, web b', 'ban web c', 'ban web d', 'stop']);
    expect([log, states()]).toEqual([['INFO    Banning with netfilter'], ['netfilter ok']]);
  });

  test('keeps what it finds where it is not known what is to stand', async () => {
    const firewall = new ToldBackend('firewall');
    const { shared } = scene([required('netfilter', firewall)]);
    shared.send(ban('a', true));
    await shared.begin(false);
    await shared.stop();
    expect(firewall.calls).toEqual(['start', 'ban web a', 'stop']);
  });

  test('does not wait for one that is slow, nor for one that can be done without', async () => {
    const gate = deferred<void>();
    const firewall = new ToldBackend('firewall');
    const slow = new ToldBackend('webhook', () => gate.promise);
    const { shared } = scene([optional('webhook', slow), required('netfilter', firewall)]);
    shared.send(ban('a', true));
    await shared.begin(true);
    shared.send(ban('b'));
    await until(() => firewall.calls.includes('ban web b'));
    expect(slow.calls).toEqual([]);
    gate.resolve();
    await shared.stop();
    expect(slow.calls).toEqual(['start', 'reconcile web a', 'ban web b', 'stop']);
  });

  test('is lost when one cannot start that is required', async () => {
    const firewall = new ToldBackend('firewall', () => Promise.reject(refusal));
    const { shared, lost, log, states } = scene([required('netfilter', firewall)]);
    void shared.begin(true);
    await until(() => lost.length === 1);
    expect([lost, states()]).toEqual([['no such table'], ['netfilter failing']]);
    expect(log).toEqual(['ERROR   netfilter cannot start: no such table']);
    await shared.stop();
  });

  test('goes on without one that can be done without, says so once, and makes up for it', async () => {
    let tries = 0;
    let isBroken = true;
    const hook = new ToldBackend('hook', () => {
      tries += 1;
      if (isBroken) throw refusal;
    });
    const { shared, lost, log, board } = scene([optional('hook', hook)]);
    shared.send(ban('a', true));
    await shared.begin(true);
    await until(() => tries > 2);
    expect(board.get('hook')).toMatchObject({ state: 'failing', isRequired: false, reason: 'no such table' });
    isBroken = false;
    await until(() => hook.calls.length === 2);
    expect([lost, log.filter((line) => /\bhook\b/.test(line))]).toEqual([
      [],
      ['ERROR   hook cannot start: no such table', 'INFO    Banning with hook'],
    ]);
    expect(board.get('hook')).toMatchObject({ state: 'ok' });
    await shared.stop();
    expect(hook.calls).toEqual(['start', 'reconcile web a', 'stop']);
  });

  test('tells once of each change of its health, and of the way to the kernel', async () => {
    const health = new Subject<object>();
    const capabilities = { transport: 'netlink', reason: 'koffi is there.' };
    const firewall = Object.assign(new ToldBackend('firewall'), { health, capabilities });
    const { shared, log, board } = scene([required('netfilter', firewall)]);
    await shared.begin(true);
    await until(() => health.observed);
    const tell = (state: string, reason?: string) =>
      health.next({ state, sinceMs: 7, repairs: 1, ...(reason && { reason }) });
    tell('ok');
    tell('repairing', 'somebody flushed the table');
    expect(board.get('netfilter')).toMatchObject({
      state: 'repairing',
      reason: 'somebody flushed the table',
      sinceMs: 7,
    });
    tell('ok');
    tell('failing', 'CAP_NET_ADMIN is lost');
    tell('failing', 'CAP_NET_ADMIN is lost');
    tell('ok');
    tell('closed');
    expect(log).toEqual([
      'INFO    Banning with netfilter over netlink (koffi is there)',
      'WARNING netfilter: somebody flushed the table; putting it back',
      'NOTICE  netfilter: all bans are in effect again',
      'ERROR   netfilter: bans have no effect: CAP_NET_ADMIN is lost; it is tried again',
      'NOTICE  netfilter: all bans are in effect again',
    ]);
    expect(board.get('netfilter')).toMatchObject({
      ...{ state: 'ok', repairs: 1, transport: { kind: 'netlink', reason: 'koffi is there.' } },
    });
    await shared.stop();
  });
});
