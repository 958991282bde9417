// Age and size, which may both be missing, then the id.
const firstLine = /^[ \d.mhdKM]* (\w{6})-(?:\w{11}-(\w{4})|\w{6}-(\w\w))(?= <|\n)/;

/**
 * The messages of an `exim -bp` listing, each with its blank line; those that Exim's order leaves open (the same second
 * and the same last part) in the order of their texts, so that two listings of one queue can be compared.
 */
export function bpBlocks(text: string): string[] {
  const blocks = text === '' ? [] : text.split(/(?<=\n\n)/);
  const keys = blocks.map((block) => firstLine.exec(block)?.slice(1).join(' '));
  for (let from = 0; from < blocks.length; ) {
    let to = from + 1;
    while (to < blocks.length && keys[to] !== undefined && keys[to] === keys[from]) to++;
    blocks.splice(from, to - from, ...blocks.slice(from, to).sort());
    from = to;
  }
  return blocks;
}
