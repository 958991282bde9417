import { BanActionError } from '../ban-action-error.ts';
import { spawnRunner } from './spawn-runner.ts';
import { startError } from './start-error.ts';

const faultOf = (argv: string[]): Promise<BanActionError> =>
  spawnRunner.run({ argv, timeoutMs: 20_000 }).then(
    () => fail(`${argv[0]} started`),
    (cause) => startError('action x', argv[0] ?? '', cause),
  );

const fail = (message: string): never => {
  throw new Error(message);
};

describe('startError', () => {
  it('says that a program is missing, and the cure', async () => {
    const error = await faultOf(['no-such-program-of-sluice']);
    expect(error).toBeInstanceOf(BanActionError);
    expect(error.code).toBe('ERR_BAN_ACTION_MISSING');
    expect(error.message).toBe(
      'action x: `no-such-program-of-sluice`: there is no such program; install it, or put its folder into PATH',
    );
  });

  it('says that a program may not be run', async () => {
    expect(await faultOf(['/dev/null'])).toMatchObject({ code: 'ERR_BAN_ACTION_PERMISSION' });
  });

  it('says that a command is too long', async () => {
    expect((await faultOf(['echo', 'x'.repeat(1 << 18)])).message).toMatch(/too long; shorten it/);
  });

  it('keeps the message and the cause of an error that it does not know', async () => {
    const error = await faultOf(['echo', 'a\0b']);
    expect(error.code).toBe('ERR_BAN_ACTION_FAILED');
    expect(error.message).toMatch(/could not be started: .*null bytes/);
    expect(error.cause).toMatchObject({ name: 'TypeError' });
  });
});
