import { PatternSet } from '@sluice/log-matcher';
import type { DateTemplate } from './date-template.ts';

/** So many searches show that it pays to make what sees through them at once. */
const leastSearches = 8;

/** By the templates that it is about, which detectors share: the last one made. */
const known = new WeakMap<DateTemplate, { readonly key: string; readonly set: PatternSet }>();

const ids = new WeakMap<DateTemplate, number>();
let lastId = 0;

function idOf(template: DateTemplate): number {
  const id = ids.get(template) ?? ++lastId;
  ids.set(template, id);
  return id;
}

/** Tells quickly of most lines that none of many templates hits. */
export class OtherTemplates {
  #but: DateTemplate | undefined;
  #searches = 0;
  #set: PatternSet | undefined;

  /**
   * Whether no template hits but one.
   *
   * @param all always the same, in any order
   * @param but this one
   * @returns false where that is not known
   */
  miss(all: readonly { readonly template: DateTemplate }[], but: DateTemplate, line: string): boolean {
    if (this.#but !== but) {
      this.#but = but;
      this.#searches = 0;
      this.#set = undefined;
    }
    this.#searches += 1;
    if (this.#searches < leastSearches || all.length < 3) return false;
    this.#set ??= setOf(
      all.map(({ template }) => template).filter((template) => template !== but),
      but,
    );
    return this.#set.match(line) === undefined;
  }
}

function setOf(others: readonly DateTemplate[], but: DateTemplate): PatternSet {
  const key = others
    .map(idOf)
    .sort((a, b) => a - b)
    .join();
  const made = known.get(but);
  if (made?.key === key) return made.set;
  const sets = others.map((template) => template.compile());
  const set = PatternSet.loose(sets as [PatternSet, ...PatternSet[]]);
  known.set(but, { key, set });
  return set;
}
