import { Dice } from './dice.mjs';

const words =
  'add fix remove update the a parser lexer index cache of in for when test tests build release option flag path revision branch merge error message reader writer buffer socket thread lock queue timeout header value table column row query schema session cookie footer page menu dialog icon layout colour font locale translation spelling typo comment docs readme change log version bump <tag> & "quoted" don\'t naive cafe crash leak regression memory disk file directory copy move rename permission user group role'.split(
    ' ',
  );
const firstNames = 'Ada Bo Clare Dmitri Ellen Farid Grace Hans Ines Jürgen Kenji Lena Mina Nils Oya Pat'.split(' ');
const lastNames =
  'Abe Berg Costa Dane Eriksen Fischer Gupta Haas Ito Jansen Kim Lukas Moreau Novák Owusu Pereira Quinn Rossi Sato Tran Ueda Vogel Weber Young'.split(
    ' ',
  );
const zones = ['+0000', '+0100', '+0200', '-0800', '-0700', '-0500', '+0530', '+0900', '+1030', '-0330'];
const directories = 'core parser network storage index interface tools build docs tests plugins locale'.split(' ');
const stems = 'main reader writer buffer cache table query option config session header value token error'.split(' ');
const firstSeconds = Date.UTC(2005, 3, 7) / 1000;
const topicCount = 8;

/** @typedef {{ ref: string, tip: number }} Line */

/** A history that never was, as input of `git fast-import`, commit by commit; the same on every machine. */
export class GitHistory {
  #dice = new Dice(7);
  #seconds = firstSeconds;
  #mark = 0;
  /** @type {Line} */
  #main = { ref: 'refs/heads/main', tip: 0 };
  /** Branches that will be merged; a tip of 0 is one that is not open. @type {Line[]} */
  #topics = Array.from({ length: topicCount }, (_, at) => ({ ref: `refs/heads/topic-${at}`, tip: 0 }));

  /** @returns {string} the next commit */
  next() {
    const dice = this.#dice;
    const topic = dice.pick(this.#topics);
    if (this.#main.tip > 0 && dice.chance(0.6)) {
      // A branch begins where main is now.
      if (topic.tip === 0) return this.#commit(topic, this.#main.tip);
      if (!dice.chance(0.35)) return this.#commit(topic);
      return this.#merge(topic);
    }
    return this.#commit(this.#main);
  }

  /** Merges what is open and removes the branches. At most as many commits as there are branches. */
  *end() {
    for (const topic of this.#topics) {
      if (topic.tip !== 0) yield this.#merge(topic);
      yield `reset ${topic.ref}\nfrom ${'0'.repeat(40)}\n\n`;
    }
  }

  get commits() {
    return this.#mark;
  }

  /** @param {Line} topic */
  #merge(topic) {
    const text = this.#head(this.#main, `Merge branch 'topic-${topic.tip}'\n`, this.#main.tip);
    const merged = `${text}merge :${topic.tip}\n\n`;
    topic.tip = 0;
    return merged;
  }

  /**
   * @param {Line} line
   * @param {number} [from] where a branch begins
   */
  #commit(line, from) {
    const dice = this.#dice;
    const head = this.#head(line, this.#message(), from ?? line.tip);
    const count = dice.chance(0.05) ? 1 + dice.below(12) : 1 + dice.below(3);
    const changes = Array.from({ length: count }, () => {
      const content = `${this.#words(6)}\n`;
      const path = `${dice.pick(directories)}/${dice.pick(stems)}-${dice.below(6)}.c`;
      return `M 100644 inline ${path}\ndata ${Buffer.byteLength(content)}\n${content}\n`;
    });
    return `${head}${changes.join('')}\n`;
  }

  /**
   * @param {Line} line
   * @param {string} message
   * @param {number} from
   */
  #head(line, message, from) {
    const dice = this.#dice;
    this.#mark += 1;
    line.tip = this.#mark;
    this.#seconds += dice.below(dice.chance(0.3) ? 12_000 : 1500);
    const author = this.#person();
    const isOther = dice.chance(0.4);
    const written = this.#seconds - (isOther ? dice.below(400_000) : 0);
    return `commit ${line.ref}
mark :${this.#mark}
author ${author} ${written} ${dice.pick(zones)}
committer ${isOther ? this.#person() : author} ${this.#seconds} ${dice.pick(zones)}
data ${Buffer.byteLength(message)}
${message}
${from === 0 ? '' : `from :${from}\n`}`;
  }

  #person() {
    const dice = this.#dice;
    // The smaller of two: some people commit more than others.
    const number = Math.min(dice.below(400), dice.below(400));
    const first = firstNames[number % firstNames.length] ?? '';
    const last = lastNames[Math.floor(number / firstNames.length) % lastNames.length] ?? '';
    return `${first} ${last} <${`${first}.${last}`.toLowerCase().replaceAll(/[^a-z.]/g, '')}${number}@example.org>`;
  }

  /** @param {number} count */
  #words(count) {
    return Array.from({ length: count }, () => this.#dice.pick(words)).join(' ');
  }

  #message() {
    const dice = this.#dice;
    const body = Array.from({ length: dice.chance(0.75) ? 1 + dice.below(14) : 0 }, () =>
      this.#words(6 + dice.below(6)),
    );
    const signed = `Signed-off-by: ${this.#person()}`;
    const title = `${this.#words(4 + dice.below(6))}${dice.chance(0.02) ? ' → naïve café 日本語' : ''}`;
    const parts = [title, body.join('\n'), dice.chance(0.7) ? signed : ''];
    return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
  }
}
