import { botFilter, botJail, hit } from '../testing/bot-jail.ts';
import { BotScene } from '../testing/bot-scene.ts';

let scene: BotScene;
beforeEach(() => {
  scene = new BotScene();
});
afterEach(() => scene[Symbol.asyncDispose]());

const start = (more: string) => {
  scene.write('fail2ban/jail.local', botJail('web', more));
  return scene.start();
};

describe('ignorecommand', () => {
  test('spares whom it says, in the order of the log', async () => {
    start('ignorecommand = test <ip> = 203.0.113.2\n');
    scene.append(hit('203.0.113.1'), hit('203.0.113.2'), hit('203.0.113.3'));
    await scene.until('the last ban', () => scene.logged(' Ban ').length === 2);
    expect(scene.logged('[web]')).toEqual([
      expect.stringContaining('Found 203.0.113.1'),
      'NOTICE  [web] Ban 203.0.113.1',
      'INFO    [web] Ignore 203.0.113.2 by command',
      expect.stringContaining('Found 203.0.113.3'),
      'NOTICE  [web] Ban 203.0.113.3',
    ]);
  });

  test('spares nobody when it fails, and the log says so', async () => {
    start('ignorecommand = echo out of order >&2; exit 7\n');
    scene.append(hit('203.0.113.1'));
    await scene.until('the ban', () => scene.logged(' Ban ').length === 1);
    expect(scene.logged('ignorecommand')).toEqual([
      'ERROR   [web] ignorecommand ended with exit code 7: out of order; 203.0.113.1 counts',
    ]);
  });

  test('is handed what a stranger wrote as an argument, and never runs it', async () => {
    scene.write('fail2ban/filter.d/bot.conf', botFilter.replace('perl post', 'agent=<F-AGENT>.*</F-AGENT> perl post'));
    start(`ignorecommand = echo <F-AGENT> > ${scene.path('said')}; exit 1\n`);
    scene.append(hit('203.0.113.1').replace('perl post', `agent=$(touch ${scene.path('hurt')}) perl post`));
    await scene.until('the ban', () => scene.logged(' Ban ').length === 1);
    expect(scene.read('said')).toBe(`$(touch ${scene.path('hurt')})\n`);
    expect(() => scene.read('hurt')).toThrow('ENOENT');
  });

  test('is asked once for what the cache holds', async () => {
    start(
      `ignorecommand = echo <ip> >> ${scene.path('asked')}; exit 1\nignorecache = key="<ip>", max-count=100, max-time=5m\n`,
    );
    scene.append(hit('203.0.113.1'), hit('203.0.113.1'), hit('203.0.113.2'));
    await scene.until('the last ban', () => scene.logged(' Ban 203.0.113.2').length === 1);
    expect(scene.read('asked')).toBe('203.0.113.1\n203.0.113.2\n');
  });
});

test('a name in ignoreip spares the addresses that it has', async () => {
  start('ignoreself = false\nignoreip = localhost\n');
  scene.append(hit('127.0.0.1'), hit('203.0.113.1'));
  await scene.until('the other ban', () => scene.logged(' Ban ').length === 1);
  expect(scene.logged('Ignore')).toEqual([expect.stringMatching(/^INFO {4}\[web\] Ignore 127\.0\.0\.1 by (ip|dns)$/)]);
});

test('a list of the ignored in a file is read', async () => {
  start(`ignoreip = file:${scene.write('friends', '# of ours\n203.0.113.0/25\n')}\n`);
  scene.append(hit('203.0.113.1'), hit('203.0.113.200'));
  await scene.until('the other ban', () => scene.logged(' Ban ').length === 1);
  expect(scene.logged('Ignore')).toEqual([`INFO    [web] Ignore 203.0.113.1 by file:${scene.path('friends')}`]);
});

describe('usedns', () => {
  test('warn: a host name is banned by its addresses, and the log says by which', async () => {
    start('ignoreself = false\n');
    scene.append(hit('localhost'), hit('203.0.113.1'));
    await scene.until('the ban after it', () => scene.logged(' Ban 203.0.113.1').length === 1);
    expect(scene.logged('DNS Lookup').join()).toMatch(
      /^WARNING Determined IP using DNS Lookup: localhost = \{'127\.0\.0\.1'(, '::1')?\}$/,
    );
    expect(scene.logged(' Ban ')[0]).toBe('NOTICE  [web] Ban 127.0.0.1');
  });

  test('no: a host name is nobody', async () => {
    start('ignoreself = false\nusedns = no\n');
    scene.append(hit('localhost'), hit('203.0.113.1'));
    await scene.until('the ban after it', () => scene.logged(' Ban ').length === 1);
    expect(scene.logged('Found')).toHaveLength(1);
  });

  test('two jails of one filter each take a name by their own rule', async () => {
    scene.write(
      'fail2ban/jail.local',
      botJail('yes', 'usedns = yes\nignoreself = false\n') + botJail('raw', 'usedns = raw\nignoreself = false\n'),
    );
    scene.start();
    scene.append(hit('localhost'), hit('203.0.113.1'));
    await scene.until('all bans', () => scene.logged(' Ban 203.0.113.1').length === 2);
    expect(scene.logged('[raw] Ban')[0]).toBe('NOTICE  [raw] Ban localhost');
    expect(scene.logged('[yes] Ban')[0]).toBe('NOTICE  [yes] Ban 127.0.0.1');
  });

  test('each of two jails that are alike takes a name, and only the one that warns says so', async () => {
    const more = 'ignoreself = false\n';
    scene.write('fail2ban/jail.local', botJail('a', more) + botJail('b', more) + botJail('c', `usedns = yes\n${more}`));
    scene.start();
    scene.append(hit('localhost'), hit('203.0.113.1'));
    await scene.until('all bans', () => scene.logged(' Ban 203.0.113.1').length === 3);
    expect(scene.logged(' Ban 127.0.0.1').sort()).toEqual(
      ['a', 'b', 'c'].map((jail) => `NOTICE  [${jail}] Ban 127.0.0.1`),
    );
    expect(scene.logged('DNS Lookup')).toHaveLength(2);
  });
});
