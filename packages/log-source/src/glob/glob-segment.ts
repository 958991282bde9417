/** One element of a segment: a set of characters (as a test), or any run of characters. */
type Token = ((character: string) => boolean) | 'any run';

const isMagic = /[*?[]/;

/** `[…]` at `from`; undefined when it has no end and so stands for itself. */
function bracket(text: string, from: number): { test: (character: string) => boolean; next: number } | undefined {
  const negated = text[from + 1] === '!';
  const first = from + (negated ? 2 : 1);
  // A `]` right at the beginning is an ordinary member.
  const end = text.indexOf(']', first + 1);
  if (end === -1) return undefined;
  const body = text.slice(first, end);
  const ranges: [string, string][] = [];
  for (let index = 0; index < body.length; index += 1) {
    const low = body[index] as string;
    const high = body[index + 1] === '-' ? body[index + 2] : undefined;
    ranges.push([low, high ?? low]);
    if (high !== undefined) index += 2;
  }
  const isMember = (character: string): boolean => ranges.some(([low, high]) => low <= character && character <= high);
  return { test: (character) => isMember(character) !== negated, next: end + 1 };
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  for (let index = 0; index < text.length; ) {
    const character = text[index] as string;
    const set = character === '[' ? bracket(text, index) : undefined;
    if (set !== undefined) tokens.push(set.test);
    else if (character === '*') tokens.push('any run');
    else if (character === '?') tokens.push(() => true);
    else tokens.push((other) => other === character);
    index = set?.next ?? index + 1;
  }
  return tokens;
}

/** Whether the tokens match the whole name. At most `name.length × tokens.length` steps: only the last `*` is retried. */
function matches(tokens: readonly Token[], name: string): boolean {
  let token = 0;
  let retryToken = -1;
  let retryAt = 0;
  let at = 0;
  while (at < name.length) {
    const current = tokens[token];
    if (current === 'any run') {
      retryToken = token;
      retryAt = at;
      token += 1;
    } else if (current?.(name[at] as string)) {
      token += 1;
      at += 1;
    } else if (retryToken !== -1) {
      token = retryToken + 1;
      retryAt += 1;
      at = retryAt;
    } else return false;
  }
  while (tokens[token] === 'any run') token += 1;
  return token === tokens.length;
}

/**
 * A test for one segment of a glob, or the segment itself when it has nothing to match. As Python's `glob`, which
 * fail2ban uses: `*`, `?`, `[a-z]`, `[!a-z]`, no escapes, and a leading dot is only matched by a dot.
 */
export function globSegment(text: string): string | ((name: string) => boolean) {
  if (!isMagic.test(text)) return text;
  const tokens = tokensOf(text);
  const takesHidden = text.startsWith('.');
  return (name) => (takesHidden || !name.startsWith('.')) && matches(tokens, name);
}
