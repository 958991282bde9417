import { cutText } from '@sluice/pipeline';

const maxLines = 10;
const maxLineChars = 1000;

const shorten = (lines: readonly string[]): readonly string[] => lines.map((line) => cutText(line, maxLineChars));

/** Lines of a session, as fail2ban gives them to an action with a failure; the last ones, and of each its beginning. */
export class SessionLines {
  /** Of the failure that is told now, or is pending. */
  #told: readonly string[] = [];
  /** Lines that only add to what is known, since the last failure. */
  #auxiliary: readonly string[] = [];
  #lastWasAuxiliary = false;

  /** One that goes on from here, apart from this one. */
  copy(): SessionLines {
    const copy = new SessionLines();
    copy.#told = this.#told;
    copy.#auxiliary = this.#auxiliary;
    copy.#lastWasAuxiliary = this.#lastWasAuxiliary;
    return copy;
  }

  /** Before the next line: forgets lines that were told, unless their failure is pending. */
  begin(pending: boolean): void {
    if (!this.#lastWasAuxiliary && !pending) this.#told = [];
  }

  /** Takes lines that only add to what is known. */
  addAuxiliary(lines: readonly string[]): void {
    this.#lastWasAuxiliary = true;
    this.#auxiliary = [...this.#auxiliary, ...shorten(lines)].slice(-maxLines);
  }

  /** Takes lines that are a failure. Returns all lines that led to it. */
  addFailure(lines: readonly string[]): readonly string[] {
    this.#lastWasAuxiliary = false;
    this.#told = [...this.#auxiliary, ...this.#told, ...shorten(lines)].slice(-maxLines);
    this.#auxiliary = [];
    return this.#told;
  }
}
