import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import vm from 'node:vm';
import { built, describeWith } from '../../../tools/testing/describe-with.ts';

const entry = new URL('../dist/index.js', import.meta.url);
const siblings: ReadonlyMap<string, URL> = new Map([
  ['@sluice/pipeline', new URL('../../pipeline/dist/index.js', import.meta.url)],
]);

/** What a page has beside the language itself, as far as the kernel uses it. */
const page = { TextDecoder, TextEncoder, atob };

const main = `
  import { PatternSet } from 'entry';
  const log = new TextEncoder().encode('no\\nuser bob failed\\r\\nuser \\u00e9ve failed\\n\\ufffd');
  const found = [];
  const note = (match) => found.push([match.pattern, match.line.offset, match.line.text, match.groups().user]);
  export const patterns = PatternSet.compile(['user (?P<user>\\\\w+) failed', '(a)?(?(1)b|c)\\\\1', '\\ufffd']);
  export const result = JSON.stringify(patterns.scan(log, note));
  export const matches = JSON.stringify(found);
  export const one = patterns.match('user eve failed').text('user');
  export const globals = JSON.stringify([typeof process, typeof Buffer, typeof require, typeof fetch]);`;

/** What the siblings need from others: scripts that leave their one export on a page's global object. */
const scripts: ReadonlyMap<string, string> = new Map([['ipaddr.js', 'ipaddr']]);

function scriptModule(specifier: string, name: string, context: vm.Context): vm.Module {
  const script = readFileSync(createRequire(import.meta.url).resolve(specifier), 'utf8');
  vm.runInContext(script, context);
  const evaluate = function (this: vm.SyntheticModule): void {
    this.setExport('default', context[name]);
  };
  return new vm.SyntheticModule(['default'], evaluate, { context, identifier: specifier });
}

/** Runs the built kernel where nothing of Node.js is, and gives what `main` exports and the modules that were linked. */
async function runOnPage(): Promise<{ exports: Record<string, unknown>; linked: readonly string[] }> {
  const context = vm.createContext({ ...page });
  const linked: string[] = [];
  const modules = new Map<string, vm.SourceTextModule>();
  const load = (url: URL): vm.SourceTextModule => {
    const known = modules.get(url.href);
    if (known !== undefined) return known;
    const source = readFileSync(fileURLToPath(url), 'utf8');
    const module = new vm.SourceTextModule(source, { context, identifier: url.href });
    modules.set(url.href, module);
    return module;
  };
  const link = (specifier: string, from: vm.Module): vm.Module => {
    if (specifier === 'entry') return load(entry);
    linked.push(specifier);
    const sibling = siblings.get(specifier);
    if (sibling !== undefined) return load(sibling);
    const script = scripts.get(specifier);
    if (script !== undefined) return scriptModule(specifier, script, context);
    if (!specifier.startsWith('.')) throw new Error(`${from.identifier} imports ${specifier}`);
    return load(new URL(specifier, from.identifier));
  };
  const module = new vm.SourceTextModule(main, { context, identifier: 'main' });
  await module.link(link);
  await module.evaluate();
  return { exports: module.namespace as Record<string, unknown>, linked };
}

describeWith([entry, ...siblings.values()].map(built), 'the built kernel', () => {
  test('runs without process, Buffer, require or any module of Node.js', async () => {
    const { exports, linked } = await runOnPage();
    expect(JSON.parse(exports['globals'] as string)).toEqual(Array(4).fill('undefined'));
    const bare = linked.filter((specifier) => !specifier.startsWith('.'));
    expect(new Set(bare)).toEqual(new Set([...siblings.keys(), ...scripts.keys()]));
    expect(JSON.parse(exports['matches'] as string)).toEqual([
      [0, 3, 'user bob failed', 'bob'],
      [0, 20, 'user éve failed', 'éve'],
      [2, 37, '\ufffd', null],
    ]);
    expect(JSON.parse(exports['result'] as string)).toMatchObject({ lines: 4, matches: 3, givenUp: 0 });
    expect(exports['one']).toBe('eve');
  });
});
