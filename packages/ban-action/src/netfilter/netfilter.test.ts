import { fixedClock } from '@sluice/pipeline';
import type { Command, CommandRunner } from '../commands/command-runner.ts';
import { dryRun } from '../dry-run.ts';
import { alreadyBanned, ban, unban } from '../testing/events.ts';
import { netfilter } from './netfilter.ts';
import type { NetfilterOptions } from './netfilter-options.ts';

/** A runner that writes down what it is to run and answers as it is told. */
const recorder = (...stderrs: string[]): CommandRunner & { readonly commands: Command[] } => {
  const commands: Command[] = [];
  return {
    commands,
    run: async (command) => {
      commands.push(command);
      const stderr = stderrs.shift() ?? '';
      return { exitCode: stderr === '' ? 0 : 1, stdout: '', stderr, timedOut: false };
    },
  };
};

const at = (timeMs: number) => ({ timeMs, endMs: timeMs + 600_000 });

describe('netfilter', () => {
  test('gives nft its statements as input, in one call, and needs no shell', async () => {
    const runner = recorder();
    const backend = netfilter({ runner, clock: fixedClock(1000) });
    await backend.start();
    await backend.apply([ban('203.0.113.7', 600_000, at(1000)), ban('2001:db8:1:2::3', 600_000, at(500))]);
    expect(runner.commands.map(({ argv }) => argv)).toEqual([
      ['nft', '-f', '-'],
      ['nft', '-f', '-'],
    ]);
    expect(runner.commands[1]).toMatchObject({
      input: `add element inet sluice all4_32 {
203.0.113.7 timeout 600000ms comment "sshd"
}
add element inet sluice all6_64 {
2001:db8:1:2:: timeout 599500ms comment "sshd"
}
`,
      env: { LC_ALL: 'C' },
    });
  });

  test('a jail whose name is not plain leaves no trace in the text', async () => {
    const runner = recorder();
    const backend = netfilter({ runner });
    await backend.apply([ban('203.0.113.7', 1000, { jail: 'x" }\nflush ruleset #' })]);
    expect(runner.commands[0]?.input).not.toMatch(/flush|comment/);
  });

  test('runs nothing when there is nothing to change', async () => {
    const runner = recorder();
    const backend = netfilter({ runner, clock: fixedClock(10_000) });
    const outcomes = await backend.apply([ban('203.0.113.7', 1000, { endMs: 9000 }), ban('session 17')]);
    await backend.stop();
    expect(outcomes.map(({ ok }) => ok)).toEqual([true, false]);
    expect(runner.commands).toEqual([]);
  });

  test('cuts what is too much for one transaction, and cuts on where the buffer is smaller than that', async () => {
    const runner = recorder('netlink: Error: Could not process rule: Message too long\n');
    const events = Array.from({ length: 5000 }, (_, n) => ban(`10.0.${n >> 8}.${n & 255}`));
    const outcomes = await netfilter({ runner }).apply(events);
    expect([outcomes.length, outcomes.every(({ ok }) => ok)]).toEqual([5000, true]);
    expect(runner.commands.map(({ input }) => input?.match(/timeout/g)?.length)).toEqual([4000, 2000, 2000, 1000]);
  });

  test('an element that is too large all by itself is an error', async () => {
    const runner = recorder('netlink: Error: Could not process rule: Message too long\n');
    expect(await netfilter({ runner }).apply([ban('203.0.113.7')])).toMatchObject([
      { ok: false, error: { code: 'ERR_BAN_ACTION_TOO_LARGE' } },
    ]);
  });

  test('tries again without the element that the kernel refuses, and blames that one', async () => {
    const runner = recorder('/dev/stdin:3:1-9: Error: Could not process rule: Invalid argument\n203.0.113.2 …\n');
    const backend = netfilter({ runner });
    const outcomes = await backend.apply(['203.0.113.1', '203.0.113.2', '203.0.113.3'].map((id) => ban(id)));
    expect(outcomes.map(({ ok }) => ok)).toEqual([true, false, true]);
    expect(outcomes[1]?.error).toMatchObject({
      code: 'ERR_BAN_ACTION_REFUSED',
      message: '203.0.113.2 in all4_32: netfilter: Could not process rule: Invalid argument',
    });
    expect(runner.commands[1]?.input).not.toMatch(/203\.0\.113\.2 /);
  });

  test('gives up on a table where everything is refused', async () => {
    const stderrs = Array.from(
      { length: 99 },
      () => '/dev/stdin:2:1-9: Error: Could not process rule: Invalid argument',
    );
    const runner = recorder(...stderrs);
    const outcomes = await netfilter({ runner }).apply(Array.from({ length: 90 }, (_, n) => ban(`10.0.0.${n}`)));
    expect(outcomes.some(({ ok }) => ok)).toBe(false);
    expect(runner.commands.length).toBeLessThan(40);
  });

  test('a table that is gone for good fails all events with that reason', async () => {
    const gone = '/dev/stdin:1:18-21: Error: No such file or directory';
    const refused = '/dev/stdin:1:1-9: Error: Could not process rule: Operation not supported';
    const outcomes = await netfilter({ runner: recorder(gone, refused) }).apply([
      ban('203.0.113.7'),
      unban('203.0.113.8'),
    ]);
    expect(outcomes.map(({ error }) => error?.code)).toEqual([
      'ERR_BAN_ACTION_UNSUPPORTED',
      'ERR_BAN_ACTION_UNSUPPORTED',
    ]);
  });

  test('nft that hangs is an error with the time it had', async () => {
    const runner: CommandRunner = {
      run: async () => ({ exitCode: undefined, stdout: '', stderr: '', timedOut: true }),
    };
    await expect(netfilter({ runner, timeoutMs: 50 }).start()).rejects.toMatchObject({
      code: 'ERR_BAN_ACTION_TIMEOUT',
      limit: 50,
    });
  });

  test('tells the very commands, as lines to paste into a shell', () => {
    const backend = netfilter({ clock: fixedClock(1000), command: ['ip', 'netns', 'exec', 'web 1', 'nft'] });
    expect(backend.commands(ban('203.0.113.7', 600_000, at(1000)))).toEqual([
      `ip netns exec 'web 1' nft 'add element inet sluice all4_32 { 203.0.113.7 timeout 600000ms comment "sshd" }'`,
    ]);
    expect(backend.commands(unban('203.0.113.7')).map((command) => command.split('nft ')[1])).toEqual([
      `'add element inet sluice all4_32 { 203.0.113.7 timeout 1s }'`,
      `'delete element inet sluice all4_32 { 203.0.113.7 }'`,
    ]);
    expect(backend.commands(ban('session 17'))).toEqual([]);
    expect(backend.startCommands()[0]).toMatch(/nft 'add table inet sluice'$/);
  });

  test('a dry run writes what a run would do and runs nothing', async () => {
    const runner = recorder();
    const written: string[] = [];
    const backend = netfilter({ runner, clock: fixedClock(1000), onStop: 'delete' });
    const dry = dryRun(backend, { write: (command) => written.push(command) });
    await dry.start();
    expect(written).toEqual(backend.startCommands());
    written.length = 0;
    const outcomes = await dry.apply([
      ban('203.0.113.7', 600_000, at(1000)),
      alreadyBanned('203.0.113.7', 0, { endMs: 900_000 }),
    ]);
    expect(outcomes).toMatchObject([
      { ok: true, dryRun: true },
      { ok: true, dryRun: true },
    ]);
    expect(written).toEqual([`nft 'add element inet sluice all4_32 { 203.0.113.7 timeout 899000ms comment "sshd" }'`]);
    await dry.stop();
    expect(written.at(-1)).toBe(`nft 'delete table inet sluice'`);
    expect(runner.commands).toEqual([]);
  });

  test.each<[object, string]>([
    [{ table: '; flush' }, 'table: expected a letter and up to 63 letters, digits, `_` and `-`, not ; flush (string)'],
    [{ hook: 'output' }, 'hook: expected one of prerouting, input, not output (string)'],
    [{ deny: 'accept' }, 'deny: expected one of drop, reject, reset, not accept (string)'],
    [{ onStop: 'leave' }, 'onStop: expected one of keep, flush, delete, not leave (string)'],
    [{ priority: '0; }' }, 'priority: expected an integer from -2147483648 to 2147483647, not 0; } (string)'],
    [{ ipv4Prefix: 33 }, 'ipv4Prefix: expected an integer from 8 to 32, not 33 (number)'],
    [{ ipv6Prefix: 0 }, 'ipv6Prefix: expected an integer from 16 to 128, not 0 (number)'],
    [{ maxElements: 0 }, 'maxElements: expected an integer from 1 to 4294967295, not 0 (number)'],
    [{ allow: ['10.0.0.0/8', 'office'] }, 'allow[1]: expected an address or network, not office (string)'],
    [{ command: [] }, 'command: expected a program and its arguments, not [] (string)'],
  ])('refuses %j', (options, message) => {
    expect(() => netfilter(options as NetfilterOptions)).toThrow(
      expect.objectContaining({ code: 'ERR_BAN_ACTION_OPTION', message }),
    );
  });
});
