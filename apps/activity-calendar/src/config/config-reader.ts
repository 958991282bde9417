import { nearestWord } from '@sluice/command-line';
import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  type Scalar,
  type YAMLMap,
} from 'yaml';
import { ActivityCalendarError } from '../activity-calendar-error.ts';

/** A key of a map with its value; both know their line. */
export interface Entry {
  readonly key: string;
  readonly line: number;
  readonly value: Node | null;
}

/** A YAML file whose nodes know their lines. Faults are collected, so that all are told at once. */
export class ConfigReader {
  readonly file: string;
  readonly faults: ActivityCalendarError[] = [];
  readonly root: Node | null;
  readonly #lines = new LineCounter();
  readonly #resolve: (node: unknown) => Node | null;

  constructor(file: string, text: string) {
    this.file = file;
    const document = parseDocument(text, { lineCounter: this.#lines, prettyErrors: false, logLevel: 'silent' });
    for (const { message, pos } of document.errors) {
      const line = this.#lines.linePos(pos[0]).line;
      this.fault(line, `not YAML: ${message.split('\n', 1)[0]}`, 'mend the line, or the one before it');
    }
    this.#resolve = (node) =>
      isAlias(node) ? (node.resolve(document) ?? null) : ((node as Node | null | undefined) ?? null);
    this.root = this.#resolve(document.contents);
  }

  fault(line: number, fault: string, cure: string): void {
    const { file } = this;
    this.faults.push(new ActivityCalendarError('ERR_ACTIVITY_CALENDAR_CONFIG', fault, { file, line, cure }));
  }

  lineOf(node: Node | null, otherwise = 1): number {
    const at = node?.range?.[0];
    return at === undefined ? otherwise : this.#lines.linePos(at).line;
  }

  /** The keys of a map, those that may be there; the others are faults. Undefined when it is no map. */
  entries(node: Node | null, what: string, line: number, known: readonly string[]): Entry[] | undefined {
    if (!isMap(node)) {
      this.fault(
        line,
        `${what} must be keys and values, not ${kindOf(node)}`,
        'write "key: value" on lines of their own',
      );
      return undefined;
    }
    return (node as YAMLMap<Node, Node | null>).items.flatMap(({ key, value }) => {
      const name = String((key as Scalar).value ?? key);
      const at = this.lineOf(key, line);
      if (known.includes(name)) return [{ key: name, line: at, value: this.#resolve(value) }];
      const near = nearestWord(name, known);
      this.fault(
        at,
        `unknown key '${name}'`,
        near === undefined ? `known are ${known.join(', ')}` : `did you mean ${near}?`,
      );
      return [];
    });
  }

  /** A list of nodes; one alone is a list of one. */
  items(node: Node | null): readonly (Node | null)[] {
    return isSeq(node) ? node.items.map((item) => this.#resolve(item)) : [node];
  }

  /** The text of a value as it is written: `2024-01`, not the number or date that YAML makes of it. */
  text(node: Node | null, key: string, line: number): string | undefined {
    if (isScalar(node) && node.value !== null) {
      return node.type === 'PLAIN' && typeof node.value !== 'string'
        ? (node.source ?? String(node.value))
        : String(node.value);
    }
    this.fault(
      this.lineOf(node, line),
      `${key} must be a text, not ${kindOf(node)}`,
      `write "${key}: value", or leave it out`,
    );
    return undefined;
  }

  flag(node: Node | null, key: string, line: number): boolean | undefined {
    if (isScalar(node) && typeof node.value === 'boolean') return node.value;
    this.fault(this.lineOf(node, line), `${key} must be true or false`, `write "${key}: true", or leave it out`);
    return undefined;
  }
}

function kindOf(node: Node | null): string {
  if (isMap(node)) return 'keys and values';
  if (isSeq(node)) return 'a list';
  return isScalar(node) && node.value !== null ? JSON.stringify(node.value) : 'nothing';
}
