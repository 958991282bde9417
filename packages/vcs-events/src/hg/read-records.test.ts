import fc from 'fast-check';
import { describeWith } from '../../../../tools/testing/describe-with.ts';
import { runChildBytes } from '../run-child.ts';
import { HgRepository, needsHgModule } from '../testing/hg-repository.ts';
import { changesetFields, changesetOf } from './changeset.ts';
import { hgCommand } from './hg-command.ts';
import { logArguments, RecordReader } from './read-records.ts';

const all = (output: Buffer, cuts: readonly number[], maxLineBytes = 1e6): readonly unknown[] => {
  const reader = new RecordReader((record) => record, maxLineBytes);
  const found: unknown[] = [];
  let start = 0;
  for (const end of [...cuts, output.length]) {
    const result = reader.feed(output.subarray(start, end));
    found.push(...result.found);
    if (result.failure !== undefined) throw result.failure;
    start = end;
  }
  reader.end();
  return found;
};

describeWith(needsHgModule, 'the output of hg log', () => {
  let output: Buffer;
  let records: readonly unknown[];
  beforeAll(async () => {
    const repository = new HgRepository();
    repository.store([
      { message: 'one "quoted" \\ \n two', files: ['a', 'b'] },
      { message: 'ü 😀 \0', user: 'Ü <ü@x>' },
      { message: 'three', files: [Buffer.from([0xff])] },
    ]);
    const revisions = { expression: 'all()', args: [] };
    const args = logArguments({ revisions, fields: changesetFields(true) });
    output = await runChildBytes(hgCommand(args, repository.folder));
    records = all(output, []);
  });

  test('is ASCII, one changeset a line, and a mark', () => {
    expect(records.map((record) => changesetOf(record).desc)).toEqual(['one "quoted" \\ \n two', 'ü 😀 \0', 'three']);
    expect(output.every((byte) => byte === 10 || (byte >= 32 && byte < 127))).toBe(true);
    expect(output.toString().split('\n')).toHaveLength(5);
  });

  test('any division into chunks gives the same', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(output.length)), (cuts) => {
        expect(
          all(
            output,
            cuts.sort((one, other) => one - other),
          ),
        ).toEqual(records);
      }),
    );
  });

  test('whole changesets and an error are what comes of any part of it', () => {
    for (let end = 0; end < output.length; end += 1) {
      const reader = new RecordReader((record) => record, 1e6);
      const { found, failure } = reader.feed(output.subarray(0, end));
      expect([failure, found]).toEqual([undefined, records.slice(0, found.length)]);
      expect(() => reader.end()).toThrow(expect.objectContaining({ code: 'ERR_VCS_EVENTS_TRUNCATED' }));
    }
  });

  test('a changed byte is an error or another text, never a changeset less', () => {
    fc.assert(
      fc.property(fc.nat(output.length - 1), fc.integer({ min: 32, max: 126 }), (at, byte) => {
        const changed = Buffer.from(output);
        changed[at] = byte;
        try {
          expect(all(changed, []).map(changesetOf)).toHaveLength(records.length);
        } catch (error) {
          expect(error).toMatchObject({ name: 'VcsEventsError' });
        }
      }),
    );
  });

  test('what comes before a line that is none is found', () => {
    const [first = ''] = output.toString().split('\n');
    const { found, failure } = new RecordReader((record) => record, 1e6).feed(
      Buffer.from(`${first}\n*** failed to import extension\n`),
    );
    expect(found).toEqual(records.slice(0, 1));
    expect(failure).toMatchObject({ code: 'ERR_VCS_EVENTS_FORMAT', value: '*** failed to import extension' });
  });

  test('nothing may come after the mark', () => {
    expect(() => all(Buffer.concat([output, output]), [])).toThrow(
      expect.objectContaining({ code: 'ERR_VCS_EVENTS_FORMAT' }),
    );
    expect(() => all(Buffer.concat([output, Buffer.from('x')]), [])).toThrow(
      expect.objectContaining({ code: 'ERR_VCS_EVENTS_TRUNCATED' }),
    );
  });

  test('a line beyond the limit is an error before it has ended', () => {
    const reader = new RecordReader((record) => record, 10);
    expect(reader.feed(Buffer.from('"12345678"')).failure).toBeUndefined();
    expect(reader.feed(Buffer.from('9')).failure).toMatchObject({ code: 'ERR_VCS_EVENTS_TOO_LARGE', limit: 10 });
  });

  test.each([
    null,
    [],
    {},
    '{"node":"--all"}',
    { node: 'x', p1: '', p2: '', user: '', desc: '', branch: '', date: [0, 0] },
  ])('%j is no changeset', (record) => {
    expect(() => changesetOf(record)).toThrow(expect.objectContaining({ code: 'ERR_VCS_EVENTS_FORMAT' }));
  });
});
