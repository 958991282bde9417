import { Clients } from './clients.mjs';
import { Dice } from './dice.mjs';
import { LogClock, months } from './log-clock.mjs';

const users =
  'root admin test ubuntu git oracle postgres pi user guest deploy jenkins www-data ftpuser nagios backup mysql hadoop alice bob carol dave'.split(
    ' ',
  );

/** @param {Date} time */
const stamp = (time) =>
  `${months[time.getUTCMonth()]} ${String(time.getUTCDate()).padStart(2)} ${time.toISOString().slice('yyyy-mm-ddT'.length, -'.000Z'.length)}`;

/** Lines of one auth log as syslog writes it, each with its break. */
export class AuthLog {
  #dice;
  #hitRate;
  #clients;
  #clock;

  /**
   * @param {number} seed
   * @param {number} hitRate share of lines from attacks on sshd, 0 to 1
   */
  constructor(seed, hitRate) {
    this.#dice = new Dice(seed);
    this.#hitRate = hitRate;
    this.#clients = new Clients(this.#dice);
    this.#clock = new LogClock(this.#dice, 1 / 8, stamp);
  }

  /** @param {string} user */
  #attack(user) {
    const dice = this.#dice;
    const host = this.#clients.next();
    const port = 1024 + dice.below(64_000);
    switch (dice.below(12)) {
      case 0:
      case 1:
      case 2:
        return `Failed password for ${dice.chance(0.5) ? 'invalid user ' : ''}${user} from ${host} port ${port} ssh2`;
      case 3:
      case 4:
        return `Invalid user ${user} from ${host} port ${port}`;
      case 5:
        return `Connection closed by authenticating user ${user} ${host} port ${port} [preauth]`;
      case 6:
        return `error: maximum authentication attempts exceeded for ${user} from ${host} port ${port} ssh2 [preauth]`;
      case 7:
        return `User ${user} from ${host} not allowed because not listed in AllowUsers`;
      case 8:
        return `Received disconnect from ${host} port ${port}:11: Bye Bye [preauth]`;
      case 9:
        return `Unable to negotiate with ${host} port ${port}: no matching key exchange method found. Their offer: diffie-hellman-group1-sha1 [preauth]`;
      case 10:
        return `Did not receive identification string from ${host} port ${port}`;
      default:
        return `Bad protocol version identification 'GET / HTTP/1.1' from ${host} port ${port}`;
    }
  }

  /**
   * @param {string} user
   * @returns {[program: string, text: string]}
   */
  #benign(user) {
    const dice = this.#dice;
    switch (dice.below(14)) {
      case 0:
      case 1: {
        const key = dice.hex(0x1_0000_0000) + dice.hex(0x1_0000_0000);
        return [
          'sshd',
          `Accepted publickey for ${user} from ${this.#clients.next()} port ${1024 + dice.below(64_000)} ssh2: ED25519 SHA256:${key}`,
        ];
      }
      case 2:
      case 3:
        return ['sshd', `pam_unix(sshd:session): session opened for user ${user}(uid=${dice.below(2000)}) by (uid=0)`];
      case 4:
      case 5:
        return ['sshd', `pam_unix(sshd:session): session closed for user ${user}`];
      case 6:
        return ['systemd-logind', `New session ${dice.below(100_000)} of user ${user}.`];
      case 7:
        return ['systemd-logind', `Session ${dice.below(100_000)} logged out. Waiting for processes to exit.`];
      case 8:
      case 9:
        return ['CRON', `pam_unix(cron:session): session opened for user ${user}(uid=0) by (uid=0)`];
      case 10:
        return ['CRON', `(${user}) CMD (   cd / && run-parts --report /etc/cron.hourly)`];
      case 11: {
        const place = `TTY=pts/${dice.below(10)} ; PWD=/home/${user}`;
        return ['sudo', `${user} : ${place} ; USER=root ; COMMAND=/usr/bin/apt-get update`];
      }
      case 12:
        return ['sshd', `Disconnected from user ${user} ${this.#clients.next()} port ${1024 + dice.below(64_000)}`];
      default:
        return ['sshd', 'Server listening on 0.0.0.0 port 22.'];
    }
  }

  line() {
    const dice = this.#dice;
    const isHit = dice.chance(this.#hitRate);
    const time = this.#clock.next();
    const pid = 300 + dice.below(65_000);
    const user = dice.pick(users);
    const [program, text] = isHit ? ['sshd', this.#attack(user)] : this.#benign(user);
    return `${time} srv01 ${program}[${pid}]: ${text}\n`;
  }
}
