import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { bytesOfBase64 } from './bytes-of-base64.ts';

test('decodes what Buffer encodes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      expect(bytesOfBase64(Buffer.from(bytes).toString('base64'))).toEqual(new Uint8Array(bytes));
    }),
  );
});
