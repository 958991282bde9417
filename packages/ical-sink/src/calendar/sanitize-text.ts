// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
const unclean = /[\u0000-\u0008\u000a-\u001f\u007f]|\p{Surrogate}/u;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
const dropped = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g;

/**
 * What a reader of a calendar gets back for a text that was written to it: each CR LF and CR is LF, surrogates that stand
 * alone are U+FFFD, and control characters but for TAB are gone (RFC 5545, 3.1 and 3.3.11 allow none).
 */
export function sanitizeText(text: string): string {
  if (!unclean.test(text)) return text;
  return text
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(dropped, '')
    .replaceAll(/\p{Surrogate}/gu, '\ufffd');
}
