import { fstatSync, type Stats } from 'node:fs';
import type { CommandLine } from '../command-line/command-line.ts';
import { compressionOf } from '../input/compression.ts';
import { feedInput } from '../input/feed-input.ts';
import { inputFault } from '../input/input-fault.ts';
import { LineFeed } from '../input/line-feed.ts';
import { listFiles } from '../input/list-files.ts';
import { type OpenInput, openInput } from '../input/open-input.ts';
import type { Messages } from '../messages.ts';
import type { Output } from '../output/output.ts';
import type { LineSearch } from '../search/line-search.ts';
import type { PoolSearch } from '../search/pool-search.ts';

/** What searching inputs takes. */
export interface InputSearch {
  readonly search: LineSearch;
  /** Searches plain files instead, if given. */
  readonly pool: PoolSearch | undefined;
  readonly output: Output;
  readonly messages: Messages;
  readonly stdoutFd: number;
  /** Called after each input. */
  readonly afterEach: () => void;
}

const statsOf = (fd: number): Stats | undefined => {
  try {
    return fstatSync(fd);
  } catch {
    return undefined;
  }
};

/** Searches all inputs of a command line. What cannot be read is said, and the others go on. */
export async function searchInputs(line: CommandLine, task: InputSearch): Promise<void> {
  const { search, messages, afterEach } = task;
  const printsLines = ['lines', 'parts', 'records'].includes(line.output);
  const stdout = printsLines ? statsOf(task.stdoutFd) : undefined;
  for (const path of listFiles(line.paths, line.recursive, messages)) {
    let input: OpenInput | undefined;
    try {
      input = openInput(path, stdout);
      await searchOne(input, line.maxLineBytes, task);
    } catch (error) {
      messages.file(path, inputFault(error, path));
    } finally {
      input?.close();
    }
    afterEach();
    if (line.output === 'quiet' && search.totals.found) return;
  }
}

async function searchOne(input: OpenInput, maxLineBytes: number, task: InputSearch): Promise<void> {
  const { search, pool, messages, output } = task;
  const isPlainFile = input.size !== undefined && compressionOf(input.head) === undefined;
  search.begin(input.path);
  const feed = new LineFeed(search, maxLineBytes);
  let cutLines = 0;
  try {
    if (isPlainFile && pool !== undefined) cutLines = await pool.file(input);
    else await feedInput(input, feed, () => output.flush());
  } catch (error) {
    messages.file(input.path, inputFault(error, input.path));
  }
  // What could be read before a fault was searched too.
  feed.end();
  search.end();
  cutLines += feed.cutLines;
  if (cutLines > 0)
    messages.note(`${input.path}: ${cutLines} lines were cut after ${maxLineBytes} bytes (--max-line-bytes)`);
}
