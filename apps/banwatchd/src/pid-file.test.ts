import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { tempFolder } from '../../../tools/testing/temp-folder.ts';
import { claimPidFile, writePidFile } from './pid-file.ts';

const temp = tempFolder();
const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

/** A living process whose program has a name. */
function living(name: string): number {
  const child = spawn('sleep', ['60'], { argv0: name, env: process.env });
  children.push(child);
  return child.pid ?? 0;
}

test('is written and taken away again, with its folder made', () => {
  const remove = writePidFile(temp('run/pid'));
  expect(readFileSync(temp('run/pid'), 'utf8')).toBe(`${process.pid}\n`);
  claimPidFile(temp('run/pid'));
  remove();
  expect(existsSync(temp('run/pid'))).toBe(false);
});

test.each(['banwatchd', '/usr/local/bin/banwatchd', 'fail2ban-server'])(
  'one that names a living %s is refused',
  (name) => {
    const text = `${living(name)}\n`;
    writeFileSync(temp('pid'), text);
    for (const use of [claimPidFile, writePidFile])
      expect(() => use(temp('pid'))).toThrow(
        expect.objectContaining({
          code: 'ERR_BANWATCHD_RUNNING',
          message: expect.stringMatching(/pid names a daemon that runs, process \d+; stop it.*--pid-file/),
        }),
      );
    expect(readFileSync(temp('pid'), 'utf8')).toBe(text);
  },
);

test.each([
  ['of a dead process', () => '4194305\n'],
  ['of a process that has got the number since', () => `${living('cat')}\n`],
  ['that says nothing', () => ''],
  ['that says something else', () => '-1\n'],
])('one %s is taken over', (_, text) => {
  writeFileSync(temp('pid'), text());
  writePidFile(temp('pid'));
  expect(readFileSync(temp('pid'), 'utf8')).toBe(`${process.pid}\n`);
});

test('at its end a daemon leaves the one of another alone', () => {
  const remove = writePidFile(temp('pid'));
  writeFileSync(temp('pid'), '1\n');
  remove();
  expect(readFileSync(temp('pid'), 'utf8')).toBe('1\n');
});
