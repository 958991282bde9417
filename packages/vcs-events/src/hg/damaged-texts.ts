import { type Changeset, changesetFields, changesetOf } from './changeset.ts';
import { readRecords } from './read-records.ts';
import { nodesOf } from './revisions.ts';

/**
 * The nodes of those changesets whose U+FFFD stands for bytes that are not UTF-8. In others it was written as such, often
 * by a conversion from another program.
 *
 * Mercurial itself does not tell. But read as ISO-8859-1, other characters stand for such bytes.
 */
export async function damagedTexts(
  directory: string,
  changesets: readonly Changeset[],
  signal: AbortSignal,
): Promise<ReadonlySet<string>> {
  const suspects = new Map(
    changesets.filter((each) => textOf(each).includes('\ufffd')).map((each) => [each.node, textOf(each)]),
  );
  if (suspects.size === 0) return new Set();
  const revisions = nodesOf(suspects.keys());
  const fields = changesetFields(false);
  const request = { revisions, hidden: true, fields, check: changesetOf, fallbackEncoding: 'iso-8859-1' } as const;
  const damaged = new Set(suspects.keys());
  for await (const records of readRecords(directory, request, signal)) {
    for (const each of records) if (textOf(each) === suspects.get(each.node)) damaged.delete(each.node);
  }
  return damaged;
}

const textOf = ({ user, desc, branch }: Changeset): string => [user, desc, branch].join('\0');
