import fc from 'fast-check';
import { readText } from '../testing/read-text.ts';
import { withoutCarriageReturns } from './plain-lines.ts';

async function* pieces(text: string, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < text.length; at += size) yield Buffer.from(text.slice(at, at + size), 'latin1');
}

test('CRLF becomes LF however the text is divided, and a lone CR stays', async () => {
  const character = fc.constantFrom('\r', '\n', 'a', '\0', '\xff');
  await fc.assert(
    fc.asyncProperty(fc.array(character), fc.integer({ min: 1, max: 7 }), async (characters, size) => {
      const text = characters.join('');
      expect(await readText(withoutCarriageReturns(pieces(text, size)))).toBe(text.replaceAll('\r\n', '\n'));
    }),
  );
});
