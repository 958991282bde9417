/** Address of the n-th banned one. */
export const addressOf = (n) => `10.${(n >> 16) & 255}.${(n >> 8) & 255}.${n & 255}`;

/** So many bans from now on. */
export function makeBans(count, banTimeMs) {
  const timeMs = Date.now();
  const details = { failures: 5, count: 1, restored: false, matches: [], groups: {} };
  return Array.from({ length: count }, (_, n) => {
    const id = addressOf(n);
    const address = { text: id, family: 4 };
    return { kind: 'ban', jail: 'sshd', id, address, timeMs, banTimeMs, endMs: timeMs + banTimeMs, ...details };
  });
}

export const unbansOf = (bans) =>
  bans.map(({ jail, id, address, timeMs }) => ({ kind: 'unban', jail, id, address, timeMs, reason: 'expired' }));
