import { resolve } from 'node:path';
import { followFiles } from '@sluice/log-source';
import type { Chunk } from '@sluice/pipeline';
import type { CommandLine } from '../command-line/command-line.ts';
import type { Messages } from '../messages.ts';
import type { Output } from '../output/output.ts';
import type { LineSearch } from '../search/line-search.ts';
import { FollowedLines } from './followed-lines.ts';

/** A path as a glob that means nothing else. */
const literally = (path: string): string => path.replaceAll(/[*?[]/g, '[$&]');

/** Searches what is appended to files, through their rotations, until the signal. */
export async function searchFollowed(
  line: CommandLine,
  task: {
    readonly search: LineSearch;
    readonly output: Output;
    readonly messages: Messages;
    readonly afterEach: () => void;
  },
  stop: AbortController,
): Promise<void> {
  const { search, output, messages, afterEach } = task;
  const given = new Map(line.paths.map((path) => [resolve(path), path]));
  const lines = new FollowedLines(search, line);
  const take = (chunk: Chunk): void => {
    const wantsMore = lines.take(chunk, given.get(chunk.source.path) ?? chunk.source.path);
    output.flush();
    if (chunk.ending === 'cut')
      messages.note(`${chunk.source.path}: a line was cut after ${line.maxLineBytes} bytes (--max-line-bytes)`);
    afterEach();
    if (!wantsMore) stop.abort();
  };
  await new Promise<void>((done, failed) => {
    followFiles(line.paths.map(literally), {
      start: line.fromStart ? 'beginning' : 'end',
      maxLineBytes: line.maxLineBytes,
      signal: stop.signal,
      rejects: {
        next: ({ path = '<input>', reason }) => messages.note(reason.startsWith(path) ? reason : `${path}: ${reason}`),
      },
    }).subscribe({
      next: (chunk) => {
        try {
          take(chunk);
        } catch (error) {
          stop.abort();
          failed(error);
        }
      },
      error: failed,
      complete: done,
    });
  });
}
