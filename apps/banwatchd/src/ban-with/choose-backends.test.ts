import { chmodSync, writeFileSync } from 'node:fs';
import { tempFolder } from '../../../../tools/testing/temp-folder.ts';
import { parseBanWith } from './backend-name.ts';
import { chooseBackends } from './choose-backends.ts';

const temp = tempFolder();
const context = { table: 'sluice', portsOf: () => undefined, rejects: { next: () => {} } };

function choose(text: string, banWith?: string) {
  writeFileSync(temp('ban-with.conf'), text);
  const asked = banWith === undefined ? undefined : parseBanWith(banWith);
  const options = { banWith: asked, file: temp('ban-with.conf'), isFileOptional: false, otherwise: 'actions' as const };
  return chooseBackends(options, context);
}
const namesOf = ({ backends }: ReturnType<typeof choose>) =>
  backends.map(({ name, isRequired }) => `${name}${isRequired ? '' : '?'}`);

describe('what is banned with', () => {
  test('is what the file says, and what is asked for at the call goes before it', () => {
    const text =
      '[banwatchd]\nban-with = netfilter,\n  mail\n[mail]\nto = root\n[webhook]\nurl = https://example.net/bans\n';
    expect(namesOf(choose(text))).toEqual(['netfilter', 'mail?']);
    expect(namesOf(choose(text, 'webhook'))).toEqual(['webhook?']);
  });

  test("is the jails' own actions without a word about it, alone or beside others", () => {
    expect(choose('')).toEqual({ runsActions: true, backends: [] });
    const both = choose('', 'actions,netfilter');
    expect([both.runsActions, namesOf(both)]).toEqual([true, ['netfilter']]);
    expect(choose('', 'netfilter').runsActions).toBe(false);
  });

  test('can be done without, or not, as its section says', () => {
    const text = '[netfilter]\nrequired = no\n[webhook]\nrequired = yes\nurl = http://127.0.0.1:1/\n';
    expect(namesOf(choose(text, 'netfilter,webhook'))).toEqual(['netfilter?', 'webhook']);
  });

  test('takes its options from its section, times with units and lists over lines among them', () => {
    const text = `[netfilter]
table = guard
hook = input
ipv6Prefix = 56
deny = reject
timeout = 5s
allow = 192.0.2.0/24,
        2001:db8::/32
`;
    const [made] = choose(text, 'netfilter').backends;
    const commands = made?.backend.startCommands().join('\n') ?? '';
    expect(commands).toContain('inet guard');
    expect(commands).toContain('hook input');
    expect(commands).toContain('192.0.2.0/24');
    expect(commands).toContain('2001:db8::/32');
  });

  test('without a file is what it is by default, unless the file was asked for', () => {
    const file = temp('nosuch.conf');
    const options = { banWith: undefined, file, isFileOptional: true, otherwise: 'netfilter' as const };
    expect(namesOf(chooseBackends(options, context))).toEqual(['netfilter']);
    expect(() => chooseBackends({ ...options, isFileOptional: false }, context)).toThrow(
      /nosuch\.conf: cannot be read: ENOENT/,
    );
  });

  test.each([
    [
      'a name that nobody knows',
      '[banwatchd]\nban-with = nftables\n',
      2,
      /nobody knows how to ban with nftables; name one/,
    ],
    [
      'a section that there is not',
      '[nftables]\n',
      1,
      /there is no section \[nftables\]; make it one of \[banwatchd\]/,
    ],
    ['an option that there is not', '[netfilter]\n\nhok = input\n', 3, /\[netfilter\] has no option hok; write one of/],
    [
      'a number that is none',
      '[netfilter]\ntable = x\nipv4prefix = many\n',
      3,
      /ipv4prefix must be a whole number, not "many"/,
    ],
    [
      'a number out of its range',
      '[netfilter]\ntable = x\nipv4prefix = 33\n',
      3,
      /ipv4Prefix.* 33.*; change ipv4prefix/,
    ],
    ['a word that is none', '[netfilter]\nhook = forward\n', 2, /hook.*forward.*; change hook/],
    ['a time that is none', '[netfilter]\ntimeout = soon\n', 2, /timeout must be a time such as/],
    ['yes that is neither', '[netfilter]\nrequired = perhaps\n', 2, /required must be yes or no/],
    ['ports of nobody', '[netfilter]\nports = 22\n', 2, /ports must be all or jail/],
    ['quotes that are not closed', '[hook]\ncommand = "x\n', 2, /command must be a program and its arguments/],
    ['what is missing', '[webhook]\nbody = event\n', 1, /url.*; set what it asks for in \[webhook\]/],
    ['a line that is nothing', '[netfilter]\nhook\n', 2, /"hook" is neither a section nor an option/],
  ])('refuses %s with file, line and cure', (_, text, line, message) => {
    const asked = /\[(\w+)\]/.exec(text)?.[1];
    expect(() => choose(text, asked === 'banwatchd' || asked === 'nftables' ? undefined : asked)).toThrow(
      expect.objectContaining({
        message: expect.stringMatching(new RegExp(`ban-with\\.conf:${line}: .*${message.source}`)),
      }),
    );
  });

  test('refuses at the call what nobody knows', () => {
    expect(() => parseBanWith('netfilter,foo')).toThrow(
      /nobody knows how to ban with foo; name one or more of actions, netfilter/,
    );
    expect(() => parseBanWith(' , ')).toThrow(/nothing to ban with is named/);
  });
});

describe('secrets of a webhook', () => {
  const conf = (more: string) => `[webhook]\nurl = https://example.net/\n${more}`;

  test('come from files that not everybody may read', () => {
    writeFileSync(temp('headers'), '# who we are\nAuthorization: Bearer hush\n', { mode: 0o600 });
    writeFileSync(temp('key'), 'hush\n', { mode: 0o640 });
    const text = conf(`headersfile = ${temp('headers')}\nsecretfile = ${temp('key')}\n`);
    expect(namesOf(choose(text, 'webhook'))).toEqual(['webhook?']);
    chmodSync(temp('key'), 0o644);
    expect(() => choose(text, 'webhook')).toThrow(
      /ban-with\.conf:4: \[webhook\] secretfile: everybody may read .*chmod/,
    );
  });

  test('may be handed over by the service manager', () => {
    writeFileSync(temp('bans'), 'Authorization: Bearer hush\n', { mode: 0o400 });
    const text = conf('headersfile = credential:bans\n');
    expect(() => choose(text, 'webhook')).toThrow(/there are no credentials: LoadCredential=/);
    process.env['CREDENTIALS_DIRECTORY'] = temp();
    try {
      expect(namesOf(choose(text, 'webhook'))).toEqual(['webhook?']);
      expect(() => choose(conf('headersfile = credential:../bans\n'), 'webhook')).toThrow(/is no credential's name/);
    } finally {
      delete process.env['CREDENTIALS_DIRECTORY'];
    }
  });

  test('are in no message', () => {
    writeFileSync(temp('headers'), 'fine: yes\nBearer hush\n', { mode: 0o600 });
    let message = '';
    try {
      choose(conf(`headersfile = ${temp('headers')}\n`), 'webhook');
    } catch (error) {
      ({ message } = error as Error);
    }
    expect(message).toMatch(/ban-with\.conf:3: \[webhook\] headersfile: line 2 is no header/);
    expect(message).not.toContain('hush');
  });

  test('on the line of the file itself are not taken', () => {
    expect(() => choose(conf('headersfile = Authorization: Bearer hush\n'), 'webhook')).toThrow(
      /expected an absolute path/,
    );
  });
});
