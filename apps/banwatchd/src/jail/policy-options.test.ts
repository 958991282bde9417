import { appendFileSync } from 'node:fs';
import { botFilter, hit, visit } from '../testing/bot-jail.ts';
import { Scene } from '../testing/scene.ts';

const jail = (name: string, more: string): string =>
  `[${name}]\nenabled = true\nfilter = bot\nlogpath = /var/log/apache2/a_access.log\n${more}`;

let scene: Scene;
beforeEach(() => {
  scene = new Scene();
  scene.write('fail2ban/jail.conf', '[DEFAULT]\nbantime = 10m\n');
  scene.write('fail2ban/filter.d/bot.conf', botFilter);
});
afterEach(() => scene[Symbol.asyncDispose]());

/** A daemon that has read its log to the end. */
async function live(): Promise<void> {
  scene.write('root/var/log/apache2/a_access.log', visit('192.0.2.1'));
  const daemon = scene.start();
  await scene.until('the first line', () => daemon.stats().lines === 1);
}

describe('the times of a jail', () => {
  test('count each failure by its own time with findtime.window = exact, and by their rate without', async () => {
    const settings = 'maxretry = 3\nfindtime = 8\nbantime = 1h\n';
    scene.write(
      'fail2ban/jail.local',
      `${jail('rate', settings)}${jail('exact', `${settings}findtime.window = exact\n`)}`,
    );
    await live();
    // Within 8 s there are never more than two; their rate says three.
    const nowMs = Date.now() - 20_000;
    appendFileSync(
      `${scene.root}/var/log/apache2/a_access.log`,
      [0, 4, 8, 12, 16, 20].map((ageS) => hit('198.51.100.7', nowMs + ageS * 1000)).join(''),
    );
    await scene.until('all failures', () => scene.logged('Found').length === 12 && scene.logged(' Ban ').length > 0);
    expect(scene.logged(' Ban ')).toEqual(['NOTICE  [rate] Ban 198.51.100.7']);
  });

  test('of nothing let a jail run that bans nobody, and one that counts failures of one second', async () => {
    scene.write(
      'fail2ban/jail.local',
      `${jail('none', 'maxretry = 1\nbantime = 0\n')}${jail('second', 'maxretry = 2\nfindtime = -1\n')}`,
    );
    await live();
    const nowMs = Date.now();
    appendFileSync(
      `${scene.root}/var/log/apache2/a_access.log`,
      [
        hit('198.51.100.7', nowMs - 3000),
        hit('198.51.100.7', nowMs),
        hit('198.51.100.8', nowMs),
        hit('198.51.100.8', nowMs),
      ].join(''),
    );
    await scene.until('all failures', () => scene.logged('Found').length === 8 && scene.logged(' Ban ').length > 0);
    await scene.until('all of [none]', () => scene.logged('expired bantime').length === 4);
    expect(scene.logged(' Ban ')).toEqual(['NOTICE  [second] Ban 198.51.100.8']);
  });
});
