// Writes a WebAssembly module into a TypeScript module, so that whoever loads it needs neither a file system nor a bundler
// that knows of such files. Usage: node tools/embed-wasm.mjs WASM TYPESCRIPT
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * @param {string} wasm path of the module
 * @param {string} target path of the file to write, `kernel-wasm.ts`; its folders are made
 */
export function embedWasm(wasm, target) {
  const name = path.basename(target, '.ts').replace(/-(\w)/g, (_, letter) => letter.toUpperCase());
  const text = readFileSync(wasm, 'base64');
  mkdirSync(path.dirname(target), { recursive: true });
  writeFileSync(
    target,
    `/** A WebAssembly module as base64, made by tools/embed-wasm.mjs. */\nexport const ${name}: string =\n  '${text}';\n`,
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [wasm, target] = process.argv.slice(2);
  if (wasm === undefined || target === undefined) throw new Error('usage: node tools/embed-wasm.mjs WASM TYPESCRIPT');
  embedWasm(wasm, target);
}
