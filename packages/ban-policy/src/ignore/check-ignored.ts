import { isAbsolute } from 'node:path';
import { BanPolicyError } from '../ban-policy-error.ts';
import { check } from '../check.ts';
import { filePathOf } from './file-path-of.ts';
import type { IgnoreCacheOptions } from './verdict-cache.ts';

/** @throws BanPolicyError `ERR_BAN_POLICY_OPTION`, or `ERR_BAN_POLICY_IGNORE` for a `file:` that names no file */
export function checkIgnored(ignore: readonly string[]): void {
  if (!Array.isArray(ignore)) throw check.bad('ignore', 'an array of strings', ignore);
  const wrong = ignore.find((entry) => typeof entry !== 'string');
  if (wrong !== undefined) throw check.bad('ignore', 'an array of strings', wrong);
  for (const entry of ignore) {
    const path = filePathOf(entry);
    if (path !== undefined && (!isAbsolute(path) || path.includes('\0')))
      throw new BanPolicyError('ERR_BAN_POLICY_IGNORE', `ignore: expected the path of a file, not "${entry}"`, {
        value: entry,
        cure: 'write file:/ and the rest of an absolute path',
      });
  }
}

/** @throws BanPolicyError `ERR_BAN_POLICY_OPTION` */
export function checkIgnoreCache(cache: IgnoreCacheOptions | undefined): void {
  if (cache === undefined) return;
  check.object('ignoreCache', cache, ['key']);
  check.integer('ignoreCache.maxCount', cache.maxCount, 100, 1);
  const { maxTimeMs } = cache;
  if (maxTimeMs !== undefined && !(typeof maxTimeMs === 'number' && maxTimeMs > 0))
    throw check.bad('ignoreCache.maxTimeMs', 'milliseconds above 0', maxTimeMs);
}
