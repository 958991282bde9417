import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ban, unban } from '../testing/events.ts';
import { fail2banAction } from './fail2ban-action.ts';
import { actionOf } from './testing/action-of.ts';

describe('an action with real commands', () => {
  let dir: string;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'sluice-action-'));
  });
  afterEach(() => rmSync(dir, { recursive: true }));

  const backendOf = (definition: string) => fail2banAction(actionOf(`[Definition]\n${definition}`), { jail: 'sshd' });
  const listed = (): string => readFileSync(join(dir, 'list'), 'utf8');

  it('keeps a list of the banned, made at the start and removed at the stop', async () => {
    const backend = backendOf(`actionstart = touch '${dir}/list'
actionban = echo "<ip> <failures>" >> '${dir}/list'
actionunban = sed -i '/^<ip> /d' '${dir}/list'
actionstop = rm '${dir}/list'
`);
    await backend.start();
    await backend.apply([ban('192.0.2.1'), ban('2001:db8::1'), unban('192.0.2.1')]);
    expect(listed()).toBe('2001:db8::1 3\n');
    await backend.stop();
    expect(readdirSync(dir)).toEqual([]);
  });

  it('writes down what an attacker sends as a user name, and runs none of it', async () => {
    const users = [
      '$(touch hurt)',
      '`touch hurt`',
      `'; touch hurt; '`,
      '"; touch hurt; "',
      'a\ntouch hurt',
      '; > hurt',
    ];
    const backend = backendOf(`actionban = cd '${dir}' && printf '%%s\\0' "<F-USER>" "<matches>" >> list
actionunban = cd '${dir}' && echo <F-USER> > /dev/null
`);
    const events = users.map((user, n) => ban(`192.0.2.${n}`, 1000, { groups: { user }, matches: [user, user] }));
    const outcomes = await backend.apply([...events, ...users.map((_, n) => unban(`192.0.2.${n}`))]);
    expect(outcomes.map(({ ok }) => ok)).toEqual(outcomes.map(() => true));
    expect(listed()).toBe(users.map((user) => `${user}\0${user}\n${user}\0`).join(''));
    expect(readdirSync(dir)).toEqual(['list']);
  });

  it('bans whoever sends a line that no argument can hold', async () => {
    const backend = backendOf(`actionban = printf %%s "<matches>" | wc -c > '${dir}/list'\n`);
    const matches = new Array(5).fill(`\0${'x'.repeat(65_536)}`);
    const [outcome] = await backend.apply([ban('192.0.2.1', 1000, { matches })]);
    expect(outcome?.ok).toBe(true);
    expect(Number(listed())).toBe(65_536 + 3);
  });

  it('runs actions of different jails side by side: one that waits for the other has not to wait long', async () => {
    const meet = `mkdir '${dir}/<jail.name>'; until [ -d '${dir}/a' ] && [ -d '${dir}/b' ]; do sleep 0.01; done`;
    const config = actionOf(`[Definition]\nactionban = ${meet}\n[Init]\ntimeout = 20\n`);
    const jails = ['a', 'b'].map((jail) => fail2banAction(config, { jail }));
    const outcomes = await Promise.all(jails.map((backend) => backend.apply([ban('192.0.2.1')])));
    expect(outcomes.flat().map(({ error }) => error?.message)).toEqual([undefined, undefined]);
  });

  it('runs the commands of an action that writes to a file one at a time, in all jails', async () => {
    const critical = `mkdir '${dir}/lock' && echo <ip> >> '${dir}/list' && sleep 0.01 && rmdir '${dir}/lock'`;
    const config = actionOf(`[Definition]\nactionban = ${critical}\n`);
    const jails = ['a', 'b', 'c', 'd'].map((jail) => fail2banAction(config, { jail }));
    const outcomes = await Promise.all(jails.map((backend) => backend.apply([ban('192.0.2.1'), ban('192.0.2.2')])));
    expect(outcomes.flat().map(({ error }) => error?.message)).toEqual(new Array(8).fill(undefined));
  });

  it('ends a command that runs too long', async () => {
    const backend = backendOf('actionban = exec sleep 1000\n[Init]\ntimeout = 1\n');
    const [outcome] = await backend.apply([ban('192.0.2.1')]);
    expect(outcome?.error).toMatchObject({ code: 'ERR_BAN_ACTION_TIMEOUT', limit: 1000 });
  });
});
