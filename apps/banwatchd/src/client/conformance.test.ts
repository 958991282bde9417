import { Conformance } from '../../../../tools/testing/conformance.ts';
import { describeWith, program } from '../../../../tools/testing/describe-with.ts';
import { peerCommands } from '../testing/peer/peer-commands.ts';
import { peerJails } from '../testing/peer/peer-jails.ts';
import { BanwatchScene, Fail2banScene } from '../testing/peer/peer-scene.ts';

const parts = { jails: peerJails, logs: { 'auth.log': '', 'web.log': '', 'web2.log': '', 'more.log': '' } };

const internals = 'ESCAPE_CRE, ESCAPE_VN_CRE and banEpoch are fields of the Python class, not of the action';
const families = 'commands are shown as they are run for IPv4, not with the tags that the address family fills in';

const reasons: ReadonlyMap<string, string> = new Map([
  ['get web actionproperties dummy', internals],
  ['get web actionproperties iptables-multiport', internals],
  ['get web action iptables-multiport actionstart', families],
  ['get web action iptables-multiport actionban', families],
  ['version', 'of a daemon that has gone the message has the name of ours'],
]);

const needs = [program('fail2ban-client', 'fail2ban'), program('unshare', 'util-linux'), program('ip', 'iproute2')];

describeWith(needs, 'banwatch beside fail2ban-client', () => {
  const rows = new Conformance('fail2ban-client on a running server', (what) => reasons.get(what.replace(/^\d+ /, '')));

  test('prints the same and ends with the same status', async () => {
    using peer = new Fail2banScene(parts);
    using own = new BanwatchScene(parts);
    for (const scene of [peer, own]) await scene.ready(async () => (await scene.run(['status'])).out.includes('web'));
    for (const [index, command] of peerCommands.entries())
      rows.row(`${index} ${command.join(' ')}`, await own.run(command), await peer.run(command));
    rows.expectAll(peerCommands.length);
  }, 60_000);
});
