import { childrenOf, type GroupNode, type Node } from '../python-regex/ast.ts';

/** What a pattern makes use of. */
export interface PatternFeatures {
  readonly lookAhead: boolean;
  /** Characters that look-behinds step back, ascending. */
  readonly lookBehindWidths: readonly number[];
  /** A group inside a look-around: what it holds outlasts it. */
  readonly groupInLook: boolean;
  /** `\b`, `\B`. */
  readonly boundary: boolean;
  /** `^`, `$` at every line. */
  readonly lineAnchor: boolean;
  readonly backReference: boolean;
  readonly conditional: boolean;
  readonly lazy: boolean;
  readonly possessive: boolean;
  readonly atomic: boolean;
  /** A class or complement that takes characters beyond ASCII. */
  readonly beyondAscii: boolean;
}

/** A pattern gone through once. */
export interface Survey {
  readonly features: PatternFeatures;
  /** In the order in which they close: each behind those inside it and those it can refer to. */
  readonly groups: readonly GroupNode[];
}

class Surveyor {
  readonly groups: GroupNode[] = [];
  readonly widths = new Set<number>();
  lookAhead = false;
  groupInLook = false;
  boundary = false;
  lineAnchor = false;
  backReference = false;
  conditional = false;
  lazy = false;
  possessive = false;
  atomic = false;
  beyondAscii = false;
  #looks = 0;

  visit(node: Node): void {
    switch (node.type) {
      case 'char': {
        if (this.beyondAscii) return;
        const { negated, classes, ranges } = node.set;
        const last = ranges[ranges.length - 1];
        if (negated || classes.length > 0 || (last !== undefined && last[1] > 0x7f)) this.beyondAscii = true;
        return;
      }
      case 'sequence':
        for (const item of node.items) this.visit(item);
        return;
      case 'group':
        if (this.#looks > 0) this.groupInLook = true;
        this.visit(node.body);
        this.groups.push(node);
        return;
      case 'repeat':
        if (node.mode === 'lazy') this.lazy = true;
        else if (node.mode === 'possessive') this.possessive = true;
        this.visit(node.body);
        return;
      case 'look':
        if (node.behind) this.widths.add(node.width);
        else this.lookAhead = true;
        this.#looks += 1;
        this.visit(node.body);
        this.#looks -= 1;
        return;
      case 'assertion':
        if (node.kind === 'boundary' || node.kind === 'no-boundary') this.boundary = true;
        else if (node.kind === 'line-start' || node.kind === 'line-end') this.lineAnchor = true;
        return;
      case 'back-reference':
        this.backReference = true;
        return;
      case 'conditional':
        this.conditional = true;
        break;
      case 'atomic':
        this.atomic = true;
    }
    for (const child of childrenOf(node)) this.visit(child);
  }
}

/** What occurs in a pattern, and its groups. */
export function survey(root: Node): Survey {
  const surveyor = new Surveyor();
  surveyor.visit(root);
  const { lookAhead, groupInLook, boundary, lineAnchor, backReference, conditional } = surveyor;
  const { lazy, possessive, atomic, beyondAscii, groups } = surveyor;
  const lookBehindWidths = [...surveyor.widths].sort((a, b) => a - b);
  const features: PatternFeatures = {
    lookAhead,
    lookBehindWidths,
    groupInLook,
    boundary,
    lineAnchor,
    backReference,
    conditional,
    lazy,
    possessive,
    atomic,
    beyondAscii,
  };
  return { features, groups };
}
