/**
 * The programs that ask, each with some version numbers filled in.
 *
 * @type {readonly ((a: number, b: number, c: number, d: number) => string)[]}
 */
export const userAgents = [
  (a, b, c) =>
    `Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${a}.0.${b}.${c} Safari/537.36`,
  (_a, _b, _c, d) =>
    `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.${d} Safari/605.1.15`,
  (a) => `Mozilla/5.0 (X11; Linux x86_64; rv:${a}.0) Gecko/20100101 Firefox/${a}.0`,
  (_a, _b, _c, d) =>
    `Mozilla/5.0 (iPhone; CPU iPhone OS 17_${d} like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.${d} Mobile/15E148 Safari/604.1`,
  (a, _b, _c, d) =>
    `Mozilla/5.0 (Linux; Android 13; SM-S90${d}B) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${a}.0.0.0 Mobile Safari/537.36`,
  () => 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
  () => 'Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)',
  () => 'Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)',
  (_a, b) => `curl/7.${b % 100}.0`,
  (_a, _b, _c, d) => `Wget/1.21.${d}`,
  (_a, _b, _c, d) => `python-requests/2.${d}.1`,
  () => '-',
  () => 'facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)',
  (_a, _b, _c, d) => `libwww-perl/6.${d}`,
  () => 'Mozilla/4.0 (compatible; MSIE 8.0; Windows NT 5.1; Trident/4.0)',
];
