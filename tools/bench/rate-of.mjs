/**
 * Rate of some work.
 *
 * @param {number} work how much was done, in the unit that is counted
 * @param {number} wallMs
 * @param {number} cpuMs
 * @returns {import('./types.d.ts').Run} with work per CPU second as its value
 */
export const rateOf = (work, wallMs, cpuMs) => ({ value: (work / Math.max(cpuMs, 0.001)) * 1000, wallMs, cpuMs });
