import { describeWith, program } from '../../../tools/testing/describe-with.ts';
import { LinkedNamespaces } from '../../../tools/testing/linked-namespaces.ts';
import { logrotateProgram } from '../../../tools/testing/logrotate.ts';
import { namespaces } from '../../../tools/testing/network-namespace.ts';
import { banTimeMs, StockMachine, stockFiles } from './testing/stock-machine.ts';

const attacker = '10.77.0.1';
const visitor = '10.77.0.5';

describeWith(
  [...namespaces, program('iptables'), logrotateProgram, stockFiles],
  "Debian's fail2ban configuration, unchanged, and a real attacker",
  () => {
    let net: LinkedNamespaces;
    let machine: StockMachine;
    beforeAll(async () => {
      net = await LinkedNamespaces.open();
      machine = new StockMachine(net);
      await machine.start();
    });
    afterAll(async () => {
      await machine[Symbol.asyncDispose]();
      await net.close();
    });

    const isCutOff = (from: string): boolean => net.request(from) !== 'served';

    test('iptables-multiport: banned at the fifth failure, by a real rule, and nobody else', async () => {
      machine.failAtSsh(attacker, 4);
      await machine.until('four failures', () => machine.lines(`[sshd] Found ${attacker}`).length === 4);
      expect(net.request(attacker)).toBe('served');
      machine.failAtSsh(attacker, 1);
      await machine.until('the attacker to be cut off', () => isCutOff(attacker));
      expect(machine.lines('[sshd] Ban')).toEqual([`NOTICE  [sshd] Ban ${attacker}`]);
      expect(net.server.run('iptables', '-S', 'f2b-sshd')).toContain(`-s ${attacker}/32 -j REJECT`);
      expect(net.request(visitor)).toBe('served');
    });

    test('the ban survives kill -9, stands once after the restart and ends on time', async () => {
      await machine.end('SIGKILL');
      expect(isCutOff(attacker)).toBe(true);
      await machine.start();
      await machine.until('the ban to be restored', () => machine.lines('[sshd] Restore Ban').length === 1);
      await machine.until('one rule', () => rulesOf(attacker).length === 1);
      expect(isCutOff(attacker)).toBe(true);
      await machine.until('the end of the ban', () => !isCutOff(attacker));
      expect(machine.lines('[sshd] Unban')).toEqual([`NOTICE  [sshd] Unban ${attacker}`]);
      expect(machine.lines('[sshd] Ban')).toHaveLength(1);
      expect(bannedForMs(machine, 'sshd', attacker)).toBeGreaterThan(banTimeMs - 2000);
      expect(bannedForMs(machine, 'sshd', attacker)).toBeLessThan(banTimeMs + 2000);
    });
    const rulesOf = (address: string): readonly string[] =>
      net.server
        .run('iptables', '-S')
        .split('\n')
        .filter((rule) => rule.includes(address));

    test('nftables-allports: banned, and still so after a reload that changes another jail', async () => {
      machine.failAtApache(attacker, 5);
      await machine.until('the attacker to be cut off', () => isCutOff(attacker));
      expect(machine.lines('[apache-auth] Ban')).toEqual([`NOTICE  [apache-auth] Ban ${attacker}`]);
      expect(net.server.run('nft', 'list', 'ruleset')).toMatch(/addr-set-apache-auth[^}]*10\.77\.0\.1/s);
      machine.failAtSsh(visitor, 2);
      await machine.until('two failures', () => machine.lines(`[sshd] Found ${visitor}`).length === 2);
      machine.configure(3);
      await machine.reload();
      expect(isCutOff(attacker)).toBe(true);
      expect(machine.lines('Flush ticket')).toEqual([]);
      // Two failures were counted before the reload, by which three are enough.
      machine.failAtSsh(visitor, 1);
      await machine.until('the other one to be cut off', () => isCutOff(visitor));
    });

    test('recidive reads our own log, over its rotation, and bans who was banned three times', async () => {
      await machine.until('the ends of the bans', () => !isCutOff(attacker) && !isCutOff(visitor));
      machine.rotate('auth.log');
      machine.failAtSsh(attacker, 3);
      await machine.until('the third ban', () => machine.lines(`[sshd] Ban ${attacker}`).length === 2);
      await machine.until('recidive', () => machine.lines(`[recidive] Ban ${attacker}`).length === 1);
      // The line that was read just before the kill is found again after it, as its count was lost with the process.
      expect(new Set(machine.lines('[recidive] Found')).size).toBe(4);
    });

    test('the end takes away what the actions made, and the state brings it back', async () => {
      await machine.end('SIGTERM');
      expect(net.server.run('iptables', '-S')).not.toContain('f2b-sshd');
      expect(net.request(attacker)).toBe('served');
      await machine.start();
      await machine.until('the ban of recidive', () => isCutOff(attacker));
      expect(machine.lines('[recidive] Restore Ban')).toHaveLength(1);
      expect(machine.lines('ERROR')).toEqual([]);
    });
  },
);

/** How long a ban stood by the times of its lines in the log. */
function bannedForMs(machine: StockMachine, jail: string, id: string): number {
  const timeOf = (text: string): number => {
    const line =
      machine
        .read(machine.log)
        .split('\n')
        .find((one) => one.includes(`[${jail}] ${text} ${id}`)) ?? '';
    return Date.parse(line.slice(0, 23).replace(',', '.'));
  };
  return timeOf('Unban') - timeOf('Ban');
}
