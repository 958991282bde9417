import { memoryFiles } from '../memory-files.ts';
import { readAction } from './read-action.ts';

const files = memoryFiles({
  '/f/action.d/wall.conf': [
    '[Definition]',
    'actionstart = <tool> new f2b-<name>',
    '              <each>',
    'actionstop = <actionflush>',
    '             <tool> del f2b-<name>',
    'actionflush = <tool> flush',
    'actionban = <tool> add <ip> for <bantime> within <timeout> %(note)s',
    'actionunban = <tool> drop <ip> <F-USER> <matches>',
    'note = (<type>)',
    'each = 1',
    '       2',
    '[Init]',
    'name = nobody',
    'tool = wall -4 <opt>',
    'opt = -w',
    'type = deny',
    'matches = never',
    '[Init?family=inet6]',
    'tool = wall -6 <opt>',
    '[Definition?family=inet6]',
    'actionflush = <tool> flush6',
  ].join('\n'),
  '/f/action.d/mail.conf':
    '[Definition]\nactionban = mail <dest> <actionprolong>\nnorestored = 1\nactionstart_on_demand = yes\nactionrepair_on_unban = true\n[Init]\ntimeout = 2m\n',
  '/f/action.d/bad.conf': '[Definition]\nactionban = x\n[Init]\ntimeout = soon\n',
  '/f/action.d/part.conf': '[Init]\nx = 1\n',
  '/f/action.d/loop.conf': '[Definition]\nactionban = <a>\na = <b>\nb = <a>\n',
});
const read = (spec: string, jail?: string) => readAction(files, '/f', spec, jail === undefined ? {} : { jail });

describe('readAction', () => {
  test('resolves the commands for each family, and leaves the tags of the ban', () => {
    const { commands, commandsV6, families, startOnDemand } = read('wall', 'sshd');
    expect(commands).toEqual({
      actionstart: 'wall -4 -w new f2b-sshd\n1\n2',
      actionstop: 'wall -4 -w flush\nwall -4 -w del f2b-sshd',
      actioncheck: '',
      actionban: 'wall -4 -w add <ip> for <bantime> within 60 (deny)',
      actionunban: 'wall -4 -w drop <ip> <F-USER> <matches>',
      actionflush: 'wall -4 -w flush',
      actionprolong: '',
      actionreban: '',
      actionrepair: '',
      actionreload: '',
    });
    expect(commandsV6.actionstop).toBe('wall -6 -w flush6\nwall -6 -w del f2b-sshd');
    expect(families).toEqual(['inet4', 'inet6']);
    expect(startOnDemand).toBe(true);
  });

  test('has one set of commands where nothing depends on the family', () => {
    const mail = read('mail[dest="a@b"]', 'sshd');
    expect(mail.commandsV6).toBe(mail.commands);
    expect(mail.commands.actionban).toBe('mail a@b ');
    expect(mail).toMatchObject({
      families: [],
      timeoutMs: 120_000,
      noRestored: true,
      startOnDemand: true,
      repairOnUnban: true,
    });
  });

  test('takes its default name from the file and from what sets its parameter apart from the jail', () => {
    expect(read('wall', 'sshd').name).toBe('wall');
    expect(read('wall[name=sshd-tcp]', 'sshd')).toMatchObject({ name: 'wall-tcp', file: 'wall' });
    expect(read('wall[name=other]', 'sshd').name).toBe('wall-other');
    expect(read('wall[name=other, actname=first]', 'sshd').name).toBe('first');
  });

  test('has the name of its [Init] without a jail', () => {
    expect(read('wall').commands.actionstart).toMatch(/^wall -4 -w new f2b-nobody$/m);
  });

  test('puts what is passed before [Init], where it can refer to what it hides', () => {
    expect(read('wall[type="<known/type>-hard", opt=-x]').commands.actionban).toBe(
      'wall -4 -x add <ip> for <bantime> within 60 (deny-hard)',
    );
    expect(read('wall[timeout=1h]').commands.actionban).toContain('within 3600');
  });

  test('lets an argument go before what the file says for one family, save where it is passed for that too', () => {
    const both = read('wall[tool=other]');
    expect([both.commands.actionunban, both.commandsV6.actionunban].map((text) => text.split(' ')[0])).toEqual([
      'other',
      'other',
    ]);
    const each = read('wall[tool=four, tool?family=inet6="six x"]');
    expect(each.commands.actionban).toMatch(/^four add/);
    expect(each.commandsV6.actionban).toMatch(/^six x add/);
  });

  test('gives parameters as they were written, without a prototype', () => {
    const { parameters } = read('wall[type=x, __proto__=y]', 'sshd');
    expect(Object.getPrototypeOf(parameters)).toBeNull();
    expect(Object.entries(parameters)).toEqual([
      ['type', 'x'],
      ['__proto__', 'y'],
      ['name', 'sshd'],
      ['actname', 'wall'],
      ['tool', 'wall -4 <opt>'],
      ['opt', '-w'],
      ['matches', 'never'],
      ['tool?family=inet6', 'wall -6 <opt>'],
    ]);
  });

  test.each([
    ['nope', 'there is no action "nope" in /f/action.d; correct the name, or add nope.conf'],
    [
      'smtp.py[x=1]',
      '"smtp.py" is an action written in Python, which does not run here; name an action that has an action.d/*.conf file',
    ],
    [
      'bad',
      '/f/action.d/bad.conf:4: "soon" is no time; write seconds, or a number with a unit, such as 600, 10m, 1d 12h or 1y',
    ],
    ['part', '/f/action.d/part.conf:1: the action has no section [Definition]; add it, or name another action'],
    ['loop', '/f/action.d/loop.conf:4: <a> contains itself, by way of "actionban > a > b"; take one of these tags out'],
    [
      'mail[norestored=perhaps]',
      '<argument>:1: norestored must be true or false, not "perhaps"; write norestored = true or norestored = false',
    ],
  ])('refuses %s', (spec, message) => {
    expect(() => read(spec)).toThrow(message);
  });
});
