import { BanActionError } from './ban-action-error.ts';
import { dryRun } from './dry-run.ts';
import { fanOut } from './fan-out.ts';
import { ban, unban } from './testing/events.ts';
import { FakeBackend } from './testing/fake-backend.ts';
import { Gate, settled } from './testing/gate.ts';

const refuse = () => Promise.reject(new BanActionError('ERR_BAN_ACTION_PERMISSION', 'no'));

describe('fanOut', () => {
  test('gives each backend every event', async () => {
    const [a, b] = [new FakeBackend({ name: 'a' }), new FakeBackend({ name: 'b', bad: ['2'] })];
    const both = fanOut([a, b]);
    await both.start();
    const outcomes = await both.apply([ban('1'), ban('2')]);
    await both.stop();
    expect(a.calls).toEqual(['start', 'ban:1 ban:2', 'stop']);
    expect(b.calls).toEqual(a.calls);
    expect(outcomes.map(({ ok, error }) => [ok, error?.message])).toEqual([
      [true, undefined],
      [false, '2 is bad'],
    ]);
    expect(outcomes[1]?.parts?.map(({ backend, ok }) => [backend, ok])).toEqual([
      ['a', true],
      ['b', false],
    ]);
  });

  test('with none does nothing and all is well', async () => {
    const none = fanOut([]);
    await none.start();
    expect(await none.apply([ban('1')])).toMatchObject([{ ok: true, dryRun: false, parts: [] }]);
    await none.stop();
  });

  test('stops those that started when one that is required cannot', async () => {
    const a = new FakeBackend({ name: 'a' });
    const both = fanOut([a, new FakeBackend({ name: 'b', onStart: refuse })]);
    await expect(both.start()).rejects.toMatchObject({ code: 'ERR_BAN_ACTION_PERMISSION' });
    expect(a.calls).toEqual(['start', 'stop']);
  });

  test('goes on without one that is not required, and says so for each event', async () => {
    const a = new FakeBackend({ name: 'a' });
    const b = new FakeBackend({ name: 'b', onStart: refuse });
    const both = fanOut([a, { backend: b, required: false }]);
    await both.start();
    const [outcome] = await both.apply([ban('1')]);
    expect(outcome).toMatchObject({
      ok: true,
      parts: [{ ok: true }, { ok: false, error: { code: 'ERR_BAN_ACTION_PERMISSION' } }],
    });
    await both.stop();
    expect(b.calls).toEqual(['start']);
  });

  test('one that throws does not take the others with it', async () => {
    const a = new FakeBackend({ name: 'a' });
    const b = new FakeBackend({ name: 'b', onApply: () => Promise.reject(new Error('broken')) });
    const both = fanOut([{ backend: b, required: false }, a]);
    await both.start();
    expect(await both.apply([ban('1')])).toMatchObject([
      {
        ok: true,
        parts: [{ ok: false, error: { code: 'ERR_BAN_ACTION_BACKEND', message: 'b threw: broken' } }, { ok: true }],
      },
    ]);
  });

  test('stops all, and tells of every stop that failed', async () => {
    const stuck = (name: string) =>
      new FakeBackend({ name, onStop: () => Promise.reject(new Error(`${name} is stuck`)) });
    const last = new FakeBackend();
    const all = fanOut([stuck('a'), stuck('b'), last]);
    await all.start();
    await expect(all.stop()).rejects.toThrow(/a is stuck.*b is stuck/);
    expect(last.calls).toEqual(['start', 'stop']);
  });

  test('tells the commands of all, and a dry run writes them and runs none', async () => {
    const backends = [new FakeBackend({ name: 'a' }), new FakeBackend({ name: 'b' })];
    const both = fanOut(backends);
    expect(both.startCommands()).toEqual(['a start', 'b start']);
    expect(both.commands(ban('1'))).toEqual(['ban:1', 'ban:1']);
    const written: string[] = [];
    const dry = dryRun(both, { write: (command) => written.push(command) });
    await dry.start();
    expect(await dry.apply([ban('1')])).toMatchObject([{ ok: true, dryRun: true, backend: 'fan-out' }]);
    expect(written).toEqual(['a start', 'b start', 'a ban:1', 'b ban:1']);
    expect(backends.flatMap(({ calls }) => calls)).toEqual([]);
  });

  test('makes the same bans stand in all, and fails those that a required one refuses', async () => {
    const [a, b] = [new FakeBackend({ name: 'a' }), new FakeBackend({ name: 'b', bad: ['2'] })];
    const both = fanOut([a, b]);
    await both.start();
    const outcomes = await both.reconcile([ban('1'), ban('2')]);
    expect(outcomes.map(({ ok }) => ok)).toEqual([true, false]);
    expect([a.calls, b.calls]).toEqual([
      ['start', 'reconcile 1 2'],
      ['start', 'reconcile 1 2'],
    ]);
  });

  test('waits for a required one, however long it takes', async () => {
    const gate = new Gate();
    const slow = new FakeBackend({ name: 'slow', onApply: gate.pass });
    const both = fanOut([new FakeBackend({ name: 'a' }), { backend: slow, maxWaitMs: 1 }]);
    await both.start();
    let isDone = false;
    const applied = both.apply([ban('1')]).finally(() => {
      isDone = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(isDone).toBe(false);
    await gate.open();
    expect(await applied).toMatchObject([{ ok: true }]);
  });

  describe('with a slow one that is not required', () => {
    const open = async (maxLate?: number) => {
      const gate = new Gate();
      const slow = new FakeBackend({ name: 'slow', onApply: gate.pass });
      const branch = { backend: slow, required: false, maxWaitMs: 10, ...(maxLate && { maxLate }) };
      const quick = new FakeBackend({ name: 'quick' });
      const both = fanOut([quick, branch]);
      await both.start();
      return { gate, slow, quick, both };
    };
    const partsOf = (outcomes: Awaited<ReturnType<ReturnType<typeof fanOut>['apply']>>) =>
      outcomes.map(({ ok, parts }) => [ok, parts?.[1]?.ok ? 'ok' : parts?.[1]?.error?.code]);

    test('goes on without it, says that it is late, and it gets all in order', async () => {
      const { gate, slow, quick, both } = await open();
      expect(partsOf(await both.apply([ban('1')]))).toEqual([[true, 'ERR_BAN_ACTION_TIMEOUT']]);
      expect(partsOf(await both.apply([ban('2')]))).toEqual([[true, 'ERR_BAN_ACTION_TIMEOUT']]);
      expect(partsOf(await both.apply([unban('1')]))).toEqual([[true, 'ERR_BAN_ACTION_TIMEOUT']]);
      expect(quick.calls).toEqual(['start', 'ban:1', 'ban:2', 'unban:1']);
      for (const _ of [1, 2, 3]) await gate.open();
      expect(slow.calls).toEqual(quick.calls);
      const again = both.apply([ban('3')]);
      await settled();
      await gate.open();
      expect(partsOf(await again)).toEqual([[true, 'ok']]);
    });

    test('keeps a bounded number of events for it, and drops what is more, saying so', async () => {
      const { gate, slow, both } = await open(2);
      await both.apply([ban('1')]);
      expect(partsOf(await both.apply([ban('2'), ban('3')]))).toEqual([
        [true, 'ERR_BAN_ACTION_OVERFLOW'],
        [true, 'ERR_BAN_ACTION_OVERFLOW'],
      ]);
      await both.apply([ban('4')]);
      for (const _ of [1, 2]) await gate.open();
      expect(slow.calls).toEqual(['start', 'ban:1', 'ban:4']);
    });

    test('ends what it does when all is to stop', async () => {
      const { gate, slow, both } = await open();
      await both.apply([ban('1')]);
      const stopped = both.stop();
      while (!slow.signal?.aborted) await settled();
      await gate.open();
      await stopped;
      expect(slow.calls).toEqual(['start', 'ban:1', 'stop']);
    });

    test('says so when it cannot even be stopped', async () => {
      const { quick, both } = await open();
      await both.apply([ban('1')]);
      await expect(both.stop()).rejects.toMatchObject({ code: 'ERR_BAN_ACTION_TIMEOUT', limit: 10 });
      expect(quick.calls.at(-1)).toBe('stop');
    });

    test('one that takes long to start gets what came meanwhile, and when it fails to, its outcomes say why', async () => {
      const gate = new Gate();
      const late = new FakeBackend({ name: 'late', onStart: gate.pass });
      const broken = new FakeBackend({ name: 'broken', onStart: () => gate.pass().then(refuse) });
      const all = fanOut([late, broken].map((backend) => ({ backend, required: false, maxWaitMs: 5 })));
      await all.start();
      await all.apply([ban('1')]);
      for (const _ of [1, 2]) await gate.open();
      expect([late.calls, broken.calls]).toEqual([['start', 'ban:1'], ['start']]);
      expect(await all.apply([ban('2')])).toMatchObject([
        { ok: true, parts: [{ ok: true }, { ok: false, error: { code: 'ERR_BAN_ACTION_PERMISSION' } }] },
      ]);
      await all.stop();
      expect([late.calls.at(-1), broken.calls]).toEqual(['stop', ['start']]);
    });
  });

  test('refuses bounds that make no sense', () => {
    expect(() => fanOut([{ backend: new FakeBackend(), maxWaitMs: 0 }])).toThrow(
      expect.objectContaining({ code: 'ERR_BAN_ACTION_OPTION' }),
    );
  });
});
