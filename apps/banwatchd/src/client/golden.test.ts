import { Conformance } from '../../../../tools/testing/conformance.ts';
import { describeWith, program } from '../../../../tools/testing/describe-with.ts';
import { corpus, corpusText } from '../../../../tools/testing/fail2ban-corpus.ts';
import { formatTime } from '../log/fail2ban-time.ts';
import { BanwatchScene, type Printed, plainText } from '../testing/peer/peer-scene.ts';

const jails = `[DEFAULT]
backend = polling
bantime = 600
banaction = nftables-multiport
action = %(banaction)s[name=%(__name__)s, port="%(port)s", protocol="%(protocol)s"]
[sshd]
enabled = true
usedns = no
datepattern = {DEFAULT}
logpath = @DIR@/auth.log
maxretry = 3
[web]
enabled = true
filter =
failregex = ^\\s*<HOST> bad
usedns = no
port = 80
logpath = @DIR@/web.log
maxretry = 1
`;

/** The failures that had been counted when the transcript was made. */
function logs(): Record<string, string> {
  const now = Date.now();
  const at = (secondsAgo: number): string => formatTime(now - secondsAgo * 1000);
  const failed = (address: string, secondsAgo: number): string =>
    `${at(secondsAgo)} host sshd[1]: Failed password for root from ${address} port 22 ssh2\n`;
  const others = ['192.0.2.20', '192.0.2.21'].map((address) => failed(address, 4)).join('');
  return {
    'auth.log': [3, 2, 1].map((secondsAgo) => failed('192.0.2.10', secondsAgo)).join('') + others,
    'web.log': `${at(1)} 198.51.100.9 bad\n`,
  };
}

/** The transcript: a command, what was printed, and the status. */
function entries(): readonly { readonly command: string; readonly text: string; readonly status: number }[] {
  const entry = /^\$ fail2ban-client (.*)\n([\s\S]*?)^\[rc (\d+)\]$/gm;
  return [...corpusText('client-transcript.txt').matchAll(entry)].map(([, command = '', text = '', status]) => ({
    command,
    text: plainText(text),
    status: Number(status),
  }));
}

const reasons: ReadonlyMap<string, string> = new Map([
  ['version', 'the version is our own'],
  ['-V', 'the version is our own'],
  ['get dbfile', 'the state is kept in a folder of our own, which is no SQLite file'],
  [
    'get sshd actionproperties nftables-multiport',
    'ESCAPE_CRE, ESCAPE_VN_CRE and banEpoch are fields of the Python class, not of the action',
  ],
  ['stats', 'newer releases of fail2ban have this command, and so have we'],
]);

describeWith(
  [corpus, program('fail2ban-client', 'fail2ban'), program('nft', 'nftables'), program('unshare', 'util-linux')],
  'the transcript of fail2ban-client 1.0.2',
  () => {
    const rows = new Conformance('client-transcript.txt', (what) => reasons.get(what.replace(/^\d+ /, '')));
    const text = ({ errors, out }: Printed): string => errors + out;

    test('comes from banwatchd and banwatch as well', async () => {
      using scene = new BanwatchScene({ jails, logs: logs() });
      await scene.ready(async () => text(await scene.run(['banned'])).includes("'198.51.100.9'"));
      await scene.ready(async () => text(await scene.run(['banned'])).includes("'192.0.2.10'"));
      for (const [index, { command, text: theirs, status }] of entries().entries()) {
        const ours = await scene.run(command.split(' '));
        rows.row(`${index} ${command}`, { text: text(ours), status: ours.status }, { text: theirs, status });
      }
      rows.expectAll(47);
    }, 60_000);
  },
);
