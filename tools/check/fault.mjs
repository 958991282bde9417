/**
 * Something in the workspace that breaks a rule.
 *
 * @typedef {object} Fault
 * @property {string} file path from the workspace root, with `:line` where the line is known
 * @property {string} fault what is wrong
 * @property {string} cure what to do about it, as one imperative sentence
 * @property {string} [rule] number of the rule in docs/component-spec.md
 */

/**
 * One line for one fault.
 *
 * @param {Fault} fault
 * @returns {string}
 */
export const formatFault = ({ file, fault, cure, rule }) =>
  `${file}: ${fault}; ${cure}${rule === undefined ? '' : ` (component-spec ${rule})`}`;
