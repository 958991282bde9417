import { botJail, hit } from '../testing/bot-jail.ts';
import { BotScene } from '../testing/bot-scene.ts';

let scene: BotScene;
beforeEach(() => {
  scene = new BotScene();
  scene.write('done', '');
});
afterEach(() => scene[Symbol.asyncDispose]());

const action = (name: string, definition: string): string =>
  scene.write(`fail2ban/action.d/${name}.conf`, `[Definition]\n${definition.replaceAll('DONE', scene.path('done'))}\n`);
const done = (): string[] => scene.read('done').split('\n').filter(Boolean);
const start = (...jails: string[]) => {
  scene.write('fail2ban/jail.local', jails.join('\n'));
  return scene.start({ banWith: 'actions', dryRun: false });
};

test('what an action cannot do is logged as fail2ban does, with the reason, and the ban stays listed', async () => {
  action('bad', "actionban = echo 'no such chain' >&2; exit 3\n");
  const daemon = start(botJail('web', 'action = bad\n'));
  scene.append(hit('203.0.113.1'));
  await scene.until('the error', () => scene.logged('Failed to execute').length === 1);
  expect(scene.logged('Failed to execute')).toEqual([
    "ERROR   Failed to execute ban jail 'web' action 'bad' info " +
      "'ActionInfo({'ip': '203.0.113.1', 'family': 'inet4'})': Error banning 203.0.113.1",
  ]);
  const [exec, stderr, returned] = scene.logged(' -- ');
  const [id] = /[0-9a-f]{12}/.exec(exec ?? '') ?? [];
  expect([exec, stderr, returned]).toEqual([
    `ERROR   ${id} -- exec: echo 'no such chain' >&2; exit 3`,
    `ERROR   ${id} -- stderr: 'no such chain'`,
    `ERROR   ${id} -- returned 3`,
  ]);
  expect(daemon.control.jails.get('web')?.isBanned('203.0.113.1')).toBe(true);
  expect(daemon.stats().actionFailures).toBe(1);
});

test('an action that cannot start is tried again, and then bans who it has missed', async () => {
  action(
    'late',
    `actionstart = test -e ${scene.path('ready')}\nactionban = echo ban <ip> >> DONE\nactionstop = echo stop >> DONE`,
  );
  start(botJail('web', 'action = late\n'));
  scene.append(hit('203.0.113.1'));
  await scene.until('the error', () => scene.logged('Error banning').length === 1);
  expect(scene.logged("Failed to start jail 'web' action 'late'")).not.toEqual([]);
  scene.write('ready', '');
  await scene.until('the ban', () => done().length === 1);
  scene.append(hit('203.0.113.2'));
  await scene.until('the next ban', () => done().length === 2);
  expect(done()).toEqual(['ban 203.0.113.1', 'ban 203.0.113.2']);
});

test('a slow action holds up neither another jail nor the other actions of its jail', async () => {
  action('slow', `actionban = until test -e ${scene.path('go')}; do sleep 0.01; done; echo slow <ip> >> DONE`);
  action('quick', 'actionban = echo quick <name> <ip> >> DONE');
  start(botJail('web', 'action = slow\n  quick[name=web]\n'), botJail('other', 'action = quick[name=other]\n'));
  scene.append(hit('203.0.113.1'), hit('203.0.113.2'));
  await scene.until('the quick ones', () => done().length === 4);
  expect(done().sort()).toEqual([
    'quick other 203.0.113.1',
    'quick other 203.0.113.2',
    'quick web 203.0.113.1',
    'quick web 203.0.113.2',
  ]);
  scene.write('go', '');
  await scene.until('the slow ones', () => done().length === 6);
  expect(done().slice(4)).toEqual(['slow 203.0.113.1', 'slow 203.0.113.2']);
});

test('bans of one who was banned before grow: the action is told to prolong', async () => {
  action('note', 'actionban = echo ban <ip> <bantime> >> DONE\nactionprolong = echo prolong <ip> <bantime> >> DONE');
  start(
    botJail('web', 'action = note\nmaxretry = 2\nbantime = 1s\nbantime.increment = true\n').replace(
      'maxretry = 1\n',
      '',
    ),
  );
  scene.append(hit('203.0.113.1'), hit('203.0.113.1'));
  await scene.until('the end of the ban', () => scene.logged('Unban').length === 1);
  scene.append(hit('203.0.113.1'));
  await scene.until('the prolongation', () => done().length === 3);
  expect(done()).toEqual(['ban 203.0.113.1 1', 'ban 203.0.113.1 1', 'prolong 203.0.113.1 2']);
  expect(scene.logged('Increase Ban')).toEqual([
    expect.stringMatching(/^NOTICE {2}\[web\] Increase Ban 203\.0\.113\.1 \(2 # 2s -> [-\d]+ [:\d]+\)$/),
  ]);
  expect(scene.logged('bad - ')).toEqual([
    expect.stringMatching(/^INFO {4}\[web\] Found 203\.0\.113\.1, bad - [-\d]+ [:\d]+, 1 # -> 2(\.0)?, Ban$/),
  ]);
});

test('an action is told what former bans of the address had', async () => {
  action('tell', 'actionban = echo <ip> <ipfailures> <ipjailfailures> <jail.found_total> >> DONE');
  scene.write('fail2ban/jail.local', botJail('web', 'action = tell\nbantime = 1s\n'));
  scene.start({ banWith: 'actions', dryRun: false, stateDir: scene.path('state') });
  for (const n of [1, 2, 3]) {
    scene.append(hit('203.0.113.1'));
    await scene.until('the end of the ban', () => scene.logged('Unban').length === n);
  }
  expect(done()).toEqual(['203.0.113.1 1 1 1', '203.0.113.1 2 2 2', '203.0.113.1 3 3 3']);
});

test('what no command says is changed while an action runs: a time limit holds from the next command on', async () => {
  action('slow', 'actionstart = echo start >> DONE\nactionstop = echo stop >> DONE\nactionban = exec sleep 60');
  const jail = start(botJail('web', 'action = slow\n')).control.jails.get('web');
  await scene.until('the start', () => done().length === 1);
  const [config] = jail?.config.actions ?? [];
  if (jail === undefined || config === undefined) throw new Error('no action');
  const parameters = { ...config.parameters, chain: 'other' };
  await jail.reconfigure({ ...jail.config, actions: [{ ...config, timeoutMs: 50, parameters }] });
  scene.append(hit('203.0.113.1'));
  await scene.until('the end of the command', () => scene.logged('Error banning').length === 1);
  expect(done()).toEqual(['start']);
});
