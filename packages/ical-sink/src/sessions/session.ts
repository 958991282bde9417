import type { Activity } from '@sluice/pipeline';
import type { SessionSettings } from './session-settings.ts';
import { type Member, sessionText } from './session-text.ts';
import { sortedInsert } from './sorted-insert.ts';

const maxTitleChars = 200;
const maxCategories = 20;
const maxLabels = 3;
type Noun = readonly [one: string, many: string];
const commitNoun: Noun = ['commit', 'commits'];
const nouns: ReadonlyMap<string, Noun> = new Map([
  ['git', commitNoun],
  ['svn', commitNoun],
  ['hg', commitNoun],
  ['mail', ['mail', 'mails']],
  ['ban', ['ban', 'bans']],
]);
const otherNoun: Noun = ['activity', 'activities'];

const byText = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
/** Two with the same uid are two all the same: a source that tells of one twice is not ours to mend. */
const byTime = (one: Member, other: Member): number =>
  one.timeMs - other.timeMs || byText(one.uid, other.uid) || (one === other ? 0 : 1);

/** Activities that belong together. What it is made of does not depend on the order in which they came. */
export class Session {
  readonly key: string;
  readonly #settings: SessionSettings;
  #first: Activity;
  /** The earliest ones, by time. */
  readonly #members: Member[] = [];
  readonly #nouns = new Set<Noun>();
  readonly #labels: string[] = [];
  readonly #categories: string[] = [];
  #count = 0;
  #startMs: number;
  #endMs: number;
  #recordedMs: number;

  constructor(key: string, activity: Activity, settings: SessionSettings) {
    this.key = key;
    this.#settings = settings;
    this.#first = activity;
    this.#startMs = activity.startMs;
    this.#endMs = endOf(activity);
    this.#recordedMs = recordedOf(activity);
    this.#take(activity);
  }

  /** When its first activity was, without the slot before it. */
  get startMs(): number {
    return this.#startMs;
  }

  get endMs(): number {
    return this.#endMs;
  }

  /** Changes only when an earlier activity comes. */
  get uid(): string {
    return `session-${this.#first.uid}`;
  }

  add(activity: Activity): void {
    this.#widen(activity, activity.startMs, endOf(activity), recordedOf(activity));
    this.#take(activity);
  }

  /** Takes in another one of the same key. */
  absorb(other: Session): void {
    this.#widen(other.#first, other.#startMs, other.#endMs, other.#recordedMs);
    const { maxListed } = this.#settings;
    for (const member of other.#members) sortedInsert(this.#members, member, byTime, maxListed);
    for (const noun of other.#nouns) this.#nouns.add(noun);
    for (const label of other.#labels) sortedInsert(this.#labels, label, byText, maxLabels + 1);
    for (const category of other.#categories) sortedInsert(this.#categories, category, byText, maxCategories);
    this.#count += other.#count;
  }

  /** The session as it stands. */
  toActivity(): Activity {
    const { source, author, tzMinutes, url } = this.#first;
    const [one, many] = this.#nouns.size === 1 ? ([...this.#nouns][0] ?? otherNoun) : otherNoun;
    const shown = this.#labels.slice(0, maxLabels).join(', ');
    const more = this.#labels.length > maxLabels ? ', …' : '';
    const startMs = this.#first.endMs === undefined ? this.#startMs - this.#settings.slotMs : this.#startMs;
    return {
      uid: this.uid,
      source,
      startMs,
      endMs: this.#endMs,
      recordedMs: this.#recordedMs,
      title: `${this.#count} ${this.#count === 1 ? one : many}${shown === '' ? '' : `: ${shown}${more}`}`,
      text: sessionText(this.#members, this.#count),
      categories: [...this.#categories],
      sequence: this.#count - 1,
      ...(author !== undefined && { author }),
      ...(tzMinutes !== undefined && { tzMinutes }),
      ...(url !== undefined && this.#count === 1 && { url }),
    };
  }

  /** What takes the session out of a calendar again. */
  toRemoval(): Activity {
    return { uid: this.uid, source: this.#first.source, startMs: this.#startMs, title: '', removed: true };
  }

  #widen(first: Activity, startMs: number, endMs: number, recordedMs: number): void {
    if (comesBefore(first, this.#first)) this.#first = first;
    this.#startMs = Math.min(this.#startMs, startMs);
    this.#endMs = Math.max(this.#endMs, endMs);
    this.#recordedMs = Math.max(this.#recordedMs, recordedMs);
  }

  #take(activity: Activity): void {
    const { uid, startMs: timeMs, tzMinutes, source, categories } = activity;
    const title = activity.title.slice(0, maxTitleChars);
    sortedInsert(this.#members, { uid, timeMs, tzMinutes, title }, byTime, this.#settings.maxListed);
    this.#nouns.add(nouns.get(source.kind) ?? otherNoun);
    if (source.label !== undefined && source.label !== '') {
      sortedInsert(this.#labels, source.label, byText, maxLabels + 1);
    }
    for (const category of categories ?? []) sortedInsert(this.#categories, category, byText, maxCategories);
    this.#count += 1;
  }
}

const endOf = ({ startMs, endMs }: Activity): number => (endMs === undefined ? startMs : Math.max(startMs, endMs));
const recordedOf = (activity: Activity): number =>
  Math.max(endOf(activity), Number.isFinite(activity.recordedMs) ? (activity.recordedMs ?? 0) : 0);
const comesBefore = (one: Activity, other: Activity): boolean =>
  one.startMs < other.startMs || (one.startMs === other.startMs && one.uid < other.uid);
