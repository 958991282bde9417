import { appendFileSync } from 'node:fs';
import { botFilter, botJail, hit } from '../testing/bot-jail.ts';
import { Scene } from '../testing/scene.ts';

let scene: Scene;
beforeEach(() => {
  scene = new Scene();
  scene.write('fail2ban/jail.conf', botJail('web'));
  scene.write('fail2ban/filter.d/bot.conf', botFilter);
  scene.write('root/var/log/apache2/a_access.log', '');
});
afterEach(() => scene[Symbol.asyncDispose]());

const settings = (...lines: string[]): string =>
  scene.write('fail2ban/fail2ban.conf', ['[Definition]', ...lines, ''].join('\n'));

test('a reload takes the settings of fail2ban.conf', async () => {
  settings('loglevel = NOTICE', `logtarget = ${scene.path('one.log')}`);
  const { control } = scene.start({ stateDir: scene.path('state'), log: { fromConfig: true } });
  appendFileSync(scene.path('root/var/log/apache2/a_access.log'), hit('203.0.113.9'));
  await scene.until('the ban', () => scene.read('one.log').includes('Ban 203.0.113.9'));
  expect(scene.read('one.log')).not.toContain('Found');
  expect(control.database).toMatchObject({ path: scene.path('state'), maxMatches: 10, purgeAgeMs: 86_400_000 });

  settings('loglevel = DEBUG', `logtarget = ${scene.path('two.log')}`, 'dbmaxmatches = 3', 'dbpurgeage = 2d');
  await control.reload();
  await scene.until('the word on it', () => scene.read('two.log').includes('Reload finished'));
  expect(control.log.level).toBe('DEBUG');
  expect(control.database).toMatchObject({ maxMatches: 3, purgeAgeMs: 172_800_000 });
});

test('what the caller gave wins over fail2ban.conf, also at a reload', async () => {
  settings('loglevel = NOTICE', `logtarget = ${scene.path('one.log')}`);
  const { control } = scene.start();
  await control.reload();
  expect([control.log.level, control.log.target.kind]).toEqual(['INFO', 'stdout']);
  expect(scene.logged('Reload finished')).toHaveLength(1);
  expect(() => scene.read('one.log')).toThrow('ENOENT');
});
