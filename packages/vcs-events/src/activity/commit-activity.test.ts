import type { Commit } from '../commit.ts';
import { commitActivity } from './commit-activity.ts';

const author = { name: 'Ada Abe', email: 'ada@example.org', timeMs: 1_146_431_820_000, tzMinutes: 120 };
const git: Commit = {
  repository: { kind: 'git', id: 'git', label: 'sluice' },
  id: 'c0ffee',
  parents: [],
  author,
  committer: author,
  message: '\n  Mend the lexer \n\nIt was broken.\n',
};
const svn: Commit = {
  ...git,
  repository: { kind: 'svn', id: '13f79535-47bb-0310-9956-ffa450edef68', label: 'apache' },
  id: '42',
  author: { name: 'ada', email: '', timeMs: 5 },
  committer: { name: 'ada', email: '', timeMs: 5 },
  message: 'Mend the lexer',
};

describe('commitActivity', () => {
  test('of Git: its uid is the same in every clone, its title the first line that is not blank', () => {
    expect(commitActivity(git, { link: 'https://example.org/{id}?c={id}' })).toEqual({
      uid: 'c0ffee@git',
      source: git.repository,
      startMs: 1_146_431_820_000,
      tzMinutes: 120,
      title: 'Mend the lexer',
      text: 'Ada Abe\n\n  Mend the lexer \n\nIt was broken.',
      author: { name: 'Ada Abe', email: 'ada@example.org' },
      categories: ['sluice'],
      url: 'https://example.org/c0ffee?c=c0ffee',
    });
  });

  test('of Subversion: revision in uid and title, the login with a colon', () => {
    expect(commitActivity(svn)).toEqual({
      uid: 'r42@13f79535-47bb-0310-9956-ffa450edef68',
      source: svn.repository,
      startMs: 5,
      title: 'r42 Mend the lexer',
      text: 'ada:\n\nMend the lexer',
      author: { name: 'ada' },
      categories: ['apache'],
    });
  });

  test('a committer date of its own is when it was recorded', () => {
    const later = { ...author, timeMs: author.timeMs + 1 };
    expect(commitActivity({ ...git, committer: later })).toMatchObject({ recordedMs: later.timeMs });
    expect(commitActivity(git)).not.toHaveProperty('recordedMs');
  });

  test('nobody and nothing said: an activity all the same', () => {
    const nobody = { name: '', email: '', timeMs: 0 };
    const empty = { ...git, author: nobody, message: ' \n' };
    expect(commitActivity(empty)).toMatchObject({ startMs: 0, title: '(no message)', text: '' });
    expect(commitActivity(empty)).not.toHaveProperty('author');
    const revision = { ...svn, author: nobody, message: '' };
    expect(commitActivity(revision)).toMatchObject({ title: 'r42 (no message)', text: '(no author):' });
  });

  test('an address stands in for a missing name', () => {
    const unnamed = { ...author, name: '' };
    expect(commitActivity({ ...git, author: unnamed, message: 'x' })?.text).toBe('ada@example.org\n\nx');
  });

  test('no date, no activity', () => {
    expect(commitActivity({ ...git, author: { name: 'Ada', email: '', rawDate: 'x' } })).toBeUndefined();
  });

  test('an id is percent-encoded in the link, and a dollar in it is only a dollar', () => {
    const odd = { ...git, id: '$& <x>' };
    expect(commitActivity(odd, { link: 'https://example.org/{id}' })?.url).toBe('https://example.org/%24%26%20%3Cx%3E');
  });

  test('a title of the caller replaces ours', () => {
    expect(commitActivity(git, { title: ({ id }) => `commit ${id}` })?.title).toBe('commit c0ffee');
  });
});
