/** How a text looks on a terminal. */
export type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan';

const codes: Readonly<Record<Style, number>> = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, cyan: 36 };

/** The text with the terminal's codes around it; as it is without a style. */
export const styled = (text: string, style: Style | undefined): string =>
  style === undefined || text === '' ? text : `\u001b[${codes[style]}m${text}\u001b[0m`;
