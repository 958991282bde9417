import type { UseDns } from '@sluice/fail2ban-config';

const ip4 = String.raw`(?:::f{4,6}:)?(?P<ip4>(?:\d{1,3}\.){3}\d{1,3})`;
const ip6 = `(?P<ip6>(?:[0-9a-fA-F]{1,4}::?|:){1,7}(?:[0-9a-fA-F]{1,4}|(?<=:):))`;
const dns = String.raw`(?P<dns>[\w\-.^_]*\w)`;
const cidr = String.raw`(?P<cidr>\d+)`;
const address = String.raw`\[?(?:${ip4}|${ip6})\]?`;
const subnet = String.raw`\[?(?:${ip4}|${ip6})(?:/${cidr})?\]?`;

const both = (name: string, regex: string): [string, string][] => [
  [`<${name}>`, regex],
  [`<F-${name}/>`, regex],
];

/**
 * Tags that stand for a whole regex, with what fail2ban writes in their place: as 1.0.2, but for `<IP6>`, where 1.1 finds `::` too.
 * They find what looks like an address; whether it is one is decided after the match.
 */
const addressTags = new Map([
  ...both('IP4', ip4),
  ...both('IP6', ip6),
  ...both('DNS', dns),
  ...both('CIDR', cidr),
  ...both('ADDR', address),
  ...both('SUBNET', subnet),
  ['<F-ID/>', String.raw`(?P<fid>\S+)`],
  ['<F-PORT/>', String.raw`(?P<fport>\w+)`],
]);

/** The regex that stands for `tag`; undefined when it stands for none. `no` leaves host names out of `<HOST>`. */
export function addressTag(tag: string, useDns: UseDns): string | undefined {
  if (tag === '<HOST>') return useDns === 'no' ? address : `(?:${address}|${dns})`;
  return addressTags.get(tag);
}
