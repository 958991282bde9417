import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Headings of every package's README, in this order. */
const sections = [
  'What is this?',
  'When should I use it, and when not?',
  'Install',
  'Use',
  'API',
  'Guarantees',
  'Limits',
  'Security',
];

/**
 * First and second level headings, without those in fenced code.
 *
 * @param {string} text
 */
const headingsOf = (text) => text.replace(/^(`{3,}|~{3,})[\s\S]*?^\1/gm, '').match(/^##? .*$/gm) ?? [];

/**
 * What is wrong with a README; undefined when nothing is.
 *
 * @param {string} name of the package
 * @param {string} text
 */
function faultOf(name, text) {
  const [title, ...rest] = headingsOf(text).map((heading) => heading.trimEnd());
  if (title !== `# ${name}`) return `its title is not "# ${name}"`;
  const missing = sections.filter((section) => !rest.includes(`## ${section}`));
  if (missing.length > 0) return `lacks ${missing.map((section) => `"## ${section}"`).join(', ')}`;
  const known = rest.filter((heading) => sections.includes(heading.slice(3)));
  return known.join() === sections.map((section) => `## ${section}`).join()
    ? undefined
    : 'its sections are not in the order of the skeleton';
}

/**
 * Every package's README answers the same questions in the same order.
 *
 * @param {import('../workspace.mjs').Workspace} workspace
 * @returns {import('../fault.mjs').Fault[]}
 */
export const readme = ({ root, projects }) =>
  [...projects.values()]
    .filter(({ folder }) => folder.startsWith('packages/'))
    .flatMap(({ folder, name }) => {
      const file = `${folder}/README.md`;
      const text = existsSync(path.join(root, file)) ? readFileSync(path.join(root, file), 'utf8') : '';
      const fault = text === '' ? 'is missing' : faultOf(name, text);
      const cure = `follow the skeleton: # ${name}, then ## ${sections.join(' · ')}`;
      return fault === undefined ? [] : [{ file, fault, cure, rule: '2.4' }];
    });
