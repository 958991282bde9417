import { closeSync, openSync } from 'node:fs';
import { terminalOf } from './terminal-of.ts';

test('a file is no terminal and has neither width nor colours', () => {
  const fd = openSync('/dev/null', 'w');
  expect(terminalOf({ stdout: fd, env: {} })).toEqual({ isTerminal: false, columns: undefined, hasColor: false });
  closeSync(fd);
});

test.each([
  [{}, true],
  [{ NO_COLOR: '' }, true],
  [{ NO_COLOR: '1' }, false],
])('a terminal with %j has colours: %j', (env, hasColor) => {
  const fd = openTerminal();
  expect(terminalOf({ stdout: fd, env })).toMatchObject({ isTerminal: true, hasColor });
  closeSync(fd);
});

/** The controlling end of a new terminal, which is one too. */
const openTerminal = (): number => openSync('/dev/ptmx', 'r+');
