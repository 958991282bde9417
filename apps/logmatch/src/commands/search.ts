import { exitStatus } from '@sluice/command-line';
import type { CommandLine } from '../command-line/command-line.ts';
import type { Io } from '../io.ts';
import type { Messages } from '../messages.ts';
import { Output } from '../output/output.ts';
import { countsLines, type MadeSearch, makeSearch } from '../search/make-search.ts';
import { PatternSearch } from '../search/pattern-search.ts';
import type { PoolSearch } from '../search/pool-search.ts';
import { RejectNotes } from '../search/reject-notes.ts';
import { measureEffort, statsText } from '../search/stats.ts';
import { searchInputs } from './search-inputs.ts';

/** Searches as the command line says; returns the exit status. */
export async function runSearch(line: CommandLine, io: Io, messages: Messages): Promise<number> {
  const output = new Output(io.stdout);
  const rejects = new RejectNotes();
  const made = await makeSearch(line, output, rejects);
  const { search, patterns } = made;
  const effort = measureEffort();
  const afterEach = (): void => rejects.tell(messages);
  const task = { search, output, messages, afterEach, stdoutFd: io.stdout };
  if (line.follow) {
    const { searchFollowed } = await import('./follow-files.ts');
    await searchFollowed(line, task, io.stop);
  } else {
    const pool = await poolFor(line, made);
    try {
      await searchInputs(line, { ...task, pool });
    } finally {
      await pool?.close();
    }
  }
  output.flush();
  if (line.stats) messages.write(statsText(patterns, search.totals, effort()));
  return statusOf(line, search.totals.found, messages);
}

/** Worker threads, where they are asked for and the order of lines is all that has to be known of the rest. */
async function poolFor(line: CommandLine, { search }: MadeSearch): Promise<PoolSearch | undefined> {
  if (line.workers === 1 || line.invert || countsLines(line) || !(search instanceof PatternSearch)) return undefined;
  const { PoolSearch } = await import('../search/pool-search.ts');
  return new PoolSearch(search, line.workers, line.maxLineBytes);
}

/** As ripgrep: an error is 2 even if something was found, save with `-q`. */
function statusOf({ output }: CommandLine, found: boolean, messages: Messages): number {
  if (messages.hasFailed && !(output === 'quiet' && found)) return exitStatus.failed;
  return found ? exitStatus.done : exitStatus.problems;
}
