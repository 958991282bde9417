/** Where the daemon keeps what is its own. None of it is fail2ban's, so that both can run side by side. */
export const defaultPaths = {
  socket: '/run/banwatchd/banwatchd.sock',
  pidFile: '/run/banwatchd/banwatchd.pid',
  state: '/var/lib/banwatchd',
  banWith: '/etc/banwatchd/ban-with.conf',
} as const;
