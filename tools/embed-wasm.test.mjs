import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { embedWasm } from './embed-wasm.mjs';

test('the module that is written exports the bytes under the name of its file', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'sluice-embed-'));
  const wasm = path.join(folder, 'x.wasm');
  const target = path.join(folder, 'generated/some-kernel-wasm.ts');
  const bytes = Uint8Array.from({ length: 300 }, (_, at) => at % 256);
  writeFileSync(wasm, bytes);

  embedWasm(wasm, target);

  const [, text = ''] =
    /^export const someKernelWasm: string =\n {2}'(.*)';$/m.exec(readFileSync(target, 'utf8')) ?? [];
  expect(Uint8Array.from(Buffer.from(text, 'base64'))).toEqual(bytes);
  rmSync(folder, { recursive: true });
});
