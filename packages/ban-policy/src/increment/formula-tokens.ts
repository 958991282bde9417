/** A word of an expression. */
export interface FormulaToken {
  readonly kind: 'number' | 'name' | 'operator' | 'end';
  readonly text: string;
  /** Where it begins, from 1. */
  readonly column: number;
}

const token =
  /\s*(?:(?<number>0[xX][\da-fA-F_]+|(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][+-]?\d+)?)|(?<name>[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)|(?<operator>\*\*|\/\/|<<|>>|<=|>=|==|!=|[-+*/%~()<>,&^|])|(?<end>$))/y;

/**
 * Splits an expression into its words.
 *
 * @param fail called with a sentence and the column of what is no word
 */
export function formulaTokens(text: string, fail: (fault: string, column: number) => never): readonly FormulaToken[] {
  const tokens: FormulaToken[] = [];
  const scan = new RegExp(token);
  for (;;) {
    const from = scan.lastIndex;
    const { groups } = scan.exec(text) ?? {};
    if (groups === undefined) {
      const column = text.length - text.slice(from).trimStart().length + 1;
      return fail(`"${text[column - 1]}" is not part of an expression`, column);
    }
    const kind = (['number', 'name', 'operator', 'end'] as const).find((one) => groups[one] !== undefined) ?? 'end';
    const found = groups[kind] as string;
    tokens.push({ kind, text: found, column: scan.lastIndex - found.length + 1 });
    if (kind === 'end') return tokens;
  }
}
