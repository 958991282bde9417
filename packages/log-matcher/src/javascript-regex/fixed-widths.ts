import type { Node, RepeatNode, SequenceNode } from '../python-regex/ast.ts';

/** A node that takes one number of characters, and of how many nodes it is made. */
interface Form {
  readonly node: Node;
  readonly size: number;
}

type Forms = ReadonlyMap<number, Form>;

/** Most nodes of all forms of a part. */
const maxSize = 4000;

const emptyForms = ({ start }: Node): Forms => {
  const node: SequenceNode = { type: 'sequence', items: [], start, end: start };
  return new Map([[0, { node, size: 1 }]]);
};

const eitherOf = (first: Form | undefined, second: Form): Form => {
  if (first === undefined) return second;
  const branches = first.node.type === 'choice' ? [...first.node.branches, second.node] : [first.node, second.node];
  const { start, end } = second.node;
  return { node: { type: 'choice', branches, start, end }, size: first.size + second.size + 1 };
};

const bothOf = ({ node: head, size }: Form, { node: tail, size: more }: Form): Form => {
  const items = [...(head.type === 'sequence' ? head.items : [head]), tail];
  return { node: { type: 'sequence', items, start: head.start, end: tail.end }, size: size + more };
};

/** The forms, or undefined when they grow too large together. */
function bounded(forms: Map<number, Form>): Forms | undefined {
  let size = 0;
  for (const form of forms.values()) size += form.size;
  return size > maxSize ? undefined : forms;
}

function product(heads: Forms, tails: Forms): Forms | undefined {
  const all = new Map<number, Form>();
  for (const [headWidth, head] of heads) {
    for (const [tailWidth, tail] of tails) {
      const width = headWidth + tailWidth;
      all.set(width, eitherOf(all.get(width), bothOf(head, tail)));
    }
  }
  return bounded(all);
}

function union(parts: readonly (Forms | undefined)[]): Forms | undefined {
  const all = new Map<number, Form>();
  for (const part of parts) {
    if (part === undefined) return undefined;
    for (const [width, form] of part) all.set(width, eitherOf(all.get(width), form));
  }
  return bounded(all);
}

function formsOfRepeat(node: RepeatNode): Forms | undefined {
  const { body, min, max } = node;
  if (max === 0) return emptyForms(node);
  const once = formsOf(body);
  // What takes no character holds once or for ever.
  if (once?.size === 1 && once.has(0)) return min === 0 ? emptyForms(node) : once;
  if (once === undefined || max > maxSize) return undefined;
  let power: Forms | undefined = emptyForms(node);
  const all: Forms[] = [];
  for (let count = 0; count <= max; count++) {
    if (count > 0) power = product(power, once);
    if (power === undefined) return undefined;
    if (count >= min) all.push(power);
  }
  return union(all);
}

function formsOf(node: Node): Forms | undefined {
  switch (node.type) {
    case 'char':
      return new Map([[1, { node, size: 1 }]]);
    case 'assertion':
    case 'look':
      return new Map([[0, { node, size: 1 }]]);
    case 'sequence': {
      let all: Forms | undefined = emptyForms(node);
      for (const item of node.items) {
        const forms: Forms | undefined = all === undefined ? undefined : formsOf(item);
        all = all === undefined || forms === undefined ? undefined : product(all, forms);
      }
      return all;
    }
    case 'choice':
      return union(node.branches.map(formsOf));
    case 'repeat':
      return formsOfRepeat(node);
    default:
      return undefined;
  }
}

/**
 * For each number of characters that a node can take, a node that takes just as many. Together they match the same
 * texts; neither their order nor what groups hold is kept, so the node must have no group and no reference.
 *
 * @returns undefined when there are too many, or no bound
 */
export function fixedWidths(node: Node): ReadonlyMap<number, Node> | undefined {
  const forms = formsOf(node);
  return forms === undefined ? undefined : new Map([...forms].map(([width, form]) => [width, form.node]));
}
