import { type NetworkBackend, networkBackend } from '../networks/network-backend.ts';
import { NginxDriver } from './nginx-driver.ts';
import { type NginxDenyOptions, resolveNginxOptions } from './options.ts';

/**
 * Bans in a file that nginx includes, for servers behind a proxy, where the firewall sees the proxy only:
 *
 * ```nginx
 * geo $banned { default 0; include /etc/nginx/sluice.geo; }
 * server { if ($banned) { return 444; } }
 * ```
 *
 * - `geo` and `deny` look at the client's address as nginx has it, so set `real_ip_header` where there is a proxy.
 * - A batch is one new file (written beside the old one, flushed, renamed) and one reload, at most one in
 *   `reloadIntervalMs`. nginx changes its workers in the moments after the reload.
 * - When the reload fails, the events of the batch are errors, nginx goes on with what it had, and the next batch has
 *   these bans too. The old file comes back unless `testCommand` says that the new one is good.
 * - `start()` reads the bans in the file. nginx knows no timeouts: bans are ended by this process.
 * - A file that is not of this backend's making is never written to.
 *
 * Give one backend to one `applyBans`: for several jails, merge their decisions.
 *
 * @throws BanActionError `ERR_BAN_ACTION_OPTION`
 */
export function nginxDeny(options: NginxDenyOptions): NetworkBackend {
  const resolved = resolveNginxOptions(options);
  return networkBackend(new NginxDriver(resolved), resolved.backend);
}
