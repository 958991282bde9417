import { mkdirSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { newFolder } from '../../../../tools/testing/new-folder.ts';
import type { ActivityCalendarError } from '../activity-calendar-error.ts';
import { readConfig } from './read-config.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = newFolder();
  file = path.join(folder, 'calendar.yaml');
});

const read = (text: string) => {
  writeFileSync(file, text);
  return readConfig(file);
};

/** The messages, with the file's name alone. */
const faultsOf = (text: string): string[] => {
  const short = (error: ActivityCalendarError) => error.message.replace(file, 'calendar.yaml');
  try {
    return read(text).faults.map(short);
  } catch (error) {
    return (error as ActivityCalendarError).all.map(short);
  }
};

test('says what is to be read, and how it is to be written', () => {
  const config = read(`
name: What I did
output: out/activity.ics
slot: 10m
session: 1h
split: year
max-bytes: 900k
upsert: true
author: [Me, me@example.org]
since: 2024
sources:
  - git: [project, ~/other]
    link: https://example.org/{id}
    branch: main
  - svn: https://svn.example.org/repo
    author: myself
  - hg: /srv/hg
    label: Old
  - maildir: ~/Maildir
    exclude-received: 10.0.0.1
    confidential: true
  - activities: bans.ndjson
caldav:
  url: https://dav.example.org/
  calendar: Work
  user: me
  password-file: secret
serve: { host: 127.0.0.1, port: 0, token: 0123456789abcdef }
`);
  expect(config.calendar).toEqual({
    name: 'What I did',
    output: path.join(folder, 'out/activity.ics'),
    slot: 600_000,
    session: 3_600_000,
    split: 'year',
    maxBytes: 900_000,
    upsert: true,
  });
  const since = { fromMs: new Date(2024, 0).getTime(), untilMs: new Date(2025, 0).getTime() };
  const shared = { author: ['Me', 'me@example.org'], since };
  const at = (line: number) => ({ place: { file, line } });
  const git = { ...shared, kind: 'git', link: 'https://example.org/{id}', branch: 'main', ...at(12) };
  expect(config.sources).toEqual([
    { ...git, location: path.join(folder, 'project') },
    { ...git, location: path.join(homedir(), 'other') },
    { ...shared, author: ['myself'], kind: 'svn', location: 'https://svn.example.org/repo', ...at(15) },
    { ...shared, kind: 'hg', location: '/srv/hg', label: 'Old', ...at(17) },
    {
      ...shared,
      kind: 'maildir',
      location: path.join(homedir(), 'Maildir'),
      excludeReceived: ['10.0.0.1'],
      confidential: true,
      ...at(19),
    },
    { ...shared, kind: 'activities', location: path.join(folder, 'bans.ndjson'), ...at(22) },
  ]);
  expect(config.caldav).toEqual({
    url: 'https://dav.example.org/',
    calendar: 'Work',
    user: 'me',
    passwordFile: path.join(folder, 'secret'),
  });
  expect(config.serve).toEqual({ host: '127.0.0.1', port: 0, token: '0123456789abcdef' });
  expect(config.faults).toEqual([]);
});

test.each(['https://example.org/x.git', 'ssh://git@host/x', 'git@host:x.git', 'host:x.git'])(
  'takes %s as an address',
  (address) => {
    expect(read(`sources: [{git: '${address}'}]`).sources[0]?.location).toBe(address);
  },
);

test('understands anchors', () => {
  const { sources } = read('sources:\n  - git: a\n    author: &me [Me]\n  - git: b\n    author: *me\n');
  expect(sources.map(({ author }) => author)).toEqual([['Me'], ['Me']]);
});

describe('what is wrong is told with file, line and cure:', () => {
  test.each<[string, string, string[]]>([
    [
      'an unknown key',
      'name: x\noutptu: y\nsources: [{git: .}]',
      ["calendar.yaml:2: unknown key 'outptu'; did you mean output?"],
    ],
    [
      'an unknown key that is like no other',
      'sources: [{git: .}]\nserve: {colour: red}',
      ["calendar.yaml:2: unknown key 'colour'; known are host, port, token, allowed-host"],
    ],
    [
      'a wrong value',
      'slot: 5\nsources: [{git: .}]',
      [expect.stringMatching(/^calendar.yaml:1: slot must be a length of time like .*, not "5"; /)],
    ],
    [
      'a list for a text',
      'name: [a]\nsources: [{git: .}]',
      [expect.stringMatching(/^calendar.yaml:1: name must be a text, not a list; /)],
    ],
    [
      'a key without a value',
      'name:\nsources: [{git: .}]',
      [expect.stringMatching(/^calendar.yaml:1: name must be a text, not nothing; /)],
    ],
    [
      'a text for a switch',
      'upsert: "yes"\nsources: [{git: .}]',
      [expect.stringMatching(/^calendar.yaml:1: upsert must be true or false; /)],
    ],
    ['no sources', 'name: x\n', ['calendar.yaml:1: there are no sources; write "sources:" and below it "- git: PATH"']],
    ['an empty file', '', [expect.stringMatching(/^calendar.yaml:1: the file must be keys and values, not nothing; /)]],
    [
      'YAML that is none',
      'name: x\nauthor: "me\n',
      [expect.stringMatching(/^calendar.yaml:[23]: not YAML: .*quote.*; mend /)],
    ],
    [
      'a key that is there twice',
      'name: x\nname: y\n',
      [expect.stringMatching(/^calendar.yaml:2: not YAML: .*unique.*; mend /)],
    ],
    [
      'a password',
      'caldav:\n  password: x\nsources: [{git: .}]',
      ["calendar.yaml:2: unknown key 'password'; known are url, calendar, user, password-file, create"],
    ],
  ])('%s', (_, text, messages) => {
    expect(faultsOf(text)).toEqual(messages);
  });

  test('all that is wrong is told at once', () => {
    expect(faultsOf('slot: 5\nsplit: week\nsources: [{git: .}]')).toHaveLength(2);
  });

  test('a file that is missing', () => {
    expect(() => readConfig(path.join(folder, 'nosuch.yaml'))).toThrow(
      `${folder}/nosuch.yaml: no such file or directory; name a YAML file that can be read`,
    );
    mkdirSync(file);
    expect(() => readConfig(file)).toThrow('illegal operation on a directory; name a YAML file');
  });
});

describe('a source with a fault is left out, and the others stay:', () => {
  test.each<[string, string, string]>([
    ['an unknown key', '{git: b, autor: me}', "calendar.yaml:3: unknown key 'autor'; did you mean author?"],
    [
      'a key of another kind',
      '{maildir: b, branch: x}',
      'calendar.yaml:3: a source of kind maildir has no branch; remove the line',
    ],
    [
      'two kinds',
      '{git: b, svn: c}',
      'calendar.yaml:3: a source of two kinds; write one of svn:, git:, hg:, maildir:, activities: with where it is, below a "-" of its own',
    ],
    [
      'no kind',
      '{author: me}',
      'calendar.yaml:3: a source without its kind; write one of svn:, git:, hg:, maildir:, activities: with where it is, below a "-" of its own',
    ],
    [
      'a wrong value',
      '{git: b, since: soon}',
      'calendar.yaml:3: since must be a date like 2024, 2024-03-12, 2024-03-12T10:00 or, for so long ago, 90d, 12w, 6m, 1y, not "soon"; see the README for the keys and their values',
    ],
    [
      'a text alone',
      'b',
      'calendar.yaml:3: a source must be keys and values, not "b"; write "key: value" on lines of their own',
    ],
  ])('%s', (_, source, message) => {
    const text = `sources:\n  - git: a\n  - ${source}\n  - git: c\n`;
    expect(faultsOf(text)).toEqual([message]);
    expect(read(text).sources.map(({ location }) => path.basename(location))).toEqual(['a', 'c']);
  });
});
