import path from 'node:path';
import { check } from '../check.ts';
import { defaultMaxCommitBytes } from '../max-commit-bytes.ts';
import { checkReadOptions } from '../read-options-check.ts';
import type { SvnLogOptions, SvnOptions } from './options.ts';
import { parseSvnAddress, shown } from './svn-address.ts';

const maxRevision = 2 ** 31 - 1;
const maxRecheck = 100_000;

/** What a caller's `url` means: one of the two. */
export interface SvnPlace {
  readonly address?: string;
  /** A repository's or a working copy's, absolute. */
  readonly folder?: string;
  /** For messages. */
  readonly name: string;
}

/** Throws `ERR_VCS_EVENTS_OPTION` for an address that is not to be opened or an option that does not fit. */
export function checkSvnOptions(url: string, options: SvnOptions): SvnPlace {
  check.text('url', url);
  checkReadOptions(options, 'svn');
  checkLogOptions(options);
  checkRange(options);
  check.integer('recheckRevisions', options.recheckRevisions, 0, 0, maxRecheck);
  const head = options.cursor?.heads['HEAD'];
  if (head !== undefined && !/^\d{1,10}$/.test(head))
    throw check.bad('cursor.heads["HEAD"]', 'a revision number', head);
  const address = parseSvnAddress(url);
  if (address !== undefined) return { address, name: shown(address) };
  const folder = path.resolve(url);
  return { folder, name: folder };
}

export function checkLogOptions({ parser, maxCommitBytes }: SvnLogOptions): void {
  check.word('parser', parser, 'scanner', ['scanner', 'fast-xml-parser']);
  if (maxCommitBytes !== Number.POSITIVE_INFINITY) {
    check.integer('maxCommitBytes', maxCommitBytes, defaultMaxCommitBytes, 1, 2 ** 40);
  }
}

function checkRange({ range, follow }: SvnOptions): void {
  if (range === undefined) return;
  if (!Array.isArray(range) || range.length !== 2) throw check.bad('range', 'a list of two revisions', range);
  const from = check.integer('range[0]', range[0], 0, 0, maxRevision);
  if (range[1] === 'HEAD') return;
  check.integer('range[1]', range[1], from, from, maxRevision);
  if (follow === true) throw check.bad('range[1]', "'HEAD' when following", range[1]);
}
