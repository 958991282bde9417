import { chmodSync, existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ended, killChildren, spawnChild } from '../../../tools/testing/child.ts';
import { describeWith } from '../../../tools/testing/describe-with.ts';
import { type EximScene, eximReleases, eximScene, needsExim } from '../../../tools/testing/exim/exim-scene.ts';
import { tempFolder } from '../../../tools/testing/temp-folder.ts';
import { locateQueue } from './locate-queue.ts';
import type { OpenOptions } from './options.ts';

const temp = tempFolder();

/** A folder that looks like a spool. */
const spoolAt = (folder: string, names: readonly string[] = ['input']): string => {
  for (const name of names) mkdirSync(path.join(folder, name), { recursive: true });
  return folder;
};

test('options that cannot be are refused, with the option and its value', async () => {
  const wrong: [OpenOptions, string][] = [
    [{ spool: '' }, 'spool must be a path, not ""'],
    [{ exim: 'a\0b' }, "exim must be Exim's path or name, not"],
    [{ config: '' }, 'config must be a path, not ""'],
    [{ backend: 'files' as 'spool' }, "backend must be 'auto' or 'spool' or 'exim', not \"files\""],
    [{ aside: 1 as unknown as boolean }, 'aside must be true or false, not 1'],
  ];
  for (const queue of ['a/b', '.', '..', '-qff', 'a\0', 7 as unknown as string])
    wrong.push([{ queue }, 'queue must be ']);
  for (const [options, message] of wrong) {
    await expect(locateQueue(options)).rejects.toMatchObject({
      code: 'ERR_EXIM_QUEUE_OPTION',
      message: expect.stringContaining(message),
    });
  }
});

test('the spool that the caller names is taken as it is, and Exim is not asked', async () => {
  const spool = spoolAt(temp('sp'));
  const exim = temp('exim');
  writeFileSync(exim, `#!/bin/sh\ntouch ${temp('asked')}\n`, { mode: 0o755 });
  expect(await locateQueue({ spool, exim })).toEqual({
    backend: 'spool',
    spoolDirectory: spool,
    spoolFrom: 'option',
    queue: '',
    aside: true,
    exim,
  });
  expect(existsSync(temp('asked'))).toBe(false);
});

test('a link to a spool is a spool', async () => {
  spoolAt(temp('real'));
  symlinkSync(temp('real'), temp('link'));
  expect(await locateQueue({ spool: temp('link') })).toMatchObject({ backend: 'spool', spoolDirectory: temp('link') });
});

test('a spool that is not there, or is none, is an error and not an empty queue', async () => {
  await expect(locateQueue({ spool: temp('none') })).rejects.toMatchObject({
    code: 'ERR_EXIM_QUEUE_NO_SPOOL',
    message: `there is no spool at ${temp('none')}; name Exim's spool_directory with the option spool`,
  });
  writeFileSync(temp('file'), '');
  await expect(locateQueue({ spool: temp('file') })).rejects.toMatchObject({ code: 'ERR_EXIM_QUEUE_NO_SPOOL' });
  mkdirSync(temp('home/documents'), { recursive: true });
  await expect(locateQueue({ spool: temp('home') })).rejects.toMatchObject({
    code: 'ERR_EXIM_QUEUE_NO_SPOOL',
    message: expect.stringContaining('is not a spool of Exim'),
  });
  expect(await locateQueue({ spool: spoolAt(temp('fresh'), ['db', 'msglog']) })).toMatchObject({ backend: 'spool' });
});

test('a named queue must be there', async () => {
  const spool = spoolAt(temp('sp'), ['input', 'parked/input', 'aside-only/Finput', 'log', 'other']);
  for (const queue of ['parked', 'aside-only', '*', '']) {
    expect(await locateQueue({ spool, queue })).toMatchObject({ queue });
  }
  for (const queue of ['other', 'none', 'input', 'log']) {
    await expect(locateQueue({ spool, queue })).rejects.toMatchObject({
      code: 'ERR_EXIM_QUEUE_NO_QUEUE',
      message: `there is no queue ${queue} in ${spool}; name one that is there, or '*' for all`,
    });
  }
});

test('an Exim that was named and is not there is an error', async () => {
  const spool = spoolAt(temp('sp'));
  writeFileSync(temp('no-program'), '', { mode: 0o644 });
  for (const exim of [temp('none'), temp('no-program'), temp(), 'no-such-exim']) {
    await expect(locateQueue({ spool, exim })).rejects.toMatchObject({ code: 'ERR_EXIM_QUEUE_NO_EXIM' });
  }
});

test("an abort rejects with the signal's reason", async () => {
  await expect(locateQueue({ signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow('enough');
  writeFileSync(temp('exim'), '#!/bin/sh\nexec sleep 60\n', { mode: 0o755 });
  const abort = new AbortController();
  const located = locateQueue({ exim: temp('exim'), signal: abort.signal });
  setTimeout(() => abort.abort(new Error('enough')), 50);
  await expect(located).rejects.toThrow('enough');
});

for (const { release, needs } of eximReleases) {
  describeWith(needs, `with the real Exim (${release})`, () => {
    let scene: EximScene;
    beforeAll(async () => {
      scene = await eximScene({ release });
      await scene.submit();
    });

    test('Exim tells its spool', async () => {
      expect(await locateQueue(scene.place)).toEqual({
        backend: 'spool',
        spoolDirectory: scene.spool,
        spoolFrom: 'exim',
        queue: '',
        aside: true,
        exim: scene.exim,
        config: scene.config,
      });
    });

    test("with backend 'exim' its list is read although the files could be", async () => {
      expect(await locateQueue({ ...scene.place, backend: 'exim' })).toMatchObject({
        backend: 'exim',
        backendReason: 'the caller wants it read by Exim',
      });
    });

    test('a spool that Exim tells and that was not there is an error each time, although Exim makes the folder', async () => {
      const config = path.join(scene.folder, 'elsewhere.conf');
      writeFileSync(config, `spool_directory = ${scene.folder}/none\n`);
      for (const time of ['first', 'second']) {
        expect([time, await locateQueue({ exim: scene.exim, config }).catch(({ message }) => message)]).toEqual([
          time,
          expect.stringContaining(`${scene.folder}/none is not a spool of Exim; mount it, or mend spool_directory`),
        ]);
      }
      writeFileSync(config, 'spool_directory = /proc/none\n');
      const located = locateQueue({ exim: scene.exim, config });
      await expect(located).rejects.toMatchObject({ code: 'ERR_EXIM_QUEUE_NO_SPOOL' });
    });

    test('a configuration that Exim refuses is told with file, line and its words', async () => {
      const config = path.join(scene.folder, 'bad.conf');
      writeFileSync(config, 'primary_hostname = q.test\nbogus_option = 1\n');
      await expect(locateQueue({ exim: scene.exim, config })).rejects.toMatchObject({
        code: 'ERR_EXIM_QUEUE_EXIM',
        file: config,
        line: 2,
        message: expect.stringMatching(
          /bad\.conf:2: Exim refuses its configuration: main option "bogus_option" unknown; /,
        ),
      });
    });

    test('a configuration that is not there is told by its name', async () => {
      const located = locateQueue({ exim: scene.exim, config: '/no/such.conf' });
      await expect(located).rejects.toMatchObject({
        code: 'ERR_EXIM_QUEUE_EXIM',
        message: 'Exim has no configuration at /no/such.conf; name its file with the option config',
      });
    });

    test("with backend 'exim' a spool that is not Exim's own is refused: it would show another queue", async () => {
      const spool = spoolAt(path.join(scene.folder, 'backup'));
      await expect(locateQueue({ ...scene.place, spool, backend: 'exim' })).rejects.toMatchObject({
        code: 'ERR_EXIM_QUEUE_EXIM',
        message: expect.stringContaining(`works on the spool ${scene.spool}, not on ${spool}`),
      });
    });
  });
}

describeWith(needsExim, 'by rights', () => {
  let scene: EximScene;
  let open: EximScene;
  let id: string;
  beforeAll(async () => {
    scene = await eximScene({ release: '4.96' });
    open = await eximScene({ release: '4.96', lines: ['queue_list_requires_admin = false'] });
    id = await open.submit();
    // As Debian's is.
    for (const { spool } of [scene, open]) chmodSync(spool, 0o750);
  });
  afterEach(killChildren);

  const child = new URL('./testing/locate-child.ts', import.meta.url);
  const locatedBy = async (wrapper: readonly string[], options: OpenOptions = {}): Promise<Record<string, unknown>> => {
    const { stdout, stderr } = await ended(spawnChild(child, [JSON.stringify(options)], {}, wrapper));
    if (stdout === '') throw new Error(stderr);
    return JSON.parse(stdout);
  };
  const cure = 'use sudo, or join the group Debian-exim and log in anew';

  test("a member of the spool's group reads the files", async () => {
    const located = await locatedBy(scene.as({ user: 'nobody', group: 'Debian-exim' }, []));
    expect(located).toMatchObject({ place: { backend: 'spool', spoolDirectory: scene.spool, spoolFrom: 'exim' } });
  });

  test.each([undefined, 'adm'])('a user with the group %s is told which group would do', async (group) => {
    const user = group === undefined ? { user: 'nobody' } : { user: 'nobody', group };
    expect(await locatedBy(scene.as(user, []))).toEqual({
      code: 'ERR_EXIM_QUEUE_DENIED',
      message: `this user is none of Exim's administrators; ${cure}`,
    });
    expect(await locatedBy(scene.as(user, []), { backend: 'spool' })).toEqual({
      code: 'ERR_EXIM_QUEUE_DENIED',
      message: `${scene.spool} may not be read by this user; ${cure}`,
    });
  });

  test('where Exim lists the queue to everybody, its text is read, and the reason says what would change that', async () => {
    expect(await locatedBy(open.as({ user: 'nobody' }, []))).toMatchObject({
      place: { backend: 'exim', backendReason: `${open.spool} may not be read by this user; ${cure}` },
      ids: [id],
    });
  });

  test('the names of queues cannot be found where the spool may not be read', async () => {
    expect(await locatedBy(open.as({ user: 'nobody' }, []), { queue: '*' })).toMatchObject({
      code: 'ERR_EXIM_QUEUE_DENIED',
      message: expect.stringContaining('which queues there are can only be seen in the spool'),
    });
  });

  test('without an Exim a spool that may not be read is denied, too', async () => {
    const hidden =
      'mount --bind /dev/null /usr/sbin/exim4 && exec setpriv --reuid=nobody --regid=adm --clear-groups "$@"';
    const located = await locatedBy(['unshare', '-m', 'sh', '-c', hidden, 'sh'], { spool: scene.spool });
    expect(located).toEqual({
      code: 'ERR_EXIM_QUEUE_DENIED',
      message: `${scene.spool} may not be read by this user, and there is no Exim to ask; ${cure}`,
    });
  });

  test("a spool of which only the messages' folder is closed may not be read either", async () => {
    const spool = spoolAt(path.join(scene.folder, 'half'), ['input', 'msglog']);
    chmodSync(path.join(spool, 'input'), 0o700);
    const located = await locatedBy(scene.as({ user: 'nobody' }, []), { spool, backend: 'spool' });
    expect(located).toMatchObject({ code: 'ERR_EXIM_QUEUE_DENIED' });
  });

  test('of a copy that may not be read the rights are told, not that Exim has another spool', async () => {
    const spool = spoolAt(path.join(scene.folder, 'copy'), ['input', 'msglog']);
    chmodSync(spool, 0o700);
    const located = await locatedBy(scene.as({ user: 'nobody' }, []), { spool });
    expect(located).toMatchObject({
      code: 'ERR_EXIM_QUEUE_DENIED',
      message: expect.stringContaining(`${spool} may not be read by this user; `),
    });
  });
});
