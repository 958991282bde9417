import { BanActionError } from './ban-action-error.ts';
import { dryRun } from './dry-run.ts';
import { fanOut } from './fan-out.ts';
import { ban } from './testing/events.ts';
import { FakeBackend } from './testing/fake-backend.ts';

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
});
