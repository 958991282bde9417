import { usageError } from '../command-line/usage-error.ts';

/** A template taken apart: text as it is, and names of fields. */
export type TemplatePart = { readonly text: string } | { readonly field: string };

const escapes = new Map([
  ['\\t', '\t'],
  ['\\n', '\n'],
  ['\\\\', '\\'],
  ['{{', '{'],
  ['}}', '}'],
]);

const token = /\{\{|\}\}|\\[tn\\]|\{([^{}]*)\}|[{}]|[^{}\\]+|\\/g;

/**
 * Takes a template such as `{path}:{ip} {user}` apart.
 *
 * @param known names of fields, for what to say of one that is not
 * @throws LogmatchError `ERR_LOGMATCH_USAGE`
 */
export function parseTemplate(template: string, known: readonly string[]): TemplatePart[] {
  return [...template.matchAll(token)].map(([text, field]) => {
    if (field !== undefined) {
      if (known.includes(field)) return { field };
      const fault = `--format has no field {${field}}`;
      throw usageError(fault, `there are ${known.map((name) => `{${name}}`).join(' ')}; a brace is {{ or }}`);
    }
    if (text === '{' || text === '}')
      throw usageError(`--format has a lone ${text}`, `write ${text}${text} for a brace`);
    return { text: escapes.get(text) ?? text };
  });
}
