import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { CommandLine } from '../command-line/command-line.ts';
import { usageError } from '../command-line/usage-error.ts';
import { compressionOf } from '../input/compression.ts';
import { feedInput } from '../input/feed-input.ts';
import { LineFeed } from '../input/line-feed.ts';
import { openInput } from '../input/open-input.ts';
import { Output } from '../output/output.ts';
import type { LineSearch } from '../search/line-search.ts';
import { makeSearch } from '../search/make-search.ts';
import { RejectNotes } from '../search/reject-notes.ts';
import { type Effort, hitsTable, measureEffort, speedText } from '../search/stats.ts';

const readBytes = 262_144;

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;

const medianEffort = (efforts: readonly Effort[]): Effort => ({
  wallMs: median(efforts.map(({ wallMs }) => wallMs)),
  cpuMs: median(efforts.map(({ cpuMs }) => cpuMs)),
});

/** Reads a file into the memory that a search would read it into, and looks at nothing. Returns its size. */
function readOnly(path: string, search: LineSearch): number {
  const fd = openSync(path, 'r');
  try {
    let bytes = 0;
    for (let got = -1; got !== 0; bytes += got) got = readSync(fd, search.memory(readBytes), 0, readBytes, null);
    return bytes;
  } finally {
    closeSync(fd);
  }
}

async function searchFile(path: string, line: CommandLine, search: LineSearch): Promise<void> {
  const input = openInput(path, undefined);
  try {
    search.begin(path);
    const feed = new LineFeed(search, line.maxLineBytes);
    await feedInput(input, feed, () => {});
    feed.end();
    search.end();
  } finally {
    input.close();
  }
}

function checkFiles(paths: readonly string[]): void {
  for (const path of paths) {
    const input = openInput(path, undefined);
    const isPlain = fstatSync(input.fd).isFile() && compressionOf(input.head) === undefined;
    input.close();
    if (!isPlain) throw usageError(`bench reads plain files only, and ${path} is none`, 'unpack it to a file first');
  }
}

const row = (name: string, bytes: number, { wallMs, cpuMs }: Effort): string =>
  `${name.padEnd(18)}${speedText(bytes, cpuMs).padStart(12)} of CPU${speedText(bytes, wallMs).padStart(12)} by the clock`;

/**
 * Measures how fast the files of a command line are searched for its patterns, beside how fast they are read at all.
 * Rounds take turns, and what is told is their median; the first, which warms up, is left out when there are more.
 *
 * @throws the system's error for a file that cannot be read
 */
export async function benchText(line: CommandLine): Promise<string> {
  checkFiles(line.paths);
  const reading: Effort[] = [];
  const searching: Effort[] = [];
  // Counting is the search itself: what printing costs depends on where to.
  const quiet: CommandLine = { ...line, output: 'counts', json: false, lineNumbers: false, template: undefined };
  const { search, patterns } = await makeSearch(quiet, new Output(-1), new RejectNotes());
  let bytes = 0;
  let found = '';
  for (let round = 0; round < line.rounds; round += 1) {
    const read = measureEffort();
    bytes = 0;
    for (const path of line.paths) bytes += readOnly(path, search);
    reading.push(read());
    const effort = measureEffort();
    for (const path of line.paths) await searchFile(path, line, search);
    searching.push(effort());
    const { lines, selected, candidates, hits } = search.totals;
    if (round === 0)
      found = `${hitsTable(patterns, hits)}\n${lines} lines, ${selected} found, ${candidates} looked at closely`;
  }
  const warm = (efforts: readonly Effort[]): Effort => medianEffort(efforts.length > 1 ? efforts.slice(1) : efforts);
  const [read, searched] = [warm(reading), warm(searching)];
  const ratio = read.cpuMs > 0 && searched.cpuMs > 0 ? (read.cpuMs / searched.cpuMs).toFixed(3) : '-';
  if (line.json) {
    const speeds = { readCpuMs: read.cpuMs, readWallMs: read.wallMs, cpuMs: searched.cpuMs, wallMs: searched.wallMs };
    return `${JSON.stringify({ bytes, rounds: line.rounds, ...speeds })}\n`;
  }
  return `${found}

${bytes} bytes, ${line.rounds} rounds
${row('reading alone', bytes, read)}
${row('reading, searching', bytes, searched)}
${ratio} of the speed of reading
`;
}
