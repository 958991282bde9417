import { childrenOf, type LookNode, type Node, type ParsedPattern, someNode } from '../python-regex/ast.ts';
import { behindSets } from './behind-sets.ts';
import { type Environment, environmentOf } from './environment.ts';
import { programSize } from './program-size.ts';

/** Most states of the memory of a thread. */
const maxEnvironment = 64;
/** Most instructions. */
const maxInstructions = 20_000;

/** Of a text of ASCII: nothing else in Unicode is the same as its other characters but for case. */
const hasLetter = (text: string): boolean => /[A-Za-z]/.test(text);

const isGroup = (node: Node): boolean => node.type === 'group';

function whyNotLook(node: LookNode, environment: Environment, inLoop: boolean): string | undefined {
  if (node.behind) {
    return behindSets(node.body) === undefined ? 'look-behind of more than one character' : undefined;
  }
  if (inLoop && !node.negated && someNode(node.body, isGroup)) return 'group in a look-ahead in a loop';
  const tracks = (part: Node): boolean => part.type === 'group' && environment.groups.has(part.index);
  return someNode(node.body, tracks) ? 'group in a look-ahead that is referred to' : undefined;
}

function whyNotReference(node: Node, environment: Environment, around: readonly number[]): string | undefined {
  if (node.type === 'back-reference') {
    const texts = environment.groups.get(node.group)?.texts;
    if (texts === undefined) return `back-reference to group ${node.group}, which can hold too many texts`;
    if (node.ignoreCase && texts.some(hasLetter)) return `back-reference to group ${node.group} that ignores case`;
  }
  if ((node.type === 'back-reference' || node.type === 'conditional') && around.includes(node.group)) {
    return `group ${node.group} refers to itself`;
  }
  return undefined;
}

function whyNot(node: Node, environment: Environment, around: readonly number[], inLoop: boolean): string | undefined {
  if (node.type === 'atomic') return 'atomic group';
  if (node.type === 'repeat' && node.mode === 'possessive') return 'possessive repetition';
  const reason =
    node.type === 'look' ? whyNotLook(node, environment, inLoop) : whyNotReference(node, environment, around);
  if (reason !== undefined) return reason;
  if (node.type === 'look' && node.behind) return undefined;
  const inner = node.type === 'group' ? [...around, node.index] : around;
  const loops = inLoop || (node.type === 'repeat' && node.max > 1);
  for (const child of childrenOf(node)) {
    const found = whyNot(child, environment, inner, loops);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Whether an automaton can stand for a pattern. */
export interface Regularity {
  /** Why it cannot; undefined when it can. */
  readonly reason: string | undefined;
  /** Instructions of the automaton's program, at most; 0 where the reason is another than their number. */
  readonly instructions: number;
}

/** Whether an automaton can stand for this pattern, and how large it is. */
export function regularityOf(parsed: ParsedPattern): Regularity {
  const environment = environmentOf(parsed);
  const { size } = environment;
  const reason = whyNot(parsed.root, environment, [], false);
  if (reason !== undefined) return { reason, instructions: 0 };
  if (size > maxEnvironment)
    return { reason: `its references and loops have ${size} states together`, instructions: 0 };
  const instructions = programSize(parsed.root) * size;
  const tooMany = `${instructions} instructions, more than ${maxInstructions}`;
  return { reason: instructions > maxInstructions ? tooMany : undefined, instructions };
}
