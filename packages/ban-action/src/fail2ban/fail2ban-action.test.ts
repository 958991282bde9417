import { fixedClock, type NameResolver } from '@sluice/pipeline';
import { ban, prolonged, unban } from '../testing/events.ts';
import { fail2banAction } from './fail2ban-action.ts';
import type { Fail2banActionOptions } from './options.ts';
import type { FailureHistory } from './surroundings.ts';
import { actionOf, backendOf, onePart, twoParts } from './testing/action-of.ts';
import { failing, RecordingRunner } from './testing/recording-runner.ts';

describe('an action that does not tell the families apart', () => {
  it('starts once, bans, unbans and stops', async () => {
    const runner = new RecordingRunner();
    const backend = backendOf(onePart, runner);
    await backend.start();
    await backend.start();
    const outcomes = await backend.apply([ban('192.0.2.1'), ban('2001:db8::1'), unban('192.0.2.1')]);
    await backend.stop();
    await backend.stop();
    expect(outcomes.map(({ ok, backend: name, dryRun }) => [ok, name, dryRun])).toEqual(
      new Array(3).fill([true, 'test', false]),
    );
    expect(runner.take()).toEqual([
      ...['start', 'ban 192.0.2.1', 'ban 2001:db8::1', 'unban 192.0.2.1'],
      ...['unban 2001:db8::1', 'stop'],
    ]);
  });

  it('can be started again after a stop', async () => {
    const runner = new RecordingRunner();
    const backend = backendOf(onePart, runner);
    await backend.start();
    await backend.stop();
    await backend.start();
    expect(runner.take()).toEqual(['start', 'stop', 'start']);
  });

  it('has forgotten its bans after a stop', async () => {
    const runner = new RecordingRunner();
    const backend = backendOf(onePart, runner);
    await backend.apply([ban('192.0.2.1')]);
    await backend.stop();
    runner.take();
    await backend.apply([unban('192.0.2.1')]);
    await backend.stop();
    expect(runner.take()).toEqual([]);
  });

  it('makes exactly these bans stand, as far as it was told of bans', async () => {
    const runner = new RecordingRunner();
    const backend = backendOf(onePart, runner);
    await backend.apply([ban('192.0.2.1'), ban('192.0.2.2')]);
    runner.take();
    const outcomes = await backend.reconcile([ban('192.0.2.2'), ban('192.0.2.3')]);
    expect(outcomes.map(({ event, ok }) => [event.id, ok])).toEqual([
      ['192.0.2.2', true],
      ['192.0.2.3', true],
    ]);
    expect(runner.take()).toEqual(['unban 192.0.2.1', 'ban 192.0.2.3']);
    await backend.reconcile([]);
    expect(runner.take()).toEqual(['unban 192.0.2.2', 'unban 192.0.2.3']);
  });

  it('says why it does not start', async () => {
    const backend = backendOf(onePart, failing({ start: [1] }));
    await expect(backend.start()).rejects.toMatchObject({
      code: 'ERR_BAN_ACTION_FAILED',
      message:
        '/etc/fail2ban/action.d/test.conf:1: actionstart of test in jail sshd ended with exit code 1: ' +
        '"it is \\"gone\\""; run the command by hand, as the user of this process, to see why',
    });
  });

  it('does not unban in a family in which nothing was banned', async () => {
    const runner = new RecordingRunner();
    const backend = backendOf(onePart, runner);
    await backend.apply([ban('192.0.2.1')]);
    runner.take();
    const outcomes = await backend.apply([unban('2001:db8::1'), unban('192.0.2.9')]);
    expect(outcomes.map(({ ok }) => ok)).toEqual([true, true]);
    expect(runner.take()).toEqual(['unban 192.0.2.9']);
  });

  it('bans what is no address by its id', async () => {
    const runner = new RecordingRunner();
    const text = onePart.replace('ban <ip>', 'ban <fid>:<ip>:<family>:<ip-rev>');
    await backendOf(text, runner).apply([ban('session-7'), ban('10.0.0.0/8')]);
    expect(runner.take()).toEqual(['start', 'ban session-7:session-7::', 'ban 10.0.0.0/8:10.0.0.0/8:inet4:']);
  });

  it('tells an unban what the ban was', async () => {
    const runner = new RecordingRunner();
    const backend = backendOf(
      onePart.replace('unban <ip>', 'unban <ip> <failures> <bantime> <bancount> <matches> <F-USER>'),
      runner,
    );
    await backend.apply([
      ban('192.0.2.1', Infinity, { failures: 7, count: 2, matches: ['m'], groups: { user: 'joe' } }),
    ]);
    await backend.apply([unban('192.0.2.1')]);
    expect(runner.take().at(-1)).toBe('unban 192.0.2.1 7 -1 2 m joe');
  });

  it('refuses more bans than it may remember', async () => {
    const backend = backendOf(onePart, new RecordingRunner(), { maxBans: 1 });
    const outcomes = await backend.apply([ban('192.0.2.1'), ban('192.0.2.2'), unban('192.0.2.1'), ban('192.0.2.2')]);
    expect(outcomes.map(({ error }) => error?.code)).toEqual([undefined, 'ERR_BAN_ACTION_FULL', undefined, undefined]);
  });

  it('lets all in with one actionflush at the stop, where there is one', async () => {
    const runner = new RecordingRunner();
    const backend = backendOf(`${onePart}actionflush = flush\n`, runner);
    await backend.apply([ban('192.0.2.1'), ban('2001:db8::1')]);
    runner.take();
    await backend.stop();
    expect(runner.take()).toEqual(['flush', 'stop']);
  });

  it('goes on with a stop when a command fails, and says so', async () => {
    const runner = failing({ 'unban 192.0.2.1': [1, 2], stop: [1] });
    const backend = backendOf(onePart, runner);
    await backend.apply([ban('192.0.2.1'), ban('192.0.2.2')]);
    runner.take();
    await expect(backend.stop()).rejects.toThrow(/stop of test: 2 commands failed, the first: .*actionunban of test/);
    expect(runner.take()).toEqual(['unban 192.0.2.1', 'check', 'unban 192.0.2.1', 'unban 192.0.2.2', 'stop']);
  });
});

describe('an action that tells the families apart', () => {
  it('starts a family just before its first ban', async () => {
    const runner = new RecordingRunner();
    const backend = backendOf(twoParts, runner);
    await backend.start();
    expect(runner.take()).toEqual([]);
    await backend.apply([ban('2001:db8::1'), ban('2001:db8::2'), ban('192.0.2.1')]);
    expect(runner.take()).toEqual([
      ...['start six', 'ban 2001:db8::1', 'ban 2001:db8::2'],
      ...['start four', 'ban 192.0.2.1'],
    ]);
  });

  it('stops only what was started', async () => {
    const runner = new RecordingRunner();
    const backend = backendOf(twoParts, runner);
    await backend.apply([ban('2001:db8::1'), unban('2001:db8::1')]);
    runner.take();
    await backend.stop();
    expect(runner.take()).toEqual(['stop six']);
  });

  it('starts all families with the jail when it is not on demand', async () => {
    const runner = new RecordingRunner();
    const text = twoParts.replace('[Definition]', '[Definition]\nactionstart_on_demand = false');
    await backendOf(text, runner).start();
    expect(runner.take()).toEqual(['start four', 'start six']);
  });

  it('stops what it started when another family does not start', async () => {
    const runner = failing({ 'start six': [1] });
    const text = twoParts.replace('[Definition]', '[Definition]\nactionstart_on_demand = false');
    await expect(backendOf(text, runner).start()).rejects.toThrow('actionstart of test');
    expect(runner.take()).toEqual(['start four', 'start six', 'stop four']);
  });

  it('runs one command text once for both families', async () => {
    const runner = new RecordingRunner();
    const backend = backendOf(`${twoParts.replaceAll(/ <set>/g, '')}`.replace('unban <ip>', ''), runner);
    await backend.apply([ban('192.0.2.1'), ban('2001:db8::1')]);
    await backend.stop();
    expect(runner.take()).toEqual(['start', 'ban 192.0.2.1', 'ban 2001:db8::1', 'stop']);
  });

  it('tries to start again at the next ban when a start failed', async () => {
    const runner = failing({ 'start four': [1] });
    const backend = backendOf(twoParts, runner);
    const outcomes = await backend.apply([ban('192.0.2.1'), ban('192.0.2.2')]);
    expect(outcomes.map(({ ok }) => ok)).toEqual([false, true]);
    expect(outcomes[0]?.error?.message).toContain('actionstart of test in jail sshd');
    expect(runner.take()).toEqual(['start four', 'start four', 'ban 192.0.2.2']);
  });
});

describe('a restored ban', () => {
  const restored = ban('192.0.2.1', 600_000, { restored: true });

  it('is run again', async () => {
    const runner = new RecordingRunner();
    await backendOf(onePart.replace('ban <ip>', 'ban <ip> <restored>'), runner).apply([restored]);
    expect(runner.take()).toEqual(['start', 'ban 192.0.2.1 1']);
  });

  it('is not run with norestored, but its unban is', async () => {
    const runner = new RecordingRunner();
    const backend = backendOf(`${onePart}norestored = 1\n`, runner);
    const outcomes = await backend.apply([restored, ban('192.0.2.2'), unban('192.0.2.1')]);
    expect(outcomes.every(({ ok }) => ok)).toBe(true);
    expect(runner.take()).toEqual(['start', 'ban 192.0.2.2', 'unban 192.0.2.1']);
  });
});

describe('an abort', () => {
  it('leaves the events that are still to come undone', async () => {
    const abort = new AbortController();
    const runner = new RecordingRunner((script) => {
      if (script === 'ban 192.0.2.1') abort.abort();
      return undefined;
    });
    const outcomes = await backendOf(onePart, runner).apply([ban('192.0.2.1'), ban('192.0.2.2')], abort.signal);
    expect(outcomes.map(({ error }) => error?.code)).toEqual([undefined, 'ERR_BAN_ACTION_ABORTED']);
    expect(runner.take()).toEqual(['start', 'ban 192.0.2.1']);
  });

  it('ends a command that runs, without check and second try', async () => {
    const abort = new AbortController();
    const backend = fail2banAction(actionOf('[Definition]\nactionban = exec sleep 1000\nactioncheck = false\n'), {
      jail: 'sshd',
    });
    const applied = backend.apply([ban('192.0.2.1')], abort.signal);
    abort.abort();
    expect((await applied)[0]?.error?.code).toBe('ERR_BAN_ACTION_ABORTED');
  });
});

describe('options and tags', () => {
  it('fills in what is the same for all bans', async () => {
    const runner = new RecordingRunner();
    const text = '[Definition]\nactionstart = <jail.name> <fq-hostname> <sh-hostname> <time> <bantime><br>[<ip>]\n';
    const names = { hostName: 'web', qualifiedHostName: 'web.example.com' };
    await backendOf(text, runner, { ...names, clock: fixedClock(1_500), banTimeMs: Infinity }).start();
    expect(runner.take()).toEqual(['sshd web.example.com web 1.5 -1\n[]']);
  });

  it('asks for the counters of the jail when a command names them', async () => {
    const runner = new RecordingRunner();
    const text = '[Definition]\nactionban = <jail.banned>/<jail.banned_total> <jail.found>/<jail.found_total>\n';
    const counts = { banned: 1, bannedTotal: 2, found: 3, foundTotal: 4 };
    await backendOf(text, runner, { counts: () => counts }).apply([ban('192.0.2.1')]);
    expect(runner.take()).toEqual(['1/2 3/4']);
  });

  it('refuses <jail.banned> where no counters are given', () => {
    const text = '[Definition]\nactionban = echo <jail.banned>\n';
    const message = /<jail\.banned> is not known here; take it out, or give the option `counts`/;
    expect(() => backendOf(text, new RecordingRunner())).toThrow(message);
  });

  it('tells the past of an address where there is a history, and this ban where there is none', async () => {
    const text = '[Definition]\nactionban = <ipfailures> <ipjailfailures> <ipmatches> <ipjailmatches>\n';
    const runner = new RecordingRunner();
    const event = ban('192.0.2.1', 1000, { matches: ['this'] });
    await backendOf(text, runner).apply([event]);
    const history: FailureHistory = {
      failuresOf: (id, where) =>
        where === 'jail' ? { failures: 7, matches: [`of ${id}`] } : { failures: 9, matches: ['everywhere'] },
    };
    await backendOf(text, runner, { history }).apply([event]);
    expect(runner.take()).toEqual(['3 3 this this', '9 7 everywhere of 192.0.2.1']);
  });

  it('asks for the name of an address only when a command is to be told it', async () => {
    const asked: string[] = [];
    const resolver: NameResolver = {
      addressesOf: () => [],
      nameOf: (address) => {
        asked.push(address.text);
        return address.family === 4 ? 'host.example.net' : undefined;
      },
    };
    const runner = new RecordingRunner();
    await backendOf('[Definition]\nactionban = mail <ip>\n', runner, { resolver }).apply([ban('192.0.2.1')]);
    expect(asked).toEqual([]);
    const backend = backendOf('[Definition]\nactionban = mail <ip-host>\n', runner, { resolver });
    await backend.apply([ban('192.0.2.1'), ban('2001:db8::1')]);
    expect(runner.take()).toEqual(['mail 192.0.2.1', 'mail host.example.net', 'mail 2001:db8::1']);
  });

  it('prolongs a ban, but not a restored one that it was not run for', async () => {
    const runner = new RecordingRunner();
    const text =
      '[Definition]\nnorestored = 1\nactionban = ban <ip>\nactionprolong = prolong <ip> <bantime> <bancount>\n';
    const restored = ban('192.0.2.2', 1000, { restored: true });
    const events = [ban('192.0.2.1'), restored, prolonged('192.0.2.1', 90_000), prolonged('192.0.2.2', 90_000)];
    await backendOf(text, runner).apply(events);
    expect(runner.take()).toEqual(['ban 192.0.2.1', 'prolong 192.0.2.1 90 2']);
  });

  it('lets all in by one flush, after which their unbans need no command', async () => {
    const runner = new RecordingRunner();
    const text = '[Definition]\nactionban = ban <ip>\nactionunban = unban <ip>\nactionflush = flush\n';
    const backend = backendOf(text, runner);
    await backend.apply([ban('192.0.2.1'), ban('192.0.2.2')]);
    await backend.flush();
    await backend.apply([unban('192.0.2.1'), ban('192.0.2.3'), unban('192.0.2.3')]);
    expect(runner.take()).toEqual(['ban 192.0.2.1', 'ban 192.0.2.2', 'flush', 'ban 192.0.2.3', 'unban 192.0.2.3']);
  });

  it('does what it is told by hand, whatever was done before', async () => {
    const runner = new RecordingRunner();
    const action = backendOf(`${onePart}actionreload = reload\n`, runner);
    await action.perform('actionunban', ban('192.0.2.1'));
    await action.reload();
    await action.start();
    await action.reload();
    await action.perform('actionstop');
    expect(runner.take()).toEqual(['unban 192.0.2.1', 'start', 'reload', 'stop']);
  });

  it.each<[Partial<Fail2banActionOptions>, RegExp]>([
    [{ jail: '' }, /jail: expected the jail's name/],
    [{ maxBans: 0 }, /maxBans: expected an integer of at least 1, not 0/],
    [{ banTimeMs: Number.NaN }, /banTimeMs: expected a number of at least 0/],
    [{ checkIntervalMs: -1 }, /checkIntervalMs/],
  ])('refuses %j', (options, message) => {
    expect(() => backendOf(onePart, new RecordingRunner(), options)).toThrow(message);
  });
});
