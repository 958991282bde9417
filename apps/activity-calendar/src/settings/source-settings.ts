import { readDate, type Settings, type Span } from '@sluice/command-line';
import { readLink } from '../values/read-link.ts';
import type { SourceKind } from './source-kind.ts';

/** What can be said of a source. */
export interface SourceSettings {
  readonly author?: readonly string[];
  readonly since?: Span;
  readonly until?: Span;
  readonly branch?: string;
  readonly path?: readonly string[];
  readonly folder?: readonly string[];
  readonly excludeReceived?: readonly string[];
  readonly body?: boolean;
  readonly label?: string;
  readonly link?: string;
  readonly confidential?: boolean;
}

/** The options about a source, and the keys of a source in a configuration file. */
export const sourceSettings: Settings<SourceSettings> = {
  author: {
    value: 'WHO',
    isList: true,
    help: 'only by this name, login or address; * and ? for any text; in mails, a part of From. May be repeated',
  },
  since: {
    value: 'DATE',
    help: 'only from this date on: 2024, 2024-03-12, 90d (days ago)',
    read: (text) => readDate(text),
  },
  until: { value: 'DATE', help: 'only to the end of this date', read: (text) => readDate(text) },
  branch: { value: 'NAME', help: 'only what is on this branch' },
  path: { value: 'PATH', isList: true, help: 'only what touches this path of the repository. May be repeated' },
  folder: { value: 'NAME', isList: true, help: 'only mails of this folder. May be repeated' },
  excludeReceived: {
    value: 'TEXT',
    isList: true,
    help: 'no mails that have this text in a Received header. May be repeated',
  },
  body: { help: "with the mails' text" },
  label: { value: 'NAME', help: "the source's name, which becomes the category" },
  link: { value: 'URL', help: 'address of each commit, with {id} in it', read: readLink },
  confidential: { help: 'only that there was something, without titles and texts' },
};

const common = ['author', 'since', 'until', 'confidential'] as const;
const versioned = [...common, 'path', 'label', 'link'] as const;

/** Which of them a source of a kind has. */
export const settingsOfKind: Readonly<Record<SourceKind, readonly (keyof SourceSettings)[]>> = {
  git: [...versioned, 'branch'],
  svn: versioned,
  hg: versioned,
  maildir: [...common, 'folder', 'excludeReceived', 'body'],
  activities: common,
};

/** Those that a configuration file may set for all its sources. */
export const sharedSettings: readonly (keyof SourceSettings)[] = common;
