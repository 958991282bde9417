/** A template's regex without the flag before it. */
export interface BareRegex {
  readonly body: string;
  readonly flags: '' | 'i';
}

export const withoutFlag = (regex: string): BareRegex =>
  regex.startsWith('(?i)') ? { body: regex.slice('(?i)'.length), flags: 'i' } : { body: regex, flags: '' };

/** What Python and V8 write differently, written as V8's; undefined where V8 cannot read it. */
export function v8Regex(body: string, flags: string): RegExp | undefined {
  const source = body.replaceAll('(?P<', '(?<').replaceAll(/\(\?P=(\w+)\)/g, String.raw`\k<$1>`);
  try {
    return new RegExp(source, flags);
  } catch {
    return undefined;
  }
}
