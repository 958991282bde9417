import { chmod, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { build, transform } from 'esbuild';
import { filesOf } from './files-of.mjs';
import { licenceTexts } from './licence-texts.mjs';

/** The oldest release that is supported. */
const target = 'node20.19';

/**
 * Modules of Node.js that take their time and that not every command needs: they are loaded when something of them is used
 * first. The others are there anyway.
 */
const slowModule = /=require\("(node:(?!(?:fs|path|process|url|buffer|events)")[\w/]+)"\)/g;
/** Dependencies with code for one machine, which no text can hold: they are found in node_modules. */
const natives = ['lmdb', 'libsql', 'koffi'];
const lazily = 'const lazily=(load)=>{let loaded;return new Proxy({},{get:(_,name)=>(loaded??=load())[name]})};\n';

const moduleUrl = "const moduleUrl = require('node:url').pathToFileURL(__filename).href;\n";

/**
 * Makes an app that starts quickly: `src/main.ts` and all that it needs, as few files, in `bundle/`. What it needs from the
 * start is `main.cjs`; what it imports dynamically stays in files of its own, which are read when they are needed. An app of
 * several programs names the others in its manifest (`nx.targets.bundle.metadata.programs`): `["banwatch"]` is
 * `src/banwatch-main.ts`, made `bundle/banwatch.cjs`. Native dependencies stay outside.
 *
 * The files are CommonJS: Node.js 20 takes 22 ms to start with such a file and 27 ms with an ES module. esbuild divides
 * only ES modules into parts, so each part is made CommonJS afterwards. They are made from the sources: no build is needed
 * before, and none can be out of date.
 *
 * @param {string} folder of the app
 * @returns {Promise<readonly string[]>} the files, relative to `bundle/`
 */
export async function bundleApp(folder) {
  const files = new Map();
  const inputs = new Set();
  for (const [program, source] of await programsOf(folder)) {
    const made = await bundleProgram(folder, program, source);
    for (const [name, text] of made.files) files.set(name, text);
    for (const input of made.inputs) inputs.add(input);
  }
  files.set('THIRD-PARTY-LICENCES.txt', await licenceTexts(folder, [...inputs]));
  await replaceFolder(path.join(folder, 'bundle'), files);
  return [...files.keys()].sort();
}

/**
 * @param {string} folder of the app
 * @returns {Promise<[program: string, source: string][]>}
 */
async function programsOf(folder) {
  const { nx } = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8'));
  const others = /** @type {string[]} */ (nx.targets.bundle.metadata?.programs ?? []);
  return [
    ['main', 'src/main.ts'],
    ...others.map((name) => /** @type {[string, string]} */ ([name, `src/${name}-main.ts`])),
  ];
}

/**
 * @param {string} folder of the app
 * @param {string} program name of the file that starts it
 * @param {string} source
 */
async function bundleProgram(folder, program, source) {
  const { outputFiles, metafile } = await build({
    absWorkingDir: folder,
    entryPoints: { [program]: source },
    outdir: 'bundle',
    // Parts of two programs must not meet: each asks its own program for what they share with it.
    chunkNames: program === 'main' ? '[name]-[hash]' : `${program}-[name]-[hash]`,
    external: [...natives],
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target,
    conditions: ['@sluice/source'],
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: 'none',
    metafile: true,
    write: false,
    logLevel: 'silent',
  });
  const parts = new Map();
  for (const { path: file, text } of outputFiles) parts.set(partName(file), await commonJs(text));
  const main = `${program}.cjs`;
  return { files: filesOf(parts, startParts(metafile.outputs, program), main), inputs: Object.keys(metafile.inputs) };
}

/**
 * Puts a folder in another's place, so that whoever starts the app meanwhile finds the old one or the new one.
 *
 * @param {string} folder
 * @param {ReadonlyMap<string, string>} files
 */
async function replaceFolder(folder, files) {
  const made = await mkdtemp(`${folder}-`);
  for (const [name, text] of files) await writeFile(path.join(made, name), text);
  await chmod(made, 0o755);
  await rm(folder, { recursive: true, force: true });
  await rename(made, folder);
}

/** @param {string} file */
const partName = (file) => path.basename(file).replace(/\.js$/, '.cjs');

/**
 * The parts that are there from the start: the program's own and what it imports, one way or another.
 *
 * @param {import('esbuild').Metafile['outputs']} outputs
 * @param {string} program
 */
function startParts(outputs, program) {
  const found = new Set([`bundle/${program}.js`]);
  for (const file of found) {
    for (const { path: imported, kind } of outputs[file]?.imports ?? []) {
      if (kind === 'import-statement' && imported in outputs) found.add(imported);
    }
  }
  return new Set([...found].map(partName));
}

/** @param {string} text an ES module that imports its siblings as `./name.js` */
async function commonJs(text) {
  const { code } = await transform(text.replace(/(["'])(\.\/[\w-]+)\.js\1/g, '$1$2.cjs$1'), {
    format: 'cjs',
    platform: 'node',
    target,
    define: { 'import.meta.url': 'moduleUrl' },
    supported: { 'dynamic-import': false },
    minifySyntax: true,
    minifyWhitespace: true,
    logLevel: 'silent',
  });
  const lazy = code.replace(slowModule, '=lazily(()=>require("$1"))');
  return (code.includes('moduleUrl') ? moduleUrl : '') + (lazy === code ? code : lazily + lazy);
}

/**
 * An app's manifest asks for a bundle by the target `bundle`.
 *
 * @param {string} folder of the app
 */
export async function wantsBundle(folder) {
  const text = await readFile(path.join(folder, 'package.json'), 'utf8').catch(() => '{}');
  return JSON.parse(text).nx?.targets?.bundle !== undefined;
}
