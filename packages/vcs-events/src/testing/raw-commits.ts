import { execFileSync } from 'node:child_process';

/** A commit object as it is stored, read by nothing that the reader under test uses. */
export interface RawCommit {
  readonly id: string;
  readonly parents: readonly string[];
  readonly author: RawSignature;
  readonly committer: RawSignature;
  readonly message: string;
}

interface RawSignature {
  readonly name: string;
  readonly email: string;
  readonly seconds: number;
  readonly zone: string;
}

/** All commits of a repository by id, from `git cat-file --batch-all-objects`. */
export function rawCommits(folder: string): ReadonlyMap<string, RawCommit> {
  const output = execFileSync('git', ['cat-file', '--batch-all-objects', '--batch'], {
    cwd: folder,
    maxBuffer: 1 << 30,
  });
  const commits = new Map<string, RawCommit>();
  for (let at = 0; at < output.length; ) {
    const lineEnd = output.indexOf('\n', at);
    const [id, type, size] = output.toString('latin1', at, lineEnd).split(' ') as [string, string, string];
    const bytes = output.subarray(lineEnd + 1, lineEnd + 1 + Number(size));
    if (type === 'commit') commits.set(id, rawCommit(id, bytes));
    at = lineEnd + 1 + bytes.length + 1;
  }
  return commits;
}

function rawCommit(id: string, bytes: Buffer): RawCommit {
  const headEnd = bytes.indexOf('\n\n');
  const lines = bytes.toString('latin1', 0, headEnd).split('\n');
  const values = (name: string): string[] =>
    lines.filter((line) => line.startsWith(`${name} `)).map((line) => line.slice(name.length + 1));
  const decoder = new TextDecoder(values('encoding')[0] ?? 'utf-8', { ignoreBOM: true });
  const decoded = (text: string): string => decoder.decode(Buffer.from(text, 'latin1'));
  const signature = (line: string): RawSignature => {
    const [, name = '', email = '', seconds = '', zone = ''] = /^(.*)<(.*)> (-?\d+) (\S+)$/.exec(line) ?? [];
    return { name: decoded(name).trim(), email: decoded(email), seconds: Number(seconds), zone };
  };
  return {
    id,
    parents: values('parent'),
    author: signature(values('author')[0] ?? ''),
    committer: signature(values('committer')[0] ?? ''),
    message: decoder.decode(bytes.subarray(headEnd + 2)),
  };
}
