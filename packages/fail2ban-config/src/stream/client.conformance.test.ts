import { cpSync, existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Conformance } from '../../../../tools/testing/conformance.ts';
import { describeWith, program } from '../../../../tools/testing/describe-with.ts';
import { newFolder } from '../../../../tools/testing/new-folder.ts';
import { runProgram } from '../../../../tools/testing/run-program.ts';
import { commandStreamOf } from '../loader/command-stream-of.ts';
import { loadConfig } from '../loader/load-config.ts';
import { handMadeTrees } from '../testing/hand-made-trees.ts';
import { writeTree } from '../testing/write-tree.ts';
import { pythonRepr } from './python-repr.ts';

const stockDir = '/etc/fail2ban';

const theirs = (dir: string): string[] =>
  runProgram(['fail2ban-client', '-c', dir, '-d'], { env: process.env }).out.trimEnd().split('\n');
const ours = (dir: string): string[] => commandStreamOf(loadConfig(dir)).map(pythonRepr);

describeWith([program('fail2ban-client', 'fail2ban')], 'the commands that `fail2ban-client -d` prints', () => {
  const conformance = new Conformance('fail2ban-client -d');
  let compared = 0;

  function compare(what: string, dir: string): void {
    const wanted = theirs(dir);
    const lines = ours(dir);
    wanted.forEach((line, index) => {
      conformance.row(`${what}: ${line.slice(0, 60)}`, lines[index], line);
    });
    compared += wanted.length;
    expect(conformance.result.failed).toEqual([]);
    expect(lines).toHaveLength(wanted.length);
  }

  test.each(Object.entries(handMadeTrees))('are ours, to the letter, for a folder with %s', (what, files) => {
    const dir = newFolder();
    writeTree(dir, files);
    compare(what, dir);
  });

  test('are ours for the stock folder with every jail on', () => {
    expect(existsSync(`${stockDir}/jail.conf`)).toBe(true);
    const dir = newFolder();
    cpSync(stockDir, dir, { recursive: true, dereference: true });
    writeFileSync(path.join(dir, 'jail.local'), '[DEFAULT]\nenabled = true\n');
    compare('stock', dir);
    expect(compared).toBeGreaterThan(1200);
  });
});
