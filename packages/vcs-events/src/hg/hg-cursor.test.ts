import { describeWith } from '../../../../tools/testing/describe-with.ts';
import type { Cursor } from '../options.ts';
import { HgRepository, needsHg, needsHgModule } from '../testing/hg-repository.ts';
import { hgBatches } from './hg-batches.ts';
import type { HgOptions } from './options.ts';

interface Read {
  readonly messages: readonly string[];
  readonly cursor: Cursor;
}

/** Reads to the end from a cursor, which goes through JSON as in a file. */
async function read(folder: string, cursor?: Cursor, options: HgOptions = {}): Promise<Read> {
  const messages: string[] = [];
  const cursors: Cursor[] = [];
  const batches = hgBatches(folder, {
    ...options,
    ...(cursor === undefined ? {} : { cursor: JSON.parse(JSON.stringify(cursor)) }),
    onCursor: (next) => cursors.push(next),
  });
  for await (const batch of batches) {
    messages.push(...batch.map(({ message }) => message));
    expect(cursors).toEqual([]);
  }
  expect(cursors).toHaveLength(1);
  return { messages, cursor: cursors[0] as Cursor };
}

const evolve = ['--config', 'experimental.evolution=all'];

describeWith(needsHg, 'the cursor of hgBatches', () => {
  let repository: HgRepository;
  const commit = (message: string): string => repository.commit(message, { files: [message] });
  beforeEach(() => {
    repository = new HgRepository();
  });
  let lineOfThree: HgRepository;
  let threeHeads: HgRepository;
  beforeAll(() => {
    repository = lineOfThree = new HgRepository();
    for (const message of ['one', 'two', 'three']) commit(message);
    repository = threeHeads = new HgRepository();
    commit('root');
    for (const message of ['a', 'b', 'c']) {
      repository.hg('update', '-q', '0');
      commit(message);
    }
  });

  test('names changesets by branch, newest first', async () => {
    const one = commit('one');
    repository.hg('branch', '-q', 'a b');
    const two = commit('two');
    repository.hg('update', '-q', one);
    repository.hg('branch', '-q', '-f', 'a b');
    const three = commit('three');
    const { cursor } = await read(repository.folder);
    expect(cursor).toEqual({ version: 1, kind: 'hg', heads: { 'a b': `${three} ${two}`, default: one } });
  });

  test('only what was added since is read: nothing, changesets, a branch, a merge', async () => {
    commit('one');
    const first = await read(repository.folder);
    const second = await read(repository.folder, first.cursor);
    expect([second.messages, second.cursor]).toEqual([[], first.cursor]);
    commit('two');
    repository.hg('update', '-q', '0');
    commit('three');
    const third = await read(repository.folder, second.cursor);
    expect(third.messages).toEqual(['two', 'three']);
    repository.hg('merge', '-q');
    repository.commit('merge', { files: [] });
    expect((await read(repository.folder, third.cursor, { order: 'newest-first' })).messages).toEqual(['merge']);
  });

  test('an empty repository is read to a cursor from which its first changeset is new', async () => {
    const first = await read(repository.folder);
    expect([first.messages, first.cursor.heads]).toEqual([[], {}]);
    commit('one');
    expect((await read(repository.folder, first.cursor)).messages).toEqual(['one']);
  });

  test('an amend, which strips the old changeset, gives the new one alone', async () => {
    repository = new HgRepository(lineOfThree);
    const { cursor } = await read(repository.folder);
    repository.hg('commit', '-q', '--amend', '-m', 'three, amended');
    expect((await read(repository.folder, cursor)).messages).toEqual(['three, amended']);
  });

  test('an amend that hides the old changeset gives the new one alone', async () => {
    repository = new HgRepository(lineOfThree);
    const { cursor } = await read(repository.folder);
    repository.hg(...evolve, 'commit', '-q', '--amend', '-m', 'three, amended');
    expect(repository.hg('log', '--hidden', '-r', 'hidden()', '-T', '{desc}')).toBe('three');
    expect((await read(repository.folder, cursor)).messages).toEqual(['three, amended']);
    expect((await read(repository.folder)).messages).toEqual(['one', 'two', 'three, amended']);
  });

  test('a strip below other changesets, which get other numbers, repeats none of them', async () => {
    repository = new HgRepository(threeHeads);
    const { cursor } = await read(repository.folder);
    repository.strip('desc(a)');
    repository.hg('update', '-q', 'desc(b)');
    commit('d');
    expect((await read(repository.folder, cursor)).messages).toEqual(['d']);
  });

  test('a clone with other numbers goes on where the other one was', async () => {
    repository = new HgRepository(threeHeads);
    const { cursor } = await read(repository.folder);
    repository.hg('update', '-q', '0');
    commit('new');
    const clone = new HgRepository();
    for (const number of ['4', '3', '1', '2']) clone.hg('pull', '-q', '-r', number, repository.folder);
    expect(clone.hg('log', '-r', 'all()', '-T', '{desc} ')).toBe('root new c a b ');
    expect((await read(clone.folder, cursor)).messages).toEqual(['new']);
  });

  test('with nothing left of it everything comes again, each once', async () => {
    commit('one');
    const heads = { default: `${'1'.repeat(40)} ${'2'.repeat(40)}`, tip: '3'.repeat(64) };
    expect((await read(repository.folder, { version: 1, kind: 'hg', heads })).messages).toEqual(['one']);
  });

  test('everything stripped is an empty repository', async () => {
    commit('one');
    const { cursor } = await read(repository.folder);
    repository.strip('0');
    expect(await read(repository.folder, cursor)).toMatchObject({ messages: [], cursor: { heads: {} } });
  });

  test('a branch with the name of a property of objects is a branch', async () => {
    repository.hg('branch', '-q', '__proto__');
    const one = commit('one');
    const { cursor } = await read(repository.folder);
    expect(JSON.stringify(cursor.heads)).toBe(`{"__proto__":"${one}"}`);
    expect((await read(repository.folder, cursor)).messages).toEqual([]);
  });

  test('a consumer that leaves early is given no cursor', async () => {
    commit('one');
    const onCursor = (): void => {
      throw new Error('given');
    };
    for await (const batch of hgBatches(repository.folder, { onCursor })) {
      expect(batch).toHaveLength(1);
      break;
    }
  });
});

describeWith(needsHgModule, 'the cursor of a repository with many heads', () => {
  test('leaves out what each of 3,000 heads reaches', async () => {
    const repository = new HgRepository();
    const heads = Array.from({ length: 3000 }, (_, at) => ({ message: `head ${at}`, parents: [0] }));
    repository.store([{ message: 'root' }, ...heads]);
    const { messages, cursor } = await read(repository.folder);
    expect(messages).toHaveLength(3001);
    repository.store([{ message: 'another root', parents: [] }]);
    expect((await read(repository.folder, cursor)).messages).toEqual(['another root']);
  });

  test('says after a strip of 1,000 changesets what had been delivered, but for some', async () => {
    const repository = new HgRepository();
    repository.store(Array.from({ length: 3000 }, (_, at) => ({ message: `${at}` })));
    const { cursor } = await read(repository.folder);
    expect(Object.values(cursor.heads).join(' ').split(' ').length).toBeLessThan(50);
    repository.strip('2000');
    const { messages } = await read(repository.folder, cursor);
    // The next of the cursor's changesets is the 1,024th from the end.
    expect(messages).toEqual(Array.from({ length: 23 }, (_, at) => `${at + 1977}`));
  });
});
