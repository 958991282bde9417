/** What is known of a condition so far; `undefined` when that does not decide it. */
export type Verdict = boolean | undefined;

export const negated = (verdict: Verdict): Verdict => (verdict === undefined ? undefined : !verdict);
