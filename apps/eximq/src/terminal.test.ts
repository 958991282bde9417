import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { manyMessages, writeSpool } from '@sluice/exim-queue/example-spool';
import { describeWith, program as needsProgram } from '../../../tools/testing/describe-with.ts';
import { type EximScene, eximScene, needsExim } from '../../../tools/testing/exim/exim-scene.ts';
import { newFolder } from '../../../tools/testing/new-folder.ts';
import { command, type Ended, program } from './testing/eximq.ts';

const pty = fileURLToPath(new URL('./testing/on-terminal.py', import.meta.url));

/** Runs eximq on a terminal, and types when it has written something. */
const onTerminal = (args: readonly string[], ...steps: readonly [seen: string, typed: string][]): Ended =>
  command(['/usr/bin/python3', pty, JSON.stringify(steps), process.execPath, program, ...args]);

describeWith([needsProgram('python3')], 'on a terminal, eximq', () => {
  let spool: string;
  beforeAll(() => {
    spool = path.join(newFolder(), 'spool');
    writeSpool(spool, manyMessages({ count: 150, seed: 3, nowMs: Date.now() }));
  });

  test('list has a heading, colours, and no line wider than the terminal', () => {
    const { status, out } = onTerminal(['list', '--spool', spool]);
    expect(status).toBe(0);
    const lines = stripVTControlCharacters(out).trimEnd().split('\r\n');
    expect(lines).toHaveLength(151);
    expect(lines[0]).toMatch(/^ID +AGE +SIZE +STATE +SENDER +RECIPIENTS$/);
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(80);
    expect(out).toContain('\u001b[36mfrozen');
  });

  test('show prints no escape of a mail, and keeps its lines', () => {
    const evil = path.join(newFolder(), 'spool');
    const body = 'one\n\u001b]0;owned\u0007two\n\tthree\n';
    const { ids } = writeSpool(evil, [{ receivedMs: Date.now(), sender: 'a@x.test', recipients: ['b@y.test'], body }]);
    const { out } = onTerminal(['show', '--spool', evil, '--body', `${ids[0]}`]);
    expect(out).toBe(`${ids[0]}-D\r\none\r\n\ufffd]0;owned\ufffdtwo\r\n\tthree\r\n`);
  });

  test('watch draws the totals, and leaves the terminal as it was', () => {
    const { status, out } = onTerminal(['watch', '--spool', spool], ['150 messages: ', '\u0003']);
    expect(status).toBe(0);
    expect(out).toMatch(/150 messages: \d+ frozen, /);
    expect(out.trimEnd().endsWith('\u001b[?25h\u001b[?1049l')).toBe(true);
  });
});

describeWith(
  [needsProgram('python3'), ...needsExim],
  'before more than 100 messages are changed on a terminal,',
  () => {
    let scene: EximScene;
    beforeAll(async () => {
      scene = await eximScene({ release: '4.96' });
      await scene.bsmtp(Array.from({ length: 101 }, (_, at) => ({ from: `s${at}@x.test` })));
    });
    afterAll(() => scene.dispose());
    const on = (args: readonly string[], ...steps: readonly [string, string][]) =>
      onTerminal([...args, '--exim-path', scene.exim, '--config', scene.config], ...steps);
    const question = 'freeze 101 messages? [y/N] ';
    const frozen = async () => (await scene.run(['-bp'])).stdout.match(/\*\*\* frozen/g)?.length ?? 0;

    test('eximq asks, and a no changes nothing', async () => {
      for (const answer of ['n\r', '\r', '\u0004', 'yes please\r']) {
        const { status, out } = on(['freeze', '--all'], [question, answer]);
        expect({ status, out }).toEqual({ status: 1, out: expect.stringContaining('nothing was changed') });
      }
      expect(await frozen()).toBe(0);
    });

    test('Ctrl-C is a no, and what is told next begins a line', async () => {
      const { status, out } = on(['freeze', '--all'], [question, '\u0003']);
      expect({ status, out }).toEqual({ status: 2, out: expect.stringMatching(/\nnothing was changed\r?\n$/) });
      expect(await frozen()).toBe(0);
    });

    test('it does not ask for 100, for named ones, with --dry-run or with --yes', async () => {
      expect(on(['freeze', '--sender', '!s7@*']).out).toContain('frozen 100, failed 0');
      expect(on(['thaw', ...scene.ids()]).out).toContain('thawed 100, unchanged 1, failed 0');
      expect(on(['freeze', '--all', '--dry-run']).out).toContain('would freeze 101');
      expect(await frozen()).toBe(0);
      expect(on(['freeze', '--all', '--yes']).out).toContain('frozen 101, failed 0');
      expect(await frozen()).toBe(101);
    });

    test('a yes is heard', async () => {
      const { status, out } = on(['thaw', '--all'], ['thaw 101 messages? [y/N] ', 'y\r']);
      expect({ status, out }).toEqual({ status: 0, out: expect.stringContaining('thawed 101, failed 0') });
      expect(await frozen()).toBe(0);
    });

    test('without a terminal nobody is asked', async () => {
      const { status, errors } = command([
        process.execPath,
        program,
        'freeze',
        '--all',
        '--exim-path',
        scene.exim,
        '--config',
        scene.config,
      ]);
      expect({ status, errors }).toEqual({ status: 0, errors: 'frozen 101, failed 0\n' });
    });
  },
);
