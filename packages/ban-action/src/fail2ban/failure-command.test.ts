import { type Failure, parseAddress } from '@sluice/pipeline';
import { failureCommand } from './failure-command.ts';
import { failureText } from './failure-text.ts';
import { RecordingRunner } from './testing/recording-runner.ts';

const failureOf = (id: string, groups: Failure['groups'] = {}): Failure => {
  const address = parseAddress(id);
  const place = { path: '/var/log/auth.log', sourceId: '1', offset: 0, line: 'a line', pattern: 0 };
  return { id, ...(address && { address }), timeMs: 1_124_013_600_000, groups, ...place };
};

describe('a command that is asked about failures', () => {
  it('is told who failed, and as whom', async () => {
    const runner = new RecordingRunner();
    const command = failureCommand('check <ip> <family> <F-USER> <failures> <jail.name>', { jail: 'sshd', runner });
    await command.run(failureOf('2001:db8::1', { user: 'root' }));
    expect(runner.take()).toEqual(['check 2001:db8::1 inet6 root 1 sshd']);
  });

  it('answers by its exit status, and runs nothing of what a log says', async () => {
    const command = failureCommand('test "<F-USER>" = \'`exit 3`\'', { jail: 'sshd' });
    const codes = ['`exit 3`', 'other'].map(async (user) => (await command.run(failureOf('x', { user }))).exitCode);
    expect(await Promise.all(codes)).toEqual([0, 1]);
  });

  it('shows the values that it would be handed', () => {
    const command = failureCommand('check <F-USER>', { jail: 'sshd' });
    expect(command.show(failureOf('192.0.2.1', { user: "a'b" }))).toBe(
      `sh -c $'f2bV_F_user=$0 \\ncheck $f2bV_F_user' 'a'\\''b'`,
    );
  });

  it('ends a command that runs too long', async () => {
    const { timedOut } = await failureCommand('exec sleep 1000', { jail: 'sshd', timeoutMs: 50 }).run(failureOf('x'));
    expect(timedOut).toBe(true);
  });
});

describe('a text about a failure', () => {
  it('has its tags filled in as they are, and no tag that a log brings along', () => {
    expect(failureText('<ip>/<F-USER>', failureOf('192.0.2.1', { user: '<ip>$x' }), { jail: 'sshd' })).toBe(
      '192.0.2.1/<ip>$x',
    );
  });
});
