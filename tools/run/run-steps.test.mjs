import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runSteps } from './run-steps.mjs';

/** @type {string} */
let root;
/** @type {string[]} */
let lines;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'sluice-steps-'));
  lines = [];
});
afterEach(() => rmSync(root, { recursive: true }));

/** @param {string} script */
const node = (script) => ({ name: 'script', command: ['node', '-e', script] });

/** @param {readonly import('./run-steps.mjs').Step[]} steps */
const run = (...steps) => runSteps(root, steps, (line) => lines.push(line));

test('runs each step in the folder, with the Node.js that runs this and the variables of the step', () => {
  const script = "fs.appendFileSync('log', [process.env.NAME, process.execPath, ''].join(' '))";
  expect(run({ ...node(script), env: { NAME: 'a' } }, { ...node(script), env: { NAME: 'b' } })).toBeUndefined();
  expect(readFileSync(path.join(root, 'log'), 'utf8')).toBe(`a ${process.execPath} b ${process.execPath} `);
});

test('stops at the first step that fails and names it', () => {
  const failing = { ...node('process.exit(3)'), name: 'second' };
  expect(run(node(''), failing, node("fs.writeFileSync('log', '')"))).toBe(failing);
  expect(lines).toEqual([
    '▸ script',
    expect.stringMatching(/^✓ script \(\d+\.\d s\)$/),
    '▸ second',
    expect.stringMatching(/^✗ second \(\d+\.\d s\)$/),
  ]);
});

test('a program that is not there fails its step with a reason', () => {
  const step = { name: 'lint', command: ['no-such-program'] };
  expect(run(step)).toBe(step);
  expect(lines[1]).toMatch(/no-such-program.* ENOENT/);
});

test('a step that has nothing to do is passed over', () => {
  expect(run({ ...node('process.exit(1)'), isDone: () => true })).toBeUndefined();
  expect(lines).toEqual(['✓ script: nothing to do']);
});

test('a step cannot wait for input', () => {
  expect(run(node('process.stdin.resume()'))).toBeUndefined();
});
