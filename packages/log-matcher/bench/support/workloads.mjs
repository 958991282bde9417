import { e107Rules } from '../rules/e107-rules.mjs';
import { sshdRules } from '../rules/sshd-rules.mjs';
import { logFile } from './log-files.mjs';

const megabytes = { apache: 512, sshd: 256 };
const seeds = { apache: 1, sshd: 3 };

/** Rules over an access or auth log of which a share of the lines are attacks. */
export const over =
  (kind, hitRate, rules) =>
  async ({ cache, quick }) => ({
    file: await logFile(cache, { kind, megabytes: quick ? 1 : megabytes[kind], hitRate, seed: seeds[kind] }),
    rules: typeof rules === 'function' ? await rules() : rules,
  });

export const e107 = (hitRate) => over('apache', hitRate, e107Rules);
export const sshd = (hitRate) => over('sshd', hitRate, sshdRules);
