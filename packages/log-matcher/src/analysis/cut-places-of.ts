import { type CharSet, charSetHas, membersUpTo } from '../chars/char-set.ts';
import type { CutPlaces } from '../prefilter/cut-places.ts';
import type { Node, ParsedPattern } from '../python-regex/ast.ts';
import { widthOf } from '../python-regex/width.ts';
import { addFirstSets } from './first-sets.ts';

const maxMembers = 128;
/** Most characters before a cut at the line's beginning, see `CutPlaces`. */
const maxLead = 2;
const letterOrDigit = /^[\p{L}\p{N}]$/u;

/** Whether a set has letters and digits only, in all of Unicode. */
function isAlphanumeric(set: CharSet): boolean {
  if (set.negated || set.classes.some(({ name, negated }) => negated || name !== 'digit')) return false;
  const members = membersUpTo({ ...set, classes: [] }, maxMembers);
  return members?.every((code) => letterOrDigit.test(String.fromCodePoint(code))) === true;
}

const asciiWordCodes: readonly number[] = Array.from({ length: 0x80 }, (_, code) => code).filter((code) =>
  /\w/.test(String.fromCharCode(code)),
);

/** Whether a set has no word character of ASCII. */
const hasNoWord = (set: CharSet): boolean => asciiWordCodes.every((code) => !charSetHas(set, code));

/**
 * Adds the sets that a node's matches end with to `sets`.
 *
 * @returns whether the node can match without a character; undefined when it cannot be told
 */
function addLastSets(node: Node, sets: CharSet[]): boolean | undefined {
  switch (node.type) {
    case 'char':
      sets.push(node.set);
      return false;
    case 'sequence':
      for (const item of [...node.items].reverse()) {
        const isNullable = addLastSets(item, sets);
        if (isNullable !== true) return isNullable;
      }
      return true;
    case 'choice': {
      const all = node.branches.map((branch) => addLastSets(branch, sets));
      return all.includes(undefined) ? undefined : all.includes(true);
    }
    case 'group':
    case 'atomic':
      return addLastSets(node.body, sets);
    case 'repeat': {
      const isNullable = addLastSets(node.body, sets);
      return isNullable === undefined ? undefined : isNullable || node.min === 0;
    }
    case 'assertion':
    case 'look':
      return true;
    default:
      return undefined;
  }
}

/** Whether a look-ahead that holds behind a letter or a digit is followed by no word character of ASCII. */
function isWordBound(node: Node): boolean {
  if (node.type !== 'look' || node.behind || node.negated) return false;
  const branches = node.body.type === 'choice' ? node.body.branches : [node.body];
  return branches.every((branch) => {
    const only = branch.type === 'sequence' && branch.items.length === 1 ? (branch.items[0] as Node) : branch;
    if (only.type === 'char') return hasNoWord(only.set);
    return only.type === 'assertion' && ['boundary', 'text-end', 'end', 'line-end'].includes(only.kind);
  });
}

/** Whether what stands behind a group begins with no word character of ASCII. */
function endsBeforeNoWord(body: Node, behind: readonly Node[]): boolean {
  const next = behind[0];
  if (next === undefined) return false;
  const last: CharSet[] = [];
  if (isWordBound(next)) return addLastSets(body, last) !== undefined && last.every(isAlphanumeric);
  const first: CharSet[] = [];
  const isNullable = behind.every((node) => addFirstSets(node, first));
  return !isNullable && first.every(hasNoWord);
}

const isTextStart = (node: Node | undefined): boolean => node?.type === 'assertion' && node.kind === 'text-start';

const mostChars = (node: Node): number => widthOf(node, () => [0, Number.POSITIVE_INFINITY])[1];

/**
 * Most characters between the text's beginning and a group, if they are few and none is a word character; else undefined.
 *
 * @param before what stands before the group
 */
function leadOf(before: readonly Node[], body: Node): number | undefined {
  if (body.type === 'sequence' && isTextStart(body.items[0])) return 0;
  const [first, ...lead] = before;
  if (!isTextStart(first)) return undefined;
  const most = lead.reduce((sum, node) => sum + mostChars(node), 0);
  return most <= maxLead && lead.every(isNoWord) ? most : undefined;
}

/** Whether a node consumes no word character of ASCII. */
function isNoWord(node: Node): boolean {
  switch (node.type) {
    case 'char':
      return hasNoWord(node.set);
    case 'sequence':
      return node.items.every(isNoWord);
    case 'choice':
      return node.branches.every(isNoWord);
    case 'group':
    case 'atomic':
    case 'repeat':
      return isNoWord(node.body);
    case 'assertion':
    case 'look':
      return true;
    default:
      return false;
  }
}

/**
 * Where what a group of a pattern holds may be cut out of a line in which the pattern was searched: as little as can be told
 * from the pattern.
 */
export function cutPlacesOf({ root }: ParsedPattern, group: number): CutPlaces {
  const items = root.type === 'sequence' ? root.items : [root];
  const index = items.findIndex((node) => node.type === 'group' && node.index === group);
  const node = items[index];
  if (node?.type !== 'group') return 'any';
  const lead = leadOf(items.slice(0, index), node.body);
  if (lead === 0 || mostChars(node.body) === 0) return 'none';
  if (!endsBeforeNoWord(node.body, items.slice(index + 1))) return 'any';
  return lead === undefined ? 'words' : 'start';
}
