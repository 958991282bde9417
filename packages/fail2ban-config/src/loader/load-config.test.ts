import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { testWith } from '../../../../tools/testing/describe-with.ts';
import { newFolder } from '../../../../tools/testing/new-folder.ts';
import { Fail2banConfigError } from '../fail2ban-config-error.ts';
import { loadActionConfig, loadConfig, loadFilterConfig } from './load-config.ts';
import { MAX_FILE_BYTES, nodeConfigFiles } from './node-config-files.ts';

describe('the loader', () => {
  let dir: string;
  beforeEach(() => {
    dir = newFolder();
    mkdirSync(path.join(dir, 'filter.d'));
    mkdirSync(path.join(dir, 'action.d'));
    mkdirSync(path.join(dir, 'jail.d'));
    write('jail.conf', '[good]\nenabled = true\n');
  });

  const write = (name: string, content: string | Uint8Array) => writeFileSync(path.join(dir, name), content);
  const problems = () => loadConfig(dir).problems.map(({ error, jail }) => [jail, error.message]);
  const jails = () => loadConfig(dir).jails.map(({ name }) => name);

  test('reads jails, filters and actions from disk', () => {
    write('filter.d/x.conf', '[Definition]\nfailregex = ^<HOST>\n');
    write('action.d/y.conf', '[Definition]\nactionban = ban <ip> in <name>\n');
    write('jail.d/x.conf', '[x]\nenabled = true\nfilter = x\naction = y\n');
    expect(jails()).toEqual(['good', 'x']);
    expect(loadFilterConfig('x', { configDir: dir }).failRegex[0]?.place).toEqual({
      file: `${dir}/filter.d/x.conf`,
      line: 2,
    });
    expect(loadActionConfig('y', { configDir: dir, jail: 'j' }).commands.actionban).toBe('ban <ip> in j');
  });

  test('reports a file that is not UTF-8, and reads the others', () => {
    write('jail.d/latin1.conf', Buffer.from([0x5b, 0xe4, 0x5d]));
    expect(problems()).toEqual([[undefined, `${dir}/jail.d/latin1.conf: is not UTF-8; convert it (iconv -t UTF-8)`]]);
    expect(jails()).toEqual(['good']);
  });

  test('reports a folder and a pipe in place of a file, and waits for neither', () => {
    mkdirSync(path.join(dir, 'jail.d/folder.conf'));
    execFileSync('mkfifo', [path.join(dir, 'jail.d/pipe.conf')]);
    expect(problems()).toEqual([
      [undefined, `${dir}/jail.d/folder.conf: is no regular file; remove it, or put a file in its place`],
      [undefined, `${dir}/jail.d/pipe.conf: is no regular file; remove it, or put a file in its place`],
    ]);
    expect(jails()).toEqual(['good']);
  });

  test('reports a file over the bound, and the filter that needs it', () => {
    write('filter.d/big.conf', `[Definition]\n#${'x'.repeat(MAX_FILE_BYTES)}\n`);
    write('jail.local', '[big]\nenabled = true\nfilter = big\n');
    expect(problems()).toEqual([
      ['big', expect.stringMatching(/big\.conf: has \d+ bytes, over the bound of 4194304; split it$/)],
    ]);
    expect(jails()).toEqual(['good']);
  });

  const user = { text: 'a user who is not root', isThere: process.getuid?.() !== 0, isOptional: true };
  testWith([user], 'reports a file that this user may not read', () => {
    write('jail.d/secret.conf', '[s]\n');
    execFileSync('chmod', ['000', path.join(dir, 'jail.d/secret.conf')]);
    expect(problems()).toEqual([
      [undefined, `${dir}/jail.d/secret.conf: cannot be read: EACCES; let this user read it (chmod, chown)`],
    ]);
    expect(jails()).toEqual(['good']);
  });

  test('skips a link that leads nowhere', () => {
    execFileSync('ln', ['-s', '/nowhere', path.join(dir, 'jail.d/gone.conf')]);
    expect(problems()).toEqual([]);
    expect(nodeConfigFiles.list(path.join(dir, 'nope'))).toEqual([]);
  });

  test('reports links in a circle', () => {
    execFileSync('ln', ['-s', 'loop.conf', path.join(dir, 'jail.d/loop.conf')]);
    expect(problems()).toEqual([[undefined, `${dir}/jail.d/loop.conf: cannot be read: ELOOP; repair or remove it`]]);
  });

  test('throws for a filter or action that is asked for by itself', () => {
    expect(() => loadFilterConfig('nope', { configDir: dir })).toThrow(Fail2banConfigError);
    expect(() => loadActionConfig('nope', { configDir: dir })).toThrow(Fail2banConfigError);
  });
});

describe('the example configuration', () => {
  const dir = fileURLToPath(new URL('../../../../examples/fail2ban', import.meta.url));

  test('gives the jail as it was published, with its six regular expressions', () => {
    const { jails, problems } = loadConfig(dir);
    expect(problems).toEqual([]);
    expect(jails).toHaveLength(1);
    expect(jails[0]).toMatchObject({
      name: 'apache-e107ddos',
      maxRetry: 1,
      findTimeMs: 600_000,
      banTimeMs: 600_000,
      ignoreIp: ['127.0.0.1/8', '::1'],
      logPaths: [{ glob: '/var/log/apache*/*access.log', from: 'head', place: { file: `${dir}/jail.local`, line: 6 } }],
      filter: { name: 'apache-e107ddos', ignoreRegex: [] },
    });
    const published = readFileSync(`${dir}/filter.d/apache-e107ddos.conf`, 'utf8').split('\n');
    const regexes = jails[0]?.filter?.failRegex ?? [];
    expect(regexes.map(({ place }) => place.line)).toEqual([2, 3, 4, 5, 6, 7]);
    for (const { value, place } of regexes)
      expect(published[place.line - 1]?.replace('failregex =', '').trim()).toBe(value);
  });

  test("bans in a chain of the jail's own, by iptables and ip6tables", () => {
    const [action] = loadConfig(dir).jails[0]?.actions ?? [];
    expect(action?.commands.actionban).toBe(
      'iptables -w -I f2b-apache-e107ddos -s <ip> -j REJECT --reject-with icmp-port-unreachable',
    );
    expect(action?.commandsV6.actionban).toBe(
      'ip6tables -w -I f2b-apache-e107ddos -s <ip> -j REJECT --reject-with icmp6-port-unreachable',
    );
    expect(action).toMatchObject({ name: 'iptables-allports', startOnDemand: true, families: ['inet4', 'inet6'] });
    expect(JSON.stringify([action?.commands, action?.commandsV6])).not.toMatch(/<(?!ip>)/);
  });
});
