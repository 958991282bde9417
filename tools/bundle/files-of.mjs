/**
 * Where a program keeps its parts, and gives them out, each made when it is first asked for.
 *
 * @param {string} main
 */
const registryOf = (main) => `const made={};
const part=(name)=>{
if(!(name in parts))return require(name);
if(name in made)return made[name].exports;
const module=made[name]={exports:{}};
parts[name](module.exports,part,module);
return module.exports;
};
module.exports=part;
part('./${main}');
`;

/**
 * The parts of a bundle as files: those that are there from the start in one, for each file takes its time to be found and
 * read; the others as they are, and they ask that one for what they share with it.
 *
 * @param {ReadonlyMap<string, string>} parts CommonJS by its name, `chunk.cjs`
 * @param {ReadonlySet<string>} start names of those that are there from the start
 * @param {string} main name of the program's file
 * @returns {Map<string, string>} contents by name
 */
export function filesOf(parts, start, main) {
  const files = new Map();
  const first = [];
  for (const [name, text] of parts) {
    if (start.has(name)) first.push(`${JSON.stringify(`./${name}`)}(exports,require,module){${text}}`);
    else
      files.set(
        name,
        text.replace(/require\("\.\/([\w.-]+)"\)/g, (whole, wanted) =>
          start.has(wanted) ? `require("./${main}")("./${wanted}")` : whole,
        ),
      );
  }
  files.set(main, `"use strict";const parts={${first.join(',\n')}};\n${registryOf(main)}`);
  return files;
}
