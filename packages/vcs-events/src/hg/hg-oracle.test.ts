import { ringRejects } from '@sluice/pipeline';
import { describeWith } from '../../../../tools/testing/describe-with.ts';
import type { Commit } from '../commit.ts';
import { commitsOf } from '../testing/commits-of.ts';
import { HgRepository, needsHgModule, type RawChangeset } from '../testing/hg-repository.ts';
import { hgBatches } from './hg-batches.ts';

const bytes = (text: string): Buffer => Buffer.from(text, 'latin1');

const nasty: readonly RawChangeset[] = [
  { message: 'root', date: '1146431820 -7200', files: ['a', 'b c'] },
  { message: '', user: '' },
  { message: 'Zürich 日本語 😀 \u2028 \ufeff', user: 'Jürg Müller <jürg@exämple.org>', files: ['ü/日本.txt'] },
  { message: 'controls \x01\x07\x1b[31m\x7f\t"quotes" \\back\\slash\\n </log> {node} %s', user: '"Doe, John" <j@x>' },
  { message: 'many\nlines\n\n  indented\n\ntrailing', user: 'a@b' },
  { message: 'NUL \0 within', user: 'A <b> & C <a@x>' },
  { message: 'branch', date: '100 3600 branch:stäble', parents: [0] },
  { message: 'merge', parents: [5, 6], date: '200 -19800' },
  { message: 'before 1970', date: '-86400 28800' },
  { message: 'fraction', date: '12.5 0' },
  { message: 'closed', date: '300 0 branch:old\0close:1' },
  { message: 'west', user: '<only@address>', date: '400 43200' },
  { message: 'east', user: 'name only', date: '500 -50400' },
  { message: 'another root', parents: [] },
  { message: 'U+FFFD \ufffd as it was written' },
  { message: bytes('latin-1: caf\xe9'), user: bytes('J\xfcrg <j@x>') },
  { message: 'a file', files: [bytes('caf\xe9'), bytes('\xff\xfe\xed\xa0\x80'), 'line'] },
  { message: bytes('mixed \xc3\xa9 \xe9'), date: bytes('0 0 branch:br\xe9') },
  { message: 'far away', date: '99999999999999 0' },
  { message: 'no such zone', date: '600 99999' },
  { message: 'half a minute east', date: '700 -30' },
];

/** The parts of a changeset as it is stored, taken apart by nothing that the reader under test uses. */
function partsOf(text: Buffer) {
  const [, user = '', date = '', ...rest] = text.toString('latin1').split('\n');
  const files = rest.slice(0, rest.indexOf(''));
  const decoded = (latin1: string): string => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes(latin1));
  const [time = '', zone = '', ...extra] = date.split(' ');
  const branch = /(?:^|\0)branch:([^\0]*)/.exec(extra.join(' '))?.[1] ?? 'default';
  return {
    user: decoded(user),
    seconds: Math.trunc(Number(time)),
    minutes: 0 - Number(zone) / 60,
    branch: decoded(branch),
    files: files.map(decoded),
    message: decoded(rest.slice(files.length + 1).join('\n')),
  };
}

describeWith(needsHgModule, 'hgBatches and what Mercurial has stored', () => {
  const rejects = ringRejects(99);
  let repository: HgRepository;
  let nodes: readonly string[];
  let commits: Commit[];
  let stored: readonly Buffer[];
  let parentsByNumber: readonly string[];
  beforeAll(async () => {
    repository = new HgRepository();
    nodes = repository.store(nasty);
    commits = await commitsOf(hgBatches(repository.folder, { files: true, rejects }));
    stored = repository.stored();
    parentsByNumber = repository.hg('log', '-r', 'all()', '-T', '{p1node} {p2node}\\n').split('\n');
  });

  test('each changeset comes once, in the order of their numbers', () => {
    expect(commits.map(({ id }) => id)).toEqual(nodes);
  });

  test.each(nasty.map(({ message }, at) => [at, String(message)] as const))('changeset %i: %j', (at) => {
    const raw = partsOf(stored[at] as Buffer);
    const { author, committer, message, branch, files, parents } = commits[at] as Commit;
    // Mercurial strips blanks of ASCII around a message.
    expect(message).toBe(raw.message.replaceAll(/^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$/g, ''));
    expect(branch).toBe(raw.branch);
    // Of bytes that are not UTF-8, each is one U+FFFD.
    const simple = (path: string): string => path.replaceAll(/\ufffd+/g, '\ufffd');
    expect(files?.map(({ path }) => simple(path))).toEqual(raw.files.map(simple));
    expect(parents).toEqual((nasty[at]?.parents ?? (at === 0 ? [] : [at - 1])).map((parent) => nodes[parent]));
    // A plain template of single fields says the same.
    expect(parents).toEqual(parentsByNumber[at]?.split(' ').filter((id) => !/^0+$/.test(id)));
    if (author.rawDate === undefined) {
      expect([author.timeMs, author.tzMinutes]).toEqual([raw.seconds * 1000, raw.minutes]);
    }
    expect(committer).toBe(author);
    for (const part of [author.name, author.email]) expect(raw.user).toContain(part);
  });

  test('users are split into names and addresses', () => {
    const users = commits.map(({ author: { name, email } }) => `${name}|${email}`);
    expect(users.slice(0, 6)).toEqual([
      'Ada Abe|ada@example.org',
      '|',
      'Jürg Müller|jürg@exämple.org',
      'Doe, John|j@x',
      '|a@b',
      'A <b> & C|a@x',
    ]);
    expect(users.slice(11, 13)).toEqual(['|only@address', 'name only|']);
  });

  test('texts that are not UTF-8 are reported, those that have U+FFFD by themselves are not', () => {
    const reported = rejects.last.filter(({ code }) => code === 'ERR_VCS_EVENTS_TEXT').map(({ value }) => value);
    expect(reported.sort()).toEqual([nodes[15], nodes[16], nodes[17]].sort());
    expect(commits[15]).toMatchObject({ message: 'latin-1: caf\ufffd', author: { name: 'J\ufffdrg' } });
  });

  test('dates that cannot be read come with what can be, and are reported', () => {
    expect(commits[18]?.author).toEqual({ name: 'Ada Abe', email: 'ada@example.org', rawDate: '99999999999999 0' });
    expect(commits[19]?.author).toMatchObject({ timeMs: 600_000, rawDate: '600 99999' });
    expect(commits[19]?.author).not.toHaveProperty('tzMinutes');
    expect(commits[20]?.author).toMatchObject({ timeMs: 700_000, rawDate: '700 -30' });
    const reported = rejects.last.filter(({ code }) => code === 'ERR_VCS_EVENTS_DATE').map(({ value }) => value);
    expect(reported).toEqual([nodes[18], nodes[19], nodes[20]]);
  });

  test('newest first is the same turned round', async () => {
    const turned = await commitsOf(hgBatches(repository.folder, { files: true, order: 'newest-first' }));
    expect(turned.reverse()).toEqual(commits);
  });
});
