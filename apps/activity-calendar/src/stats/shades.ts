/** Dark to bright green: one of them is told from the next on a dark terminal and on a light one. */
const backgrounds = ['', '48;2;14;68;41', '48;2;0;109;50', '48;2;38;166;65', '48;2;57;211;83'];
const characters = ['·', '░', '▒', '▓', '█'];

/** One cell of a chart in a terminal, `width` columns wide: a shade, or a coloured background where `color` is true. */
export function shade(level: number, width: number, color: boolean): string {
  const background = backgrounds[level] ?? '';
  if (color && background !== '') return `\u001b[${background}m${' '.repeat(width)}\u001b[0m`;
  if (level === 0) return '·'.padEnd(width);
  return (characters[level] ?? ' ').repeat(width);
}

/** `less ·░▒▓█ more`. */
export const legend = (color: boolean): string =>
  `less ${characters.map((_, level) => shade(level, 1, color)).join('')} more`;
