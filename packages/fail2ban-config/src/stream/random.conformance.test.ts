import fc from 'fast-check';
import { Conformance } from '../../../../tools/testing/conformance.ts';
import { describeWith, pythonModule } from '../../../../tools/testing/describe-with.ts';
import { newFolder } from '../../../../tools/testing/new-folder.ts';
import { askPython } from '../../../../tools/testing/python.ts';
import { commandStreamOf } from '../loader/command-stream-of.ts';
import { loadConfig } from '../loader/load-config.ts';
import { randomTree } from '../testing/random-trees.ts';
import { writeTree } from '../testing/write-tree.ts';

/** What fail2ban makes of folders; null for one that it cannot read, or not in half a second. */
const program = `
import logging, signal
logging.disable(logging.CRITICAL)
from fail2ban.client.configurator import Configurator
class Late(BaseException): pass
def late(*_): raise Late()
signal.signal(signal.SIGALRM, late)
def stream(folder):
  signal.setitimer(signal.ITIMER_REAL, 0.5)
  try:
    configurator = Configurator()
    configurator.setBaseDir(folder)
    configurator.readAll()
    configurator.getOptions(None)
    configurator.convertToProtocol(allow_no_files=True)
    return configurator.getConfigStream()
  except (Exception, Late): return None
  finally: signal.setitimer(signal.ITIMER_REAL, 0)
print(json.dumps([stream(folder) for folder in json.load(sys.stdin)]))`;

describeWith([pythonModule('fail2ban.client.configurator', 'fail2ban')], 'random configurations', () => {
  const conformance = new Conformance('commands of random configurations');

  test("give fail2ban's commands wherever it can read them and they are without fault here", () => {
    const dir = newFolder();
    // Always the same ones: which trees are worth it would else depend on luck.
    const trees = fc.sample(randomTree, { numRuns: 150, seed: 6 });
    const folders = trees.map((_, index) => `${dir}/${index}`);
    trees.forEach((tree, index) => {
      writeTree(folders[index] as string, tree);
    });
    const theirs = askPython<(unknown[] | null)[]>(program, folders);
    let compared = 0;
    folders.forEach((folder, index) => {
      const config = loadConfig(folder);
      const wanted = theirs[index];
      const ours = commandStreamOf(config);
      if (wanted === null || config.problems.length > 0) return;
      compared += 1;
      conformance.row(folder.replace(dir, 'tree '), ours, wanted);
    });
    expect(compared).toBeGreaterThan(50);
    conformance.expectAll(compared);
  });
});
