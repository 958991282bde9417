const ip4 = String.raw`(?:::f{4,6}:)?(?P<ip4>(?:\d{1,3}\.){3}\d{1,3})`;
const ip6 = '(?P<ip6>(?:[0-9a-fA-F]{1,4}::?|::){1,7}(?:[0-9a-fA-F]{1,4}|:))';
const host = String.raw`(?:\[?(?:${ip4}|${ip6})\]?|(?P<dns>[\w\-.^_]*\w))`;

/**
 * A rule with what `<HOST>` stands for in its place.
 *
 * @param {string} rule
 */
export const withHost = (rule) => rule.replaceAll('<HOST>', host);
