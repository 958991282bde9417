import { fixedClock } from '@sluice/pipeline';
import type { Command, CommandResult, CommandRunner } from '../commands/command-runner.ts';
import { dryRun } from '../dry-run.ts';
import { alreadyBanned, ban, unban } from '../testing/events.ts';
import { iptables } from './iptables.ts';
import type { IptablesOptions } from './options.ts';

/** A runner that writes down what it is to run and answers as it is told. */
const recorder = (
  answer: (command: Command) => Partial<CommandResult>,
): CommandRunner & { readonly commands: Command[] } => {
  const commands: Command[] = [];
  return {
    commands,
    run: async (command) => {
      commands.push(command);
      return { exitCode: 0, stdout: '', stderr: '', timedOut: false, ...answer(command) };
    },
  };
};
const saved = `*filter
:INPUT ACCEPT [0:0]
:sluice - [0:0]
-A INPUT ! -i lo -j sluice
-A sluice -s 255.255.255.255/32 -j RETURN
-A sluice -s 203.0.113.1/32 -j DROP
COMMIT
`;
const clock = fixedClock(1000);

describe('iptables', () => {
  test('a batch is one restore, which looks whether the chain is what it was', async () => {
    const runner = recorder(({ argv }) => ({ stdout: argv[0] === 'iptables-save' ? saved : '' }));
    const backend = iptables({ runner, families: [4], timeoutMs: 5000 });
    await backend.start();
    runner.commands.length = 0;
    await backend.apply([ban('203.0.113.1'), ban('203.0.113.7'), unban('203.0.113.9')]);
    expect(runner.commands).toMatchObject([
      {
        argv: ['iptables-restore', '-w', '5', '--noflush'],
        input: `*filter
-C INPUT ! -i lo -j sluice
-C sluice -s 255.255.255.255/32 -j RETURN
-A sluice -s 203.0.113.7/32 -j DROP
COMMIT
`,
      },
    ]);
  });

  test('what is too much for one transaction is cut in halves', async () => {
    const sizes: number[] = [];
    const runner = recorder(({ argv, input = '' }) => {
      if (argv[0] === 'iptables-save') return { stdout: saved };
      if (argv[0] !== 'iptables-restore') return {};
      sizes.push(input.split('\n').length - 3);
      return (sizes.at(-1) as number) > 60 ? { exitCode: 4, stderr: 'sendmsg() failed: Message too long\n' } : {};
    });
    const backend = iptables({ runner, families: [4] });
    await backend.start();
    const outcomes = await backend.apply(Array.from({ length: 98 }, (_, n) => ban(`10.0.0.${n}`)));
    expect(outcomes.every(({ ok }) => ok)).toBe(true);
    expect(sizes).toEqual([100, 50, 50]);
  });

  test('after a failure that may have done a part it reads what stands before it goes on', async () => {
    let isHung = false;
    const runner = recorder(({ argv }) => {
      if (argv[0] === 'iptables-save') return { stdout: saved };
      return isHung && argv[0] === 'iptables-restore' ? ({ exitCode: undefined, timedOut: true } as never) : {};
    });
    const backend = iptables({ runner, families: [4] });
    await backend.start();
    isHung = true;
    expect(await backend.apply([ban('203.0.113.7')])).toMatchObject([{ error: { code: 'ERR_BAN_ACTION_TIMEOUT' } }]);
    isHung = false;
    runner.commands.length = 0;
    await backend.apply([ban('203.0.113.8')]);
    expect(runner.commands[0]?.argv).toEqual(['iptables-save', '-t', 'filter']);
  });

  test.each([
    ['Another app is currently holding the xtables lock; still 9s 0us time ahead', 'ERR_BAN_ACTION_TIMEOUT'],
    ["Fatal: can't open lock file /run/xtables.lock: Permission denied", 'ERR_BAN_ACTION_PERMISSION'],
    [
      "can't initialize iptables table `filter': Table does not exist (do you need to insmod?)",
      'ERR_BAN_ACTION_UNSUPPORTED',
    ],
  ])('%s', async (stderr, code) => {
    const runner = recorder(() => ({ exitCode: 4, stderr }));
    await expect(iptables({ runner }).start()).rejects.toMatchObject({ code });
  });

  test('a dry run writes what a run would do and runs nothing', async () => {
    const runner = recorder(() => ({}));
    const written: string[] = [];
    const backend = iptables({ runner, clock, onStop: 'delete', families: [6], variant: 'nft', deny: 'reject' });
    const dry = dryRun(backend, { write: (command) => written.push(command) });
    await dry.start();
    expect(written).toEqual(backend.startCommands());
    expect(written.at(-1)).toBe(
      "ip6tables-nft -w 30 -t filter -C INPUT '!' -i lo -j sluice || ip6tables-nft -w 30 -t filter -I INPUT 1 '!' -i lo -j sluice",
    );
    written.length = 0;
    await dry.apply([ban('2001:db8::1'), alreadyBanned('2001:db8::1', 900_000)]);
    await dry.apply([alreadyBanned('2001:db8::1', 990_000), ban('203.0.113.7')]);
    await dry.apply([unban('2001:db8::1')]);
    await dry.stop();
    expect(written).toEqual([
      'ip6tables-nft -w 30 -t filter -A sluice -s 2001:db8::/64 -j REJECT',
      'ip6tables-nft -w 30 -t filter -D sluice -s 2001:db8::/64 -j REJECT',
      "ip6tables-nft -w 30 -t filter -D INPUT '!' -i lo -j sluice",
      'ip6tables-nft -w 30 -t filter -F sluice',
      'ip6tables-nft -w 30 -t filter -X sluice',
    ]);
    expect(runner.commands).toEqual([]);
  });

  test.each<[object, string]>([
    [
      { ownChain: 'a b' },
      'ownChain: expected a letter and up to 27 letters, digits, `_`, `.` and `-`, not a b (string)',
    ],
    [{ ownChain: 'INPUT' }, 'ownChain: expected another chain than `chain`, not INPUT (string)'],
    [{ onStop: 'leave' }, 'onStop: expected one of keep, flush, delete, not leave (string)'],
  ])('refuses %j', (options, message) => {
    expect(() => iptables(options as IptablesOptions)).toThrow(
      expect.objectContaining({ code: 'ERR_BAN_ACTION_OPTION', message }),
    );
  });
});
