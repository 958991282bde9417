import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { exampleMessages, manyMessages, writeSpool } from '@sluice/exim-queue/example-spool';
import { describeWith } from '../../../../tools/testing/describe-with.ts';
import { type EximScene, eximReleases, eximScene } from '../../../../tools/testing/exim/exim-scene.ts';
import { newFolder } from '../../../../tools/testing/new-folder.ts';
import { command, program } from '../testing/eximq.ts';
import { here } from '../testing/here.ts';

/** Levels by what was looked at. */
const levels = (out: string): Record<string, string> =>
  Object.fromEntries(
    out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { what: string; level: string })
      .map(({ what, level }) => [what, level]),
  );

for (const { release, needs } of eximReleases)
  describeWith(needs, `with Exim ${release}, doctor`, () => {
    let scene: EximScene;
    beforeAll(async () => {
      scene = await eximScene({ release, messageLogs: false });
    });
    afterAll(() => scene.dispose());
    const args = () => ['doctor', '--exim-path', scene.exim, '--config', scene.config];

    test('finds nothing bad in a sound queue', async () => {
      await scene.submit();
      const { status, out } = await here([...args(), '--json']);
      expect(levels(out)).toEqual({
        exim: 'ok',
        config: 'ok',
        layout: 'ok',
        reasons: 'warn',
        user: 'ok',
        spool: 'ok',
        actions: 'ok',
        locks: expect.stringMatching(/ok|warn/),
        mainlog: 'ok',
        messages: 'ok',
        damaged: 'ok',
      });
      expect(status).toBe(0);
      const text = await here(args());
      expect(text.out).toMatch(/^ok {4}exim {6}\S+, version 4\.\d+/m);
      expect(text.out).toMatch(/^warn {2}reasons {3}.*\n {16}→ set message_logs in its configuration$/m);
    });

    test('tells a plain user what he may not, and what would do', async () => {
      const [file = '', ...rest] = scene.as({ user: 'nobody' }, [process.execPath, program, 'doctor', '--json']);
      const { status, out, errors } = command([file, ...rest]);
      expect(errors).toBe('');
      expect(status).toBe(1);
      const spool = out.split('\n').find((line) => line.includes('"what":"spool"')) ?? '';
      expect(JSON.parse(spool)).toMatchObject({ level: 'bad', cure: expect.stringContaining('Debian-exim') });
    });

    test('tells of a configuration that Exim refuses', async () => {
      const bad = path.join(scene.folder, 'bad.conf');
      writeFileSync(bad, 'bogus_option = 1\n');
      const { status, out } = await here(['doctor', '--exim-path', scene.exim, '--config', bad]);
      expect(status).toBe(1);
      expect(out).toMatch(/^bad {3}config {4}.*bad\.conf:1: .*bogus_option/m);
    });
  });

describe('doctor', () => {
  test('knows forms of ids, named queues, what is put aside and what is damaged, of any spool', async () => {
    const spool = path.join(newFolder(), 'spool');
    writeSpool(spool, exampleMessages(Date.now()));
    const { status, out } = await here(['doctor', '--spool', spool, '--json']);
    expect(levels(out)).toMatchObject({ spool: 'ok', messages: 'ok', queues: 'ok', aside: 'ok', damaged: 'bad' });
    expect(status).toBe(1);
  });

  test('finds a sound copy of a spool sound', async () => {
    const spool = path.join(newFolder(), 'spool');
    writeSpool(spool, manyMessages({ count: 20, seed: 1, nowMs: Date.now() }), { ids: 'short' });
    const { status, out } = await here(['doctor', '--spool', spool]);
    expect(out).toMatch(/^ok {4}messages {2}20, all with short ids$/m);
    expect(out).toMatch(/^ok {4}damaged {3}no message is$/m);
    expect(status).toBe(0);
  });

  test('calls options as the command line does, and so does every other command', async () => {
    const nowhere = path.join(newFolder(), 'nothing');
    for (const name of ['spool', 'exim-path']) {
      const args = [`--${name}`, nowhere];
      for (const command of ['doctor', 'list']) {
        const { out, errors } = await here([command, ...args]);
        expect(out + errors).toContain(` --${name}`);
        expect(out + errors).not.toContain('the option');
      }
    }
  });
});
