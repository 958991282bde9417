import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, statSync, writeFileSync } from 'node:fs';
import { describeWith, pythonModule } from '../../../../tools/testing/describe-with.ts';
import { tempFolder } from '../../../../tools/testing/temp-folder.ts';
import { lockOwners, lockOwnersSoon } from './lock-owners.ts';

const inFolder = tempFolder();
const needs = [
  { text: '/proc/locks: run on Linux', isThere: existsSync('/proc/locks') },
  pythonModule('fcntl', 'python3'),
];
/** Locks as Exim does, and keeps the lock until its input ends. */
const locker = `
import fcntl, struct, sys
file = open(sys.argv[1], 'r+b')
fcntl.fcntl(file, fcntl.F_SETLK, struct.pack('hhqqi', fcntl.F_WRLCK, 0, 0, int(sys.argv[2]), 0))
print('locked', flush=True)
sys.stdin.read()
`;

describeWith(needs, 'on Linux', () => {
  test.each([19, 26])('the process that has %i bytes of a body locked is found, until it lets go', async (bytes) => {
    const file = inFolder('body-D');
    writeFileSync(file, 'x'.repeat(100));
    const { ino } = statSync(file);
    expect(lockOwners().has(ino)).toBe(false);
    const child = spawn('/usr/bin/python3', ['-c', locker, file, String(bytes)], { env: process.env });
    await once(child.stdout, 'data');
    expect(lockOwners().get(ino)).toBe(child.pid);
    child.stdin.end();
    await once(child, 'exit');
    expect(lockOwners().has(ino)).toBe(false);
  });
});

test('of a long list the first MiB is read, in whole lines', async () => {
  const line = (number: number): string => `${number}: POSIX  ADVISORY  WRITE 7 08:01:${number} 0 18\n`;
  const file = inFolder('locks');
  writeFileSync(file, Array.from({ length: 40_000 }, (_, number) => line(number + 1)).join(''));
  let count = 0;
  for (let bytes = 0; bytes + line(count + 1).length <= 1_048_576; count += 1) bytes += line(count + 1).length;
  for (const owners of [lockOwners(file), await lockOwnersSoon(file)]) {
    expect(owners.size).toBe(count);
    expect(owners.get(count)).toBe(7);
  }
});

test('where there is no list nothing is locked', async () => {
  expect(lockOwners(inFolder('none')).size).toBe(0);
  expect((await lockOwnersSoon(inFolder('none'))).size).toBe(0);
});
