import { programSize } from '../program/program-size.ts';
import type { ParsedPattern } from '../python-regex/ast.ts';
import { type Anchors, anchorsOf } from './anchors.ts';
import { groupTexts } from './group-texts.ts';
import { lengthsOf } from './lengths.ts';
import { type NotRegular, notRegular } from './not-regular.ts';
import { isOnePass } from './one-pass.ts';
import { type PatternFeatures, survey } from './survey.ts';

/** What can be told of a pattern from its text alone. */
export interface PatternAnalysis {
  /** Fewest code points that a match takes. */
  readonly minLength: number;
  /** Most code points; `Infinity` when there is no bound. */
  readonly maxLength: number;
  /** Whether a match can be empty. */
  readonly nullable: boolean;
  readonly anchors: Anchors;
  /** See `isOnePass`. */
  readonly onePass: boolean;
  /** Undefined for a pattern that an automaton can match. */
  readonly notRegular: NotRegular | undefined;
  /** Texts of the groups that are referred to, where they are few. */
  readonly groupTexts: ReadonlyMap<number, readonly string[]>;
  readonly features: PatternFeatures;
  /** Instructions of a program for it, counted repetitions written out. An estimate from above. */
  readonly programSize: number;
}

/** Looks a pattern over. Takes time in proportion to its size, and to counts that are written out, up to a bound. */
export function analyse(parsed: ParsedPattern): PatternAnalysis {
  const { root } = parsed;
  const { features, groups } = survey(root);
  const [minLength, maxLength] = lengthsOf(parsed, groups);
  const { backReference, atomic, possessive } = features;
  const texts: ReadonlyMap<number, readonly string[]> = backReference ? groupTexts(root, groups) : new Map();
  return {
    minLength,
    maxLength,
    nullable: minLength === 0,
    anchors: anchorsOf(root),
    onePass: isOnePass(root),
    notRegular: backReference || atomic || possessive ? notRegular(root, texts) : undefined,
    groupTexts: texts,
    features,
    programSize: programSize(root),
  };
}
