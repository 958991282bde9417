import { importsOf, packageOf } from './imports.mjs';
import { lineAt, parseModule } from './syntax.mjs';

/** @param {string} text */
const found = (text) =>
  importsOf(parseModule(text, 'x.ts')).map(({ specifier, at }) => `${specifier}:${lineAt(text, at)}`);

test.each([
  ['a side effect', "import 'a';"],
  ['names over several lines', "\nimport {\n  b,\n  c as d,\n} from 'a';".slice(1)],
  ['double quotes', 'import b from "a";'],
  ['a default and a namespace', "import b, * as c from 'a';"],
  ['a type import', "import type { B } from 'a';"],
  ['an inline type import', "import { type B } from 'a';"],
  ['names passed on', "export { b as c } from 'a';"],
  ['types passed on', "export type { B } from 'a';"],
  ['everything passed on', "export * from 'a';"],
  ['a namespace passed on', "export * as b from 'a';"],
  ['a dynamic import', "export const b = async () => (await import('a')).c;"],
  ['a type of a module', "export type B = Promise<import('a').C<string>>;"],
  ['typeof a module', "export type B = typeof import('a');"],
  ['require', "const b = require('a');"],
  ['import = require', "import b = require('a');"],
  ['import attributes', "import b from 'a' with { type: 'json' };"],
])('finds %s', (_name, text) => {
  expect(found(text)).toEqual(['a:1']);
});

test.each([
  ['a comment', "// import 'a';\n/* export * from 'b'; */"],
  ['a string', `const a = "import 'b'";`],
  ['a template', "const a = `export * from 'b';`;"],
  ['a regular expression', "const a = /import 'b'/;"],
  ['a name that is computed', 'const a = import(b);'],
  ['exports of its own', 'const a = 1;\nexport { a };'],
  ['a method called require', "a.require('b');"],
])('finds nothing in %s', (_name, text) => {
  expect(found(text)).toEqual([]);
});

test('names the line of the first of several imports, after characters of several bytes', () => {
  expect(found("// ü €\nimport 'a';\nimport { b } from 'a';\nimport 'c';")).toEqual(['a:2', 'c:4']);
});

test.each([
  ['rxjs', 'rxjs'],
  ['rxjs/operators', 'rxjs'],
  ['@sluice/pipeline', '@sluice/pipeline'],
  ['@sluice/pipeline/rx', '@sluice/pipeline'],
])('%s belongs to the package %s', (specifier, name) => {
  expect(packageOf(specifier)).toBe(name);
});
