import { check } from './check.ts';
import type { MailAddress } from './mail-message.ts';
import type { MaildirOptions, MailProgress } from './options.ts';
import { Reports } from './reports.ts';

const gib = 2 ** 30;
const dayMs = 86_400_000;

/** `MaildirOptions`, checked, with defaults. */
export interface MaildirSettings {
  readonly directory: string;
  /** In lower case. */
  readonly authorTexts: readonly string[];
  readonly authorTests: readonly ((author: MailAddress) => boolean)[];
  /** In lower case. */
  readonly excludeReceived: readonly string[];
  readonly fromMs: number;
  readonly untilMs: number;
  readonly folders: ReadonlySet<string> | undefined;
  readonly follow: boolean;
  readonly pollMs: number;
  readonly maxHeaderBytes: number;
  readonly maxMessageBytes: number;
  readonly onProgress: ((progress: MailProgress) => void) | undefined;
  readonly reports: Reports;
  readonly signal: AbortSignal | undefined;
}

const isText = (item: unknown): item is string => typeof item === 'string';
const isFullText = (item: unknown): item is string => isText(item) && item !== '';
const isTest = (item: unknown): item is (author: MailAddress) => boolean => typeof item === 'function';
const isPattern = (item: unknown): item is string | ((author: MailAddress) => boolean) =>
  isFullText(item) || isTest(item);
const lower = (text: string): string => text.toLowerCase();

/** Checks the options of a Maildir; throws `ERR_MAIL_SOURCE_OPTION`. */
export function maildirSettings(directory: string, options: MaildirOptions): MaildirSettings {
  check.text('directory', directory, 'a path');
  check.object('rejects', options.rejects, ['next']);
  check.object('metrics', options.metrics, ['add']);
  check.signal(options.signal);
  check.callback('onProgress', options.onProgress);
  const authors = check.list('authors', options.authors, 'texts that are not empty, or functions', isPattern) ?? [];
  const received = check.list('excludeReceived', options.excludeReceived, 'texts that are not empty', isFullText) ?? [];
  const folders = check.list('folders', options.folders, 'names of folders', isText);
  return {
    directory,
    authorTexts: authors.filter(isText).map(lower),
    authorTests: authors.filter(isTest),
    excludeReceived: received.map(lower),
    fromMs: check.instant('fromMs', options.fromMs, Number.NEGATIVE_INFINITY),
    untilMs: check.instant('untilMs', options.untilMs, Number.POSITIVE_INFINITY),
    folders: folders && new Set(folders),
    follow: check.flag('follow', options.follow),
    pollMs: check.integer('pollMs', options.pollMs, 5000, 10, dayMs),
    maxHeaderBytes: check.integer('maxHeaderBytes', options.maxHeaderBytes, 2 ** 20, 1024, gib / 16),
    maxMessageBytes: check.integer('maxMessageBytes', options.maxMessageBytes, gib / 16, 1024, gib),
    onProgress: options.onProgress,
    reports: new Reports(options.rejects, options.metrics),
    signal: options.signal,
  };
}
