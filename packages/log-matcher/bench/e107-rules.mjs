const ipv4 = (open) => `(?:::f{4,6}:)?${open('ip4')}(?:\\d{1,3}\\.){3}\\d{1,3})`;
const ipv6 = (open) => `${open('ip6')}(?:[0-9a-fA-F]{1,4}::?|::){1,7}(?:[0-9a-fA-F]{1,4}|:))`;
const host = (open) => `(?:\\[?(?:${ipv4(open)}|${ipv6(open)})\\]?|${open('dns')}[\\w\\-.^_]*\\w))`;

const bots = '(Casper|b3b4s|dex|Dex|kmccrew|plaNETWORK|sasqia|sledink|indocom) Bot Search';
const wanted = [
  '\\s"(GET|POST).*/(help_us|contact|config|avd_start|\\*)\\.php',
  bots,
  'MaMa CaSpEr',
  'rk q kangen',
  'Mozilla/4\\.76 \\[ru\\] \\(X11; U; SunOS 5\\.7 sun4u\\)',
  'perl post',
];

/**
 * Six rules against attacks on the e107 content management system.
 *
 * @param {(name: string) => string} open how a group of that name begins
 */
const rules = (open) => wanted.map((text) => `${host(open)}\\s-\\s-\\s.*${text}`);

/** For engines with Python's named groups. */
export const namedRules = rules((name) => `(?P<${name}>`);

/** For engines that take a name only once, or none. */
export const unnamedRules = rules(() => '(');
