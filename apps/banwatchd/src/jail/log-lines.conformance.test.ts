import { appendFileSync, existsSync } from 'node:fs';
import { Conformance } from '../../../../tools/testing/conformance.ts';
import { describeWith, program } from '../../../../tools/testing/describe-with.ts';
import { until } from '../../../../tools/testing/until.ts';
import { BanwatchScene, Fail2banScene } from '../testing/peer/peer-scene.ts';

type Scene = BanwatchScene | Fail2banScene;

const jail = (name: string, word: string, more = ''): string => `[${name}]
enabled = true
filter =
failregex = ^\\s*${word} <HOST>$
logpath = @DIR@/a.log
backend = polling
maxretry = 2
action = flaky
${more}`;

const parts = {
  jails: `[DEFAULT]
bantime = 10m
ignoreip = 203.0.113.77
[sshd]
enabled = false
${jail('web', 'bad')}
${jail('inc', 'worse', 'bantime = 3s\nbantime.increment = true\n')}`,
  logs: {
    'a.log': '',
    'conf/action.d/flaky.conf': `[Definition]
actionban = echo oops >&2; test <ip> != 203.0.113.3
actionunban = true
actionflush = true
`,
  },
};

const logOf = (scene: Scene): string => (existsSync(scene.path('f2b.log')) ? scene.read('f2b.log') : '');

/** Writes lines to the log that is watched, and waits for a word of the daemon. */
async function act(scene: Scene, lines: readonly string[], word: string, times = 1): Promise<void> {
  for (const line of lines) {
    const [time] = new Date(Date.now() - new Date().getTimezoneOffset() * 60_000).toISOString().split('.');
    appendFileSync(scene.path('a.log'), `${time?.replace('T', ' ')} ${line}\n`);
  }
  await until(
    () => logOf(scene).split(word).length > times,
    () => ({ word, log: logOf(scene) }),
  );
}

/** What happens to a machine in some seconds. */
async function play(scene: Scene): Promise<void> {
  await act(scene, [], "Jail 'inc' started");
  await act(scene, ['bad 203.0.113.1', 'bad 203.0.113.1'], '[web] Ban 203.0.113.1');
  await act(scene, ['bad 203.0.113.77', 'bad 203.0.113.3', 'bad 203.0.113.3'], 'Error banning 203.0.113.3');
  await act(scene, ['bad localhost'], 'by ignoreself rule');
  await act(scene, ['worse 203.0.113.9', 'worse 203.0.113.9'], '[inc] Ban');
  await act(scene, [], '[inc] Unban');
  await act(scene, ['worse 203.0.113.9'], 'Increase Ban');
  await scene.run(['set', 'web', 'banip', '198.51.100.1']);
  await act(scene, [], '[web] Ban 198.51.100.1');
  await scene.run(['set', 'web', 'unbanip', '198.51.100.1']);
  await scene.run(['set', 'web', 'attempt', '198.51.100.2', 'x']);
  await act(scene, [], 'Attempt');
  await scene.run(['stop']);
  await act(scene, [], "Jail 'web' stopped");
  await act(scene, [], "Jail 'inc' stopped");
}

/** What one part of the daemon said of one jail, without what differs from run to run. */
function said(scene: Scene): Map<string, string[]> {
  const parts = new Map<string, string[]>();
  for (const line of logOf(scene).replaceAll(scene.dir, '@DIR@').split('\n')) {
    const [, part = '', text = ''] = /^\S+ \S+ fail2ban\.(\w+) +\[\d+\]: (.*)/.exec(line) ?? [];
    const [, name = 'all'] = /\[(web|inc)\]|[Jj]ail '(?:web|inc)'/.exec(text) ?? [];
    const plain = text
      .replace(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/g, 'TIME')
      .replace(/[0-9a-f]{12} --/, 'ID --')
      .replace(/('family': 'inet4')[^}]*}/, '$1}')
      .replace(/hash = \w{40}/, 'hash');
    parts.set(`${part} ${name}`, [...(parts.get(`${part} ${name}`) ?? []), plain]);
  }
  return parts;
}

const partsCompared = ['filter', 'actions', 'observer', 'jail', 'ipdns', 'utils'].flatMap((part) =>
  ['web', 'inc', 'all'].map((name) => `${part} ${name}`),
);

const reasons: ReadonlyMap<string, string> = new Map([
  ['observer all', 'the start and end of the observer, a thread of its own: there is none here'],
]);

/** Ours says besides why a command failed and what cures it. */
const isOwn = (text: string): boolean => text.includes('actionban of flaky in jail web ended with');

describeWith(
  [program('fail2ban-server', 'fail2ban'), program('unshare', 'util-linux')],
  'the log beside that of the real fail2ban',
  () => {
    const rows = new Conformance('log lines of fail2ban-server', (what) => reasons.get(what));

    test('says the same of the same attacks, line by line', async () => {
      using ours = new BanwatchScene(parts);
      using theirs = new Fail2banScene(parts);
      await Promise.all([play(ours), play(theirs)]);
      const [mine, peers] = [said(ours), said(theirs)];
      for (const part of partsCompared)
        rows.row(
          part,
          (mine.get(part) ?? []).filter((text) => !isOwn(text)),
          peers.get(part) ?? [],
        );
      rows.expectAll(partsCompared.length);
    }, 60_000);
  },
);
