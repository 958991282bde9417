import { memoryFiles, readConfig } from '@sluice/fail2ban-config';
import { jailPorts } from './jail-ports.ts';
import { parseServices } from './service-ports.ts';

const services = parseServices(
  'ssh\t22/tcp\t\t# SSH\nhttp 80/tcp www\nhttps 443/tcp\ndomain 53/tcp\ndomain 53/udp\nodd 53\nsnmp 161/udp\n',
);

/** A jail whose stock action is given these. */
function jailOf(port: string, protocol = 'tcp') {
  const files = memoryFiles({
    '/c/jail.conf': `[web]
enabled = true
port = ${port}
protocol = ${protocol}
filter = f
logpath = /l
action = block[port="%(port)s", protocol="%(protocol)s"]
`,
    '/c/filter.d/f.conf': '[Definition]\nfailregex = <HOST>\n',
    '/c/action.d/block.conf': '[Definition]\nactionban = true <ip>\n',
  });
  const { jails, problems } = readConfig(files, '/c');
  expect(problems).toEqual([]);
  const [jail] = jails;
  if (jail === undefined) throw new Error('no jail');
  return jail;
}

const portsOf = (port: string, protocol?: string) =>
  jailPorts(jailOf(port, protocol), services)?.map((one) => `${one.port}/${one.protocol}`);

describe('the ports of a jail', () => {
  test.each([
    ['22', 'tcp', ['22/tcp']],
    ['ssh', 'tcp', ['22/tcp']],
    ['www,https,8080', 'tcp', ['80/tcp', '443/tcp', '8080/tcp']],
    ['http, http', 'tcp', ['80/tcp']],
    ['8000:8002', 'tcp', ['8000/tcp', '8001/tcp', '8002/tcp']],
    ['8000-8001', 'udp', ['8000/udp', '8001/udp']],
    ['domain', 'udp', ['53/udp']],
    ['domain', 'all', ['53/tcp', '53/udp']],
    ['http', 'udp', ['80/udp']],
  ] as const)('%s of %s are read', (port, protocol, wanted) => {
    expect(portsOf(port, protocol)).toEqual(wanted);
  });

  test.each(['0:65535', '1:65535', 'ssh,0:65535'])('%s is all traffic', (port) => {
    expect(portsOf(port)).toBeUndefined();
  });

  test.each([
    ['nosuch', 'tcp', /^\/c\/jail.conf:3: "nosuch" is no port; write a number, a range, or a name/],
    ['70000', 'tcp', /"70000" is no port/],
    ['90:80', 'tcp', /"90:80" is no port/],
    ['1000:1100', 'tcp', /1000:1100 are more than 64 ports; write port = 0:65535 for all/],
    [Array.from({ length: 65 }, (_, n) => n + 1).join(','), 'tcp', /more than 64 ports/],
    ['22', 'icmp', /protocol "icmp" has no ports; write protocol = tcp, udp or all/],
  ])('%s of %s are refused with file, line and cure', (port, protocol, message) => {
    expect(() => portsOf(port, protocol)).toThrow(
      expect.objectContaining({ code: 'ERR_BANWATCHD_BAN_WITH', message: expect.stringMatching(message) }),
    );
  });
});
