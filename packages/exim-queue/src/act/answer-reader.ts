import type { ActionResult, QueueAction } from '../queue-action.ts';
import { doneWords, failedWords, unchangedWords } from './answer-words.ts';

/** What Exim said of one message. */
export interface Answer {
  readonly result: Extract<ActionResult, 'done' | 'unchanged' | 'gone' | 'locked' | 'denied' | 'failed'>;
  /** Its own words. */
  readonly detail: string;
}

const id = '([0-9A-Za-z]{6}-(?:[0-9A-Za-z]{11}-[0-9A-Za-z]{4}|[0-9A-Za-z]{6}-[0-9A-Za-z]{2}))';
const messageLine = new RegExp(`^Message ${id} (.*)$`, 's');
const noDataLine = new RegExp(`^Spool data file for ${id} does not exist$`);
const badHeaderLine = new RegExp(`^Spool (?:read|format) error for ${id}-H(?:$|:)`);
const goesOnLine = /^Continuing,? to ensure all files removed$/;
const deniedLine = /^Permission denied$/;
/** After `-MG` there is neither a verb nor a line's end, but after the last. */
const movedPart = new RegExp(`^Message ${id} (?=$|Message |Spool |Permission )`);
const noFile = 'No such file or directory';

/** Reads what one Exim printed to standard output about the messages that it was given, in their order. */
export class AnswerReader {
  readonly #kind: QueueAction['kind'];
  readonly #places: ReadonlyMap<string, number>;
  readonly #ids: readonly string[];
  readonly #answers = new Map<string, Answer>();
  /** What was said of messages of which more is to come: `-Mrm` goes on when it misses a file. */
  readonly #interim = new Map<string, Answer>();
  readonly #strange: string[] = [];
  /** Place of the message that a line without an id is about. */
  #next = 0;
  #unfinished: string | undefined;

  /** @param ids without duplicates */
  constructor(kind: QueueAction['kind'], ids: readonly string[]) {
    this.#kind = kind;
    this.#ids = ids;
    this.#places = new Map(ids.map((one, place) => [one, place]));
  }

  /** What was said, by id; messages that nothing was said of are absent. */
  get answers(): ReadonlyMap<string, Answer> {
    return new Map([...this.#interim, ...this.#answers]);
  }

  /** Lines that cannot be understood. */
  get strange(): readonly string[] {
    return this.#strange;
  }

  read(output: string): this {
    for (const line of output.split('\n')) this.#line(line);
    return this;
  }

  #line(line: string): void {
    const rest = this.#kind === 'move' ? this.#takeMoved(line) : line;
    if (rest === '' || goesOnLine.test(rest) || this.#isRest(rest)) return;
    if (!this.#isUnderstood(rest)) this.#strange.push(rest);
  }

  #takeMoved(line: string): string {
    let rest = line;
    for (let part = movedPart.exec(rest); part !== null; part = movedPart.exec(rest)) {
      if (!this.#tell(part[1], { result: 'done', detail: 'has been moved' })) return rest;
      rest = rest.slice(part[0].length);
    }
    return rest;
  }

  /** The second line of a refusal, which says why. */
  #isRest(line: string): boolean {
    const [about, answer] = [this.#unfinished, this.#answers.get(this.#unfinished ?? '')];
    this.#unfinished = undefined;
    if (about === undefined || answer === undefined || !line.startsWith('  ')) return false;
    this.#answers.set(about, { ...answer, detail: `${answer.detail} ${line.trim()}` });
    return true;
  }

  #isUnderstood(line: string): boolean {
    if (deniedLine.test(line)) return this.#tell(this.#ids[this.#next], { result: 'denied', detail: line });
    const [, of, words] = messageLine.exec(line) ?? [];
    if (of !== undefined && words !== undefined) return this.#isVerdict(of, words);
    const [, lost] = noDataLine.exec(line) ?? [];
    if (lost !== undefined) return this.#expect(lost, { result: 'gone', detail: line });
    const [, broken] = badHeaderLine.exec(line) ?? [];
    if (broken === undefined) return false;
    return this.#expect(broken, { result: line.endsWith(noFile) ? 'gone' : 'failed', detail: line });
  }

  #isVerdict(of: string, words: string): boolean {
    const kind = this.#kind;
    if (words === 'is locked') return this.#tell(of, { result: 'locked', detail: words });
    if (words === unchangedWords[kind]) return this.#tell(of, { result: 'unchanged', detail: words });
    if (words === doneWords[kind]) return this.#tell(of, { result: 'done', detail: words });
    if (kind === 'remove' && words === 'has been removed or did not exist') {
      // It says so whenever there was no -D. Whether there was a -H it said before.
      const said = this.#interim.get(of);
      const isGone = said?.result === 'gone' && badHeaderLine.test(said.detail);
      return this.#tell(of, { result: isGone ? 'gone' : 'done', detail: words });
    }
    if (!failedWords.test(words)) return false;
    if (words.endsWith(':')) this.#unfinished = of;
    return this.#tell(of, { result: 'failed', detail: words.replace(/^- /, '') });
  }

  #expect(of: string, answer: Answer): boolean {
    const isKnown = this.#pass(of) && !this.#answers.has(of);
    if (isKnown) this.#interim.set(of, answer);
    return isKnown;
  }

  #tell(of: string | undefined, answer: Answer): boolean {
    if (of === undefined || !this.#pass(of) || this.#answers.has(of)) return false;
    this.#answers.set(of, answer);
    return true;
  }

  #pass(of: string): boolean {
    const place = this.#places.get(of);
    if (place !== undefined) this.#next = place + 1;
    return place !== undefined;
  }
}
