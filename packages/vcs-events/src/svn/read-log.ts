import { readChild } from '@sluice/pipeline/node';
import type { Commit } from '../commit.ts';
import { metricNames } from '../metrics.ts';
import { type CommitContext, commitOf } from './commit-of.ts';
import type { SvnOptions } from './options.ts';
import { targetOf } from './svn-address.ts';
import { svnCommand } from './svn-command.ts';
import { readEntries } from './svn-log-entries.ts';

export interface LogQuery extends CommitContext {
  readonly address: string;
  readonly options: SvnOptions;
}

/** The commits of a range of revisions, both ends included, in the order that the options ask for. */
export async function* readLog(
  query: LogQuery,
  first: number,
  last: number,
  signal: AbortSignal,
): AsyncGenerator<readonly Commit[], void, undefined> {
  const { address, options } = query;
  const command = svnCommand(logArguments(address, options, first, last), { writesSmall: true });
  const chunks = counted(readChild(command, signal), options);
  for await (const entries of readEntries(chunks, options)) yield entries.map((entry) => commitOf(entry, query));
  signal.throwIfAborted();
}

/** Arguments of `svn log`. Of paths it is told nothing: it would want them to exist, and would follow their copies. */
function logArguments(address: string, options: SvnOptions, first: number, last: number): readonly string[] {
  const { order, files, paths, mergeHistory } = options;
  return [
    'log',
    '--xml',
    ...(files === true || paths !== undefined ? ['-v'] : []),
    ...(mergeHistory === true ? ['-g'] : []),
    '-r',
    order === 'newest-first' ? `${last}:${first}` : `${first}:${last}`,
    '--',
    targetOf(address),
  ];
}

async function* counted(
  chunks: AsyncIterable<Buffer>,
  { metrics }: SvnOptions,
): AsyncGenerator<Buffer, void, undefined> {
  for await (const chunk of chunks) {
    metrics?.add(metricNames.bytes, chunk.length);
    yield chunk;
  }
}
