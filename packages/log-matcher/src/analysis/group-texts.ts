import { type CharSet, membersUpTo } from '../chars/char-set.ts';
import { type GroupNode, type Node, someNode } from '../python-regex/ast.ts';

/** Most texts of a group that count as few: an automaton has a copy of what follows for each. */
export const maxGroupTexts = 16;

/** Most iterations that are spelled out. */
const maxCount = 64;

type Texts = readonly string[] | undefined;
type TextsOfGroup = (group: number) => Texts;

const distinct = (texts: readonly string[]): Texts => {
  const all = [...new Set(texts)];
  return all.length > maxGroupTexts ? undefined : all;
};

const product = (heads: Texts, tails: Texts): Texts => {
  if (heads === undefined || tails === undefined || heads.length * tails.length > maxGroupTexts ** 2) return undefined;
  return distinct(heads.flatMap((head) => tails.map((tail) => head + tail)));
};

const union = (parts: readonly Texts[]): Texts =>
  parts.includes(undefined) ? undefined : distinct(parts.flatMap((texts) => texts ?? []));

const textsOfSet = (set: CharSet): Texts => membersUpTo(set, maxGroupTexts)?.map((code) => String.fromCodePoint(code));

function textsOfRepeat(node: Node & { type: 'repeat' }, textsOfGroup: TextsOfGroup): Texts {
  const { body, min, max, mode } = node;
  if (max === 0) return [''];
  const once = textsOf(body, textsOfGroup);
  if (once === undefined) return undefined;
  if (once.length === 1 && once[0] === '') return once;
  if (max > maxCount) return undefined;
  const counts: Texts[] = [];
  let power: Texts = [''];
  for (let count = 0; count <= max && power !== undefined; count++) {
    if (count > 0) power = product(power, once);
    if (count >= min) counts.push(power);
  }
  return union(mode === 'lazy' ? counts : counts.reverse());
}

function textsOf(node: Node, textsOfGroup: TextsOfGroup): Texts {
  switch (node.type) {
    case 'char':
      return textsOfSet(node.set);
    case 'sequence':
      return node.items.reduce<Texts>(
        (texts, item) => {
          return texts === undefined ? undefined : product(texts, textsOf(item, textsOfGroup));
        },
        [''],
      );
    case 'choice':
      return union(node.branches.map((branch) => textsOf(branch, textsOfGroup)));
    case 'conditional':
      return union([textsOf(node.yes, textsOfGroup), textsOf(node.no, textsOfGroup)]);
    case 'repeat':
      return textsOfRepeat(node, textsOfGroup);
    case 'atomic':
      return textsOf(node.body, textsOfGroup);
    case 'group':
      return textsOfGroup(node.index);
    case 'back-reference':
      return union([textsOfGroup(node.group), ['']]);
    case 'assertion':
    case 'look':
      return [''];
  }
}

/**
 * The texts that groups can hold, for those groups that are referred to and hold at most {@link maxGroupTexts}; with
 * every case that they can have. What assertions exclude is not left out.
 *
 * @param groups from `survey`
 */
export function groupTexts(root: Node, groups: readonly GroupNode[]): ReadonlyMap<number, readonly string[]> {
  const found = new Map<number, readonly string[]>();
  const referenced = new Set<number>();
  someNode(root, (node) => {
    if (node.type === 'back-reference') referenced.add(node.group);
    return false;
  });
  const all = new Map<number, Texts>();
  for (const { index, body } of groups)
    all.set(
      index,
      textsOf(body, (group) => all.get(group)),
    );
  for (const group of referenced) {
    const texts = all.get(group);
    if (texts !== undefined) found.set(group, texts);
  }
  return found;
}
