import type { UseDns } from '@sluice/fail2ban-config';
import { addressTag } from './address-tags.ts';

const anyTag = /<\/?[\w-]+\/?>/g;
const openTag = /^<F-([A-Z0-9_-]+)>$/;
const closeTag = /^<\/F-([A-Z0-9_-]+)>$/;

const renamed = new Map([
  ['ID', 'fid'],
  ['PORT', 'fport'],
]);

const groupName = (tag: string): string => renamed.get(tag) ?? tag.toLowerCase();

/** `((?i)x)` and `(?:(?i)x)`, which newer Pythons refuse, as `(?i:x)`. */
const scopeFlags = (regex: string): string => regex.replaceAll(/(?<!\\)\((?:\?:)?\(\?([a-z]+)\)/g, '(?$1:');

/**
 * Replaces fail2ban's tags in a failregex, ignoreregex or prefregex by the Python regex they stand for.
 *
 * - `<HOST>`, `<ADDR>`, `<SUBNET>`, `<IP4>`, `<IP6>`, `<DNS>`, `<CIDR>` and `<F-ID/>`, `<F-PORT/>` become named groups;
 *   `<HOST>` matches host names too unless `useDns` is `no`.
 * - `<F-NAME>…</F-NAME>` becomes the group `name`; `F-ID` is `fid`, `F-PORT` is `fport`.
 * - `<SKIPLINES>` becomes any number of whole lines, in the groups `skiplines0`, `skiplines1`, …
 * - Any other `<word>`, and a closing tag that was never opened, is literal text.
 *
 * @see fail2ban's filter manual, `jail.conf(5)`, section "filter files"; the regexes are those of fail2ban 1.1
 */
export function expandTags(regex: string, useDns: UseDns): string {
  const open = new Set<string>();
  let skipped = 0;
  const expanded = regex.replaceAll(anyTag, (tag) => {
    const whole = addressTag(tag, useDns);
    if (whole !== undefined) return whole;
    if (tag === '<SKIPLINES>') return String.raw`\n(?P<skiplines${skipped++}>(?:(?:.*\n)*?))`;
    const opened = openTag.exec(tag)?.[1];
    if (opened !== undefined) {
      open.add(opened);
      return `(?P<${groupName(opened)}>`;
    }
    const closed = closeTag.exec(tag)?.[1];
    return closed !== undefined && open.has(closed) ? ')' : tag;
  });
  return scopeFlags(expanded);
}
