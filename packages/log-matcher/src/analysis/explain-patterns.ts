import type { Width } from '../python-regex/width.ts';
import type { PatternAnalysis } from './analyse.ts';
import { costOf, typicalLineBytes } from './cost.ts';
import type { LiteralPlace } from './literal-place.ts';

/** What is told of a pattern, as plain data. */
export interface ExplainedPattern {
  readonly source: string;
  readonly engine: string;
  /** Why it is this engine; undefined for the usual one. */
  readonly reason: string | undefined;
  /** Literals of which every match contains one, with their places where these are known; undefined when there are none. */
  readonly literals: readonly (string | LiteralPlace)[] | undefined;
  readonly analysis: PatternAnalysis;
}

const maxShown = 8;

const characters = (count: number): string => `${count} character${count === 1 ? '' : 's'}`;

function placeText([min, max]: Width): string {
  if (max === 0) return 'at the beginning of the match';
  if (min === max) return `${characters(min)} into the match`;
  if (max !== Number.POSITIVE_INFINITY) return `${min} to ${characters(max)} into the match`;
  return min === 0 ? 'anywhere in the match' : `behind at least ${characters(min)} of the match`;
}

function literalText(literal: string | LiteralPlace): string {
  if (typeof literal === 'string') return JSON.stringify(literal);
  return `${JSON.stringify(literal.text)} ${literal.anyCase ? 'in any case, ' : ''}${placeText(literal.before)}`;
}

function literalLines(literals: ExplainedPattern['literals']): readonly string[] {
  if (literals === undefined) return ['literals: none that every match contains'];
  const shown = literals.slice(0, maxShown).map(literalText);
  const more = literals.length - shown.length;
  const of =
    literals.length === 1 ? 'literal, which every match contains' : 'literals, one of which every match contains';
  return [`${of}:`, ...shown.map((text) => `  ${text}`), ...(more > 0 ? [`  and ${more} more`] : [])];
}

function anchorText({ anchors: { start, end }, features }: PatternAnalysis): string {
  const parts: string[] = [];
  if (start) parts.push('begins where the line begins');
  if (end !== undefined) parts.push(`ends where the line ends${end === 'end' ? ', or before its break' : ''}`);
  if (features.lineAnchor) parts.push('^ or $ hold at every line break');
  return parts.length === 0 ? 'none: it is looked for everywhere in a line' : parts.join('; ');
}

function lengthText({ minLength, maxLength, nullable }: PatternAnalysis): string {
  const empty = nullable ? '; it can match nothing at all' : '';
  if (minLength === maxLength) return `${characters(minLength)}${empty}`;
  if (maxLength === Number.POSITIVE_INFINITY) return `${characters(minLength)} or more${empty}`;
  return `${minLength} to ${characters(maxLength)}${empty}`;
}

function groupText({ onePass }: PatternAnalysis): string {
  return onePass ? 'in one pass: each character leaves one way to go on' : 'with a list of the ways to go on';
}

const featureNames = {
  lookAhead: 'look-ahead',
  groupInLook: 'groups in look-around',
  boundary: 'word boundaries',
  backReference: 'back-references',
  conditional: 'conditionals',
  lazy: 'lazy repetition',
  possessive: 'possessive repetition',
  atomic: 'atomic groups',
} as const;

function featureText({ features }: PatternAnalysis): string | undefined {
  const used: string[] = [];
  const { lookBehindWidths } = features;
  if (lookBehindWidths.length > 0) used.push(`look-behind of ${lookBehindWidths.join(', ')}`);
  for (const [name, text] of Object.entries(featureNames)) {
    if (features[name as keyof typeof featureNames]) used.push(text);
  }
  return used.length === 0 ? undefined : used.join(', ');
}

function costText(pattern: ExplainedPattern): string {
  const { engine, literals, analysis } = pattern;
  const { everyLine, nsPerLine } = costOf({ engine, literals, anchoredAtStart: analysis.anchors.start });
  const each = `about ${nsPerLine} ns for a line of ${typicalLineBytes} bytes`;
  if (everyLine) return `every line is searched: ${each}`;
  const which = literals?.length === 1 ? 'the literal' : 'one of the literals';
  return `only lines that hold ${which} are searched: ${each}; other lines cost next to nothing`;
}

function paragraph(pattern: ExplainedPattern, index: number): string {
  const { source, engine, reason, literals, analysis } = pattern;
  const used = featureText(analysis);
  const notRegular = analysis.notRegular?.reason;
  const lines = [
    `engine: ${engine}${reason === undefined ? '' : ` (${reason})`}`,
    ...(notRegular === undefined ? [] : [`not regular: ${notRegular}`]),
    ...literalLines(literals),
    `anchors: ${anchorText(analysis)}`,
    `length of a match: ${lengthText(analysis)}`,
    ...(used === undefined ? [] : [`uses: ${used}`]),
    `groups: ${groupText(analysis)}`,
    `size: about ${analysis.programSize} instructions`,
    `cost: ${costText(pattern)}`,
  ];
  return [`pattern ${index}: ${source}`, ...lines.map((line) => `  ${line}`)].join('\n');
}

/**
 * For people: what was made of each pattern, one paragraph for each. Costs are estimates. The text is not for programs to
 * read; it changes between versions.
 */
export const explainPatterns = (patterns: readonly ExplainedPattern[]): string => patterns.map(paragraph).join('\n');
