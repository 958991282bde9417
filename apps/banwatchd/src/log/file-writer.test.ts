import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { setImmediate as turn } from 'node:timers/promises';
import { describeWith, program } from '../../../../tools/testing/describe-with.ts';
import { tempFolder } from '../../../../tools/testing/temp-folder.ts';
import { FileWriter } from './file-writer.ts';

const temp = tempFolder();
const told: string[] = [];
const troubles = {
  broken: (reason: string) => told.push(reason),
  mended: (lost: number) => told.push(`mended, ${lost} lost`),
};
const open = (name: string): FileWriter => new FileWriter(temp(name), troubles);
const read = (name: string): string => readFileSync(temp(name), 'utf8');

beforeEach(() => {
  told.length = 0;
});

describe('FileWriter', () => {
  test('appends, for its owner only, when the turn of the event loop is over', async () => {
    writeFileSync(temp('old.log'), 'before\n');
    const [writer, fresh] = [open('old.log'), open('new.log')];
    writer.write('one');
    writer.write('two ä');
    await turn();
    await turn();
    expect(read('old.log')).toBe('before\none\ntwo ä\n');
    expect(statSync(temp('new.log')).mode & 0o777).toBe(0o600);
    await Promise.all([writer.close(), fresh.close()]);
  });

  test('goes on in the moved file until it is flushed, then in a new one', async () => {
    const writer = open('a.log');
    writer.write('one');
    await turn();
    spawnSync('mv', [temp('a.log'), temp('a.log.1')], { env: process.env });
    writer.write('two');
    writer.flush();
    writer.write('three');
    await writer.close();
    expect([read('a.log.1'), read('a.log')]).toEqual(['one\ntwo\n', 'three\n']);
  });

  test('a file that cannot be opened anew: it goes on with the old one', async () => {
    const writer = open('a.log');
    rmSync(temp('a.log'));
    symlinkSync(temp('nosuch/folder'), temp('a.log'));
    expect(() => writer.flush()).toThrow();
    writer.write('goes nowhere, and ends nothing');
    await writer.close();
  });

  test('a full disk is told once; what was kept is written when there is room, lines that were too many are counted', async () => {
    symlinkSync('/dev/full', temp('log'));
    const writer = open('log');
    for (let at = 0; at < 1000; at += 1) {
      writer.write(`${at} `.padEnd(2047, 'x'));
      if (at % 100 === 0) await turn();
    }
    expect(told).toEqual([expect.stringMatching(/log cannot be written: no space left/i)]);
    rmSync(temp('log'));
    writer.flush();
    await writer.close();
    const lines = read('log').split('\n').slice(0, -1);
    expect(lines).toHaveLength(512);
    expect(lines.every((line, at) => line.startsWith(`${at} `) && line.length === 2047)).toBe(true);
    expect(told.at(-1)).toBe('mended, 488 lost');
  });

  test('throws for a file that cannot be opened', () => {
    expect(() => open('nosuch/a.log')).toThrow(/ENOENT/);
  });
});

describeWith([program('logrotate')], 'FileWriter and logrotate', () => {
  const rotate = (how: string): void => {
    writeFileSync(temp('rotate.conf'), `${temp('a.log')} {\n rotate 3\n nomail\n ${how}\n}\n`);
    const args = ['-f', '-s', temp('state'), temp('rotate.conf')];
    const { status, stderr } = spawnSync('logrotate', args, { env: process.env, encoding: 'utf8' });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  };

  test('loses no line when a file is moved away and the log is flushed', async () => {
    const writer = open('a.log');
    writer.write('one');
    await turn();
    rotate('nocreate');
    writer.write('two');
    writer.flush();
    writer.write('three');
    await writer.close();
    expect([read('a.log.1'), read('a.log')]).toEqual(['one\ntwo\n', 'three\n']);
  });

  test('goes on at the beginning of a file that was copied and cut', async () => {
    const writer = open('a.log');
    writer.write('one');
    await turn();
    rotate('copytruncate');
    writer.write('two');
    await writer.close();
    expect([read('a.log.1'), read('a.log')]).toEqual(['one\n', 'two\n']);
    expect(existsSync(temp('a.log.2'))).toBe(false);
  });
});
