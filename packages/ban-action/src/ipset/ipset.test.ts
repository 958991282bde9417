import { fixedClock } from '@sluice/pipeline';
import type { Command, CommandResult, CommandRunner } from '../commands/command-runner.ts';
import { dryRun } from '../dry-run.ts';
import { alreadyBanned, ban, unban } from '../testing/events.ts';
import { ipset } from './ipset.ts';
import type { IpsetOptions } from './options.ts';

const at = { timeMs: 1000, endMs: 601_000 };
const clock = fixedClock(1000);

/** A runner that writes down what it is to run and answers as it is told; a rule is always there. */
const recorder = (
  answer: (command: string) => Partial<CommandResult> = () => ({}),
): CommandRunner & { readonly commands: Command[] } => {
  const commands: Command[] = [];
  return {
    commands,
    run: async (command) => {
      commands.push(command);
      return { exitCode: 0, stdout: '', stderr: '', timedOut: false, ...answer(command.argv.join(' ')) };
    },
  };
};

describe('ipset', () => {
  test('gives ipset its lines as input, in one call, and needs no shell', async () => {
    const runner = recorder();
    const backend = ipset({ runner, clock });
    const comment = { ...at, jail: 'x" \nflush sluice4' };
    await backend.apply([ban('203.0.113.7', 0, at), ban('2001:db8:1:2::3', 0, comment), unban('203.0.113.8')]);
    expect(
      runner.commands.find(({ argv }) => argv.join(' ') === 'ipset restore -!')?.input,
    ).toBe(`add sluice4 203.0.113.7/32 timeout 600 comment "sshd"
add sluice6 2001:db8:1:2::/64 timeout 600
del sluice4 203.0.113.8/32
`);
  });

  test('a time is rounded up to whole seconds, and one that ipset cannot count is for ever', () => {
    const backend = ipset({ clock });
    const lasting = (ms: number): string | undefined => backend.commands(ban('10.0.0.1', 0, { endMs: 1000 + ms }))[0];
    expect(lasting(1)).toMatch(/ timeout 1 /);
    expect(lasting(1001)).toMatch(/ timeout 2 /);
    expect(lasting(2_147_483_000)).toMatch(/ timeout 2147483 /);
    expect(lasting(2_147_483_001)).toMatch(/ timeout 0 /);
    expect(lasting(Number.POSITIVE_INFINITY)).toMatch(/ timeout 0 /);
  });

  test('tells the very commands, as lines to paste into a shell', () => {
    const backend = ipset({ clock, prefix: ['ip', 'netns', 'exec', 'web 1'], families: [4], setPrefix: 'banned' });
    const before = "ip netns exec 'web 1'";
    expect(backend.startCommands()).toEqual([
      `${before} ipset -! create banned4 hash:net family inet hashsize 1024 maxelem 1048576 timeout 0 comment`,
      `${before} ipset -! add banned4 255.255.255.255/32 timeout 0 comment "sluice"`,
      `${before} iptables -w 30 -t filter -C INPUT '!' -i lo -m set --match-set banned4 src -j DROP || ` +
        `${before} iptables -w 30 -t filter -I INPUT 1 '!' -i lo -m set --match-set banned4 src -j DROP`,
    ]);
    expect(backend.commands(ban('203.0.113.7', 0, at))).toEqual([
      `${before} ipset -! add banned4 203.0.113.7/32 timeout 600 comment "sshd"`,
    ]);
    expect(backend.commands(unban('203.0.113.7'))).toEqual([`${before} ipset -! del banned4 203.0.113.7/32`]);
    expect(backend.commands(ban('session 17'))).toEqual([]);
  });

  test('a dry run writes what a run would do and runs nothing', async () => {
    const runner = recorder();
    const written: string[] = [];
    const backend = ipset({ runner, clock, onStop: 'delete', families: [6], variant: 'legacy' });
    const dry = dryRun(backend, { write: (command) => written.push(command) });
    await dry.start();
    expect(written).toEqual(backend.startCommands());
    written.length = 0;
    await dry.apply([ban('2001:db8::1', 0, at), alreadyBanned('2001:db8::1', 0, { endMs: 901_000 })]);
    await dry.stop();
    expect(written).toEqual([
      'ipset -! add sluice6 2001:db8::/64 timeout 900 comment "sshd"',
      "ip6tables-legacy -w 30 -t filter -D INPUT '!' -i lo -m set --match-set sluice6 src -j sluice6",
      'ip6tables-legacy -w 30 -t filter -F sluice6',
      'ip6tables-legacy -w 30 -t filter -X sluice6',
      'ipset -! destroy sluice6',
    ]);
    expect(runner.commands).toEqual([]);
  });

  test.each([
    ['ipset v7.17: Cannot open session to kernel.', 'ERR_BAN_ACTION_UNSUPPORTED'],
    ['ipset v7.17: Kernel error received: Operation not permitted', 'ERR_BAN_ACTION_PERMISSION'],
    ['ipset v7.17: Error in line 1: something else', 'ERR_BAN_ACTION_REFUSED'],
  ])('%s', async (stderr, code) => {
    const runner = recorder((command) => (command.startsWith('ipset restore') ? { exitCode: 1, stderr } : {}));
    expect(await ipset({ runner }).apply([ban('203.0.113.7')])).toMatchObject([{ ok: false, error: { code } }]);
  });

  test('an ipset that hangs is an error with the time it had', async () => {
    const runner = recorder(() => ({ exitCode: undefined, timedOut: true }) as never);
    await expect(ipset({ runner, timeoutMs: 50 }).start()).rejects.toMatchObject({
      code: 'ERR_BAN_ACTION_TIMEOUT',
      limit: 50,
    });
  });

  test('one that it talks to and that does not answer is ended after its time', async () => {
    const backend = ipset({ prefix: ['sh', '-c', 'exec sleep 60'], timeoutMs: 40 });
    expect(await backend.apply([ban('203.0.113.7')])).toMatchObject([{ error: { code: 'ERR_BAN_ACTION_TIMEOUT' } }]);
  });

  test('an abort ends the one that it talks to', async () => {
    const abort = new AbortController();
    const backend = ipset({ prefix: ['sh', '-c', 'exec sleep 60'] });
    const waiting = backend.apply([ban('203.0.113.7')], abort.signal);
    setTimeout(() => abort.abort(), 20);
    expect(await waiting).toMatchObject([{ error: { code: 'ERR_BAN_ACTION_ABORTED' } }]);
  });

  test.each<[object, string]>([
    [
      { setPrefix: '-x' },
      'setPrefix: expected a letter and up to 25 letters, digits, `_`, `.` and `-`, not -x (string)',
    ],
    [
      { chain: 'IN PUT' },
      'chain: expected a letter and up to 27 letters, digits, `_`, `.` and `-`, not IN PUT (string)',
    ],
    [{ table: 'nat' }, 'table: expected one of filter, raw, mangle, not nat (string)'],
    [{ table: 'raw', deny: 'reject' }, 'deny: expected drop in the table raw, not reject (string)'],
    [{ variant: 'ebtables' }, 'variant: expected one of system, nft, legacy, not ebtables (string)'],
    [{ families: [] }, 'families: expected a list of 4, 6 or both, not [] (string)'],
    [{ maxElements: 0 }, 'maxElements: expected an integer from 1 to 4294967294, not 0 (number)'],
    [{ prefix: [''] }, 'prefix: expected a program and its arguments, not [""] (string)'],
    [{ ipv6Prefix: 129 }, 'ipv6Prefix: expected an integer from 16 to 128, not 129 (number)'],
  ])('refuses %j', (options, message) => {
    expect(() => ipset(options as IpsetOptions)).toThrow(
      expect.objectContaining({ code: 'ERR_BAN_ACTION_OPTION', message }),
    );
  });
});
