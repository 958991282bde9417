/** One thing that nft says is wrong. */
export interface NftComplaint {
  /** 1-based line of the input; undefined where it points at none. */
  readonly line: number | undefined;
  /** 1-based column of its first character. */
  readonly column: number | undefined;
  /** What is wrong, without what nft says of all that the kernel refuses. */
  readonly text: string;
}

const placed = /^\S+?:(\d+):(\d+)-(\d+): Error: (.*)$/;
const unplaced = /^(?:netlink: )?Error: (.*)$/;
const prefix = 'Could not process rule: ';
const pointer = /^ *[~ ]*(?=\^)/;

/**
 * Reads what nft writes to standard error: `/dev/stdin:2:25-31: Error: …`, then the line, then a line of `^`. For a
 * command in its arguments it names no place, but the third line points.
 */
export function nftComplaints(stderr: string): readonly NftComplaint[] {
  const lines = stderr.split('\n');
  const complaints: NftComplaint[] = [];
  for (const [n, line] of lines.entries()) {
    const [, at, column, , text] = placed.exec(line) ?? [];
    if (text !== undefined) {
      complaints.push({ line: Number(at), column: Number(column), text: text.replace(prefix, '') });
      continue;
    }
    const [, plain] = unplaced.exec(line) ?? [];
    if (plain === undefined) continue;
    const before = pointer.exec(lines[n + 2] ?? '')?.[0].length;
    complaints.push({
      line: before === undefined ? undefined : 1,
      column: before === undefined ? undefined : before + 1,
      text: plain.replace(prefix, ''),
    });
  }
  return complaints;
}
