/** Six rules against attacks on the e107 content management system, for an access log. */
export const e107Rules = [
  String.raw`\s"(GET|POST).*/(help_us|contact|config|avd_start|\*)\.php`,
  '(Casper|b3b4s|dex|Dex|kmccrew|plaNETWORK|sasqia|sledink|indocom) Bot Search',
  'MaMa CaSpEr',
  'rk q kangen',
  String.raw`Mozilla/4\.76 \[ru\] \(X11; U; SunOS 5\.7 sun4u\)`,
  'perl post',
].map((wanted) => String.raw`<HOST>\s-\s-\s.*${wanted}`);
