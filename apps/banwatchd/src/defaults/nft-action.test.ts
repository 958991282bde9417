import { loadActionConfig } from '@sluice/fail2ban-config/loader';
import { describeWith, program } from '../../../../tools/testing/describe-with.ts';
import { runProgram } from '../../../../tools/testing/run-program.ts';
import { defaultsDir } from './defaults-dir.ts';

const root = { text: 'the rights of root, for a network namespace', isThere: process.getuid?.() === 0 };
const needs = [program('nft', 'nftables'), program('unshare', 'util-linux'), root];

describeWith(needs, 'the action that comes with banwatchd, in a network namespace of its own', () => {
  const action = loadActionConfig('nft[name=web-probes, port="http,8000:8010"]', {
    configDir: defaultsDir(),
    jail: 'web',
  });
  const { commands, commandsV6 } = action;
  const fill = (command: string, address: string) => command.replaceAll('<ip>', address);
  const list = 'nft list table inet banwatchd | tr -s "\\n\\t " " "; echo';

  /** Runs scripts one after the other; gives what they print, a line for each list. */
  function run(scripts: readonly string[]): string[] {
    const { status, out, errors } = runProgram(['unshare', '-n', 'sh', '-ec', scripts.join('\n')], {
      env: process.env,
    });
    expect({ status, errors }).toEqual({ status: 0, errors: '' });
    return out.trimEnd().split('\n');
  }

  test('drops who is banned on the ports of the jail, IPv4 and IPv6 apart, and lets them in again', () => {
    const start = [commands.actionstart, commandsV6.actionstart];
    const check = [commands.actioncheck, commandsV6.actioncheck];
    const ban = [fill(commands.actionban, '192.0.2.7'), fill(commandsV6.actionban, '2001:db8::7')];
    const unban = [fill(commands.actionunban, '192.0.2.7'), fill(commandsV6.actionunban, '2001:db8::7')];
    const [banned = '', let_in = ''] = run([...start, ...check, ...ban, list, ...unban, ...check, list]);
    expect(banned).toMatch(/set web-probes-ip4 \{ type ipv4_addr elements = \{ 192\.0\.2\.7 \} \}/);
    expect(banned).toMatch(/set web-probes-ip6 \{ type ipv6_addr elements = \{ 2001:db8::7 \} \}/);
    expect(banned).toMatch(/tcp dport \{ 80, 8000-8010 \} ip saddr @web-probes-ip4 counter packets 0 bytes 0 drop/);
    expect(banned).toMatch(/tcp dport \{ 80, 8000-8010 \} ip6 saddr @web-probes-ip6 counter packets 0 bytes 0 drop/);
    expect(let_in).not.toContain('elements');
  });

  test('empties its sets at once, and leaves nothing of the jail behind', () => {
    const ban = [1, 2, 3].map((last) => fill(commands.actionban, `192.0.2.${last}`));
    const [emptied = '', stopped = ''] = run([
      commands.actionstart,
      ...ban,
      commands.actionflush,
      list,
      fill(commands.actionban, '192.0.2.9'),
      commands.actionstop,
      list,
    ]);
    expect(emptied).toContain('set web-probes-ip4 { type ipv4_addr }');
    expect(stopped.trim()).toBe('table inet banwatchd { }');
  });

  test('is started for a family with its first ban', () => {
    expect(action).toMatchObject({ families: ['inet4', 'inet6'], startOnDemand: true });
  });
});
