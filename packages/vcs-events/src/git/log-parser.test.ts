import fc from 'fast-check';
import type { Commit } from '../commit.ts';
import { readNameStatus, readNumstat } from './file-reader.ts';
import { LogParser, type LogParserOptions } from './log-parser.ts';

const repository = { kind: 'git', id: 'git' };

interface Parsed {
  readonly commits: Commit[];
  readonly invalid: string[];
}

function parse(pieces: Iterable<Buffer>, options: Partial<LogParserOptions> = {}): Parsed {
  const invalid: string[] = [];
  const onInvalidText = (id: string): void => void invalid.push(id);
  const parser = new LogParser({ repository, maxCommitBytes: 1 << 20, onInvalidText, ...options });
  const commits: Commit[] = [];
  for (const piece of pieces) commits.push(...parser.feed(piece));
  return { commits: [...commits, ...parser.end()], invalid };
}

const record = (id: string, parents: string, message: string, name = 'Ada'): string =>
  `\x01${id}\0${parents}\0${name}\0ada@x\x001000 +0100\0Bo\0bo@x\x002000 -0230\0${message}\0\0`;

const plain = record('a', '', 'root\n') + record('b', 'a', '') + record('c', 'b a', '\x01 \n\n é€😀 \n');
const withNumbers =
  `${record('a', '', 'root\n')}\n1\t2\t\nx\0-\t-\tbin\0` +
  `${record('b', 'a', 'no paths')}${record('c', 'b', 'moved')}\n3\t0\t\0\x01old\0new é\0` +
  `0\t0\t\x01odd\0`;
const withStatus = `${record('a', '', '')}\nA\0\x01odd\0T\0link\0${record('b', 'a', '')}\nR086\0\nold\0new\0C100\0x\0y\0`;

const kinds = [
  ['no paths', plain, {}],
  ['numbers of lines', withNumbers, { readFile: readNumstat }],
  ['states', withStatus, { readFile: readNameStatus }],
] as const;

describe('LogParser', () => {
  test('reads every field', () => {
    expect(parse([Buffer.from(plain)], { branch: 'main' }).commits).toEqual([
      {
        repository,
        id: 'a',
        parents: [],
        author: { name: 'Ada', email: 'ada@x', timeMs: 1_000_000, tzMinutes: 60 },
        committer: { name: 'Bo', email: 'bo@x', timeMs: 2_000_000, tzMinutes: -150 },
        message: 'root\n',
        branch: 'main',
      },
      expect.objectContaining({ id: 'b', parents: ['a'], message: '' }),
      expect.objectContaining({ id: 'c', parents: ['b', 'a'], message: '\x01 \n\n é€😀 \n' }),
    ]);
  });

  test('reads numbers of lines, of paths with any characters', () => {
    expect(parse([Buffer.from(withNumbers)], { readFile: readNumstat }).commits.map(({ files }) => files)).toEqual([
      [
        { path: '\nx', added: 1, deleted: 2 },
        { path: 'bin', added: null, deleted: null },
      ],
      [],
      [
        { path: 'new é', action: 'renamed', from: '\x01old', added: 3, deleted: 0 },
        { path: '\x01odd', added: 0, deleted: 0 },
      ],
    ]);
  });

  test('reads what happened to paths', () => {
    expect(parse([Buffer.from(withStatus)], { readFile: readNameStatus }).commits.map(({ files }) => files)).toEqual([
      [
        { path: '\x01odd', action: 'added' },
        { path: 'link', action: 'modified' },
      ],
      [
        { path: 'new', action: 'renamed', from: '\nold' },
        { path: 'y', action: 'copied', from: 'x' },
      ],
    ]);
  });

  test.each(kinds)('any division into chunks gives the same: %s', (_, text, options) => {
    const bytes = Buffer.concat([Buffer.from(text), Buffer.from(record('z', '', 'caf'), 'latin1')]);
    const whole = parse([bytes], options);
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(bytes.length), { maxLength: 30 }), (cuts) => {
        const ends = [...cuts.sort((a, b) => a - b), bytes.length];
        const pieces = ends.map((end, at) => bytes.subarray(ends[at - 1] ?? 0, end));
        expect(parse(pieces, options)).toEqual(whole);
      }),
    );
    expect(
      parse(
        Array.from(bytes, (_byte, at) => bytes.subarray(at, at + 1)),
        options,
      ),
    ).toEqual(whole);
  });

  test.each(kinds)(
    'an output that ends anywhere is an error or whole commits, never half a one: %s',
    (_, text, options) => {
      const bytes = Buffer.from(text);
      const whole = parse([bytes], options).commits;
      let errors = 0;
      for (let end = 0; end < bytes.length; end += 1) {
        try {
          const { commits } = parse([bytes.subarray(0, end)], options);
          // Where the next thing could begin, only Git's exit code tells that it did not come.
          expect(bytes[end - 1] ?? 0).toBe(0);
          commits.forEach((commit, at) => {
            expect({ ...commit, files: [] }).toEqual({ ...whole[at], files: [] });
            expect(whole[at]?.files?.slice(0, commit.files?.length)).toEqual(commit.files);
          });
        } catch (error) {
          if (!(error instanceof Error && 'code' in error)) throw error;
          expect(error.code).toBe('ERR_VCS_EVENTS_TRUNCATED');
          errors += 1;
        }
      }
      expect(errors).toBeGreaterThan(bytes.length * 0.9);
    },
  );

  test.each([
    ['text before the first commit', `warning\n${plain}`, undefined],
    ['a field too many', plain.replace('Ada\0', 'Ada\0Abe\0'), undefined],
    ['a field too few', plain.replace('Ada\0', ''), undefined],
    ['paths that were not asked for', withNumbers, undefined],
    ['a path without its line break', withNumbers.replace('\n1\t', '1\t'), readNumstat],
    ['numbers that are none', withNumbers.replace('3\t0\t', '3\tx\t'), readNumstat],
    ['a state that is none', withStatus.replace('T\0', 'X\0'), readNameStatus],
  ])('%s is an error', (_, text, readFile) => {
    expect(() => parse([Buffer.from(text)], { readFile })).toThrow(
      expect.objectContaining({ code: 'ERR_VCS_EVENTS_FORMAT' }),
    );
  });

  test('bytes that are not UTF-8 become U+FFFD, and only their commits are told of', () => {
    const bytes = Buffer.concat([
      Buffer.from(record('a', '', 'honest \ufffd')),
      Buffer.from(record('b', '', 'caf\xe9'), 'latin1'),
      Buffer.from(record('c', '', 'fine')),
      Buffer.from(record('d', '', 'm', 'R\xe9n\xe9'), 'latin1'),
    ]);
    const { commits, invalid } = parse([bytes]);
    expect(commits.map(({ message }) => message)).toEqual(['honest \ufffd', 'caf\ufffd', 'fine', 'm']);
    expect(commits[3]?.author.name).toBe('R\ufffdn\ufffd');
    expect(invalid).toEqual(['b', 'd']);
  });

  test('a path that is not UTF-8 counts for its commit', () => {
    const bytes = Buffer.from(`${record('a', '', '')}\n1\t0\tx\0${record('b', '', '')}\n1\t0\t\xe9\0`, 'latin1');
    const { commits, invalid } = parse([bytes], { readFile: readNumstat });
    expect(commits[1]?.files).toEqual([{ path: '\ufffd', added: 1, deleted: 0 }]);
    expect(invalid).toEqual(['b']);
  });

  test.each(kinds)(
    'a commit of maxCommitBytes passes, one byte more is an error, in any chunks: %s',
    (_, text, options) => {
      const big = text + record('big', '', 'x'.repeat(500));
      const bytes = Buffer.from(big);
      const exact = Buffer.byteLength(record('big', '', 'x'.repeat(500)));
      for (const size of [1, 7, 100, bytes.length]) {
        const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_piece, at) =>
          bytes.subarray(at * size, (at + 1) * size),
        );
        expect(parse(pieces, { ...options, maxCommitBytes: exact }).commits.at(-1)?.id).toBe('big');
        expect(() => parse(pieces, { ...options, maxCommitBytes: exact - 1 })).toThrow(
          expect.objectContaining({ code: 'ERR_VCS_EVENTS_TOO_LARGE' }),
        );
      }
    },
  );

  test('the paths of one commit count together', () => {
    const text = `${record('a', '', '')}\n${'1\t0\tfolder/file\0'.repeat(100)}`;
    expect(() => parse([Buffer.from(text)], { readFile: readNumstat, maxCommitBytes: 1000 })).toThrow(
      'a commit has more than maxCommitBytes = 1000 bytes',
    );
  });
});
