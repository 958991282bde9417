import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, constants, openSync } from 'node:fs';
import { pythonModule, testWith } from '../../../../tools/testing/describe-with.ts';
import { isTerminal } from './is-terminal.ts';

test.each(['/dev/null', '/proc/self/status', '.'])('%s is no terminal', (file) => {
  const fd = openSync(file, 'r');
  try {
    expect(isTerminal(fd)).toBe(false);
  } finally {
    closeSync(fd);
  }
});

test('a descriptor that is not open is no terminal', () => {
  expect(isTerminal(9999)).toBe(false);
});

testWith([pythonModule('pty', 'python3')], 'a pseudo-terminal is one', async () => {
  const script = 'import os, pty, sys; print(os.ttyname(pty.openpty()[1]), flush=True); sys.stdin.read()';
  // The terminal lasts as long as its maker.
  const maker = spawn('/usr/bin/python3', ['-c', script], { stdio: ['pipe', 'pipe', 'inherit'] });
  const [name] = (await once(maker.stdout, 'data')) as [Buffer];
  const fd = openSync(name.toString().trim(), constants.O_RDWR | constants.O_NOCTTY);
  try {
    expect(isTerminal(fd)).toBe(true);
  } finally {
    closeSync(fd);
    maker.stdin.end();
    await once(maker, 'close');
  }
});
