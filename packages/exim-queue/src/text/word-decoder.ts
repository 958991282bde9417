/** Longest text that is decoded, in characters: longer ones are no subjects that anybody reads. */
const maxChars = 65_536;
const encodedWord = /=\?[^?\s]+\?[bBqQ]\?/;

/**
 * Loads what decodes the encoded words of headers (RFC 2047), which is not needed unless somebody asks for a subject:
 * a function that decodes them in a header's unfolded value. Texts without any, and those of more than 64 Ki characters,
 * are given back as they are. It never throws.
 */
export async function wordDecoder(): Promise<(text: string) => string> {
  const { decodeWords } = await import('postal-mime');
  return (text) => {
    if (text.length > maxChars || !encodedWord.test(text)) return text;
    try {
      return decodeWords(text);
    } catch {
      return text;
    }
  };
}
