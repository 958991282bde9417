const pad = (n: number, digits = 2): string => String(n).padStart(digits, '0');

/** Local time to the second, as fail2ban writes it in messages: `2026-12-01 16:05:37`. */
export function formatTime(timeMs: number): string {
  const t = new Date(timeMs);
  const date = `${t.getFullYear()}-${pad(t.getMonth() + 1)}-${pad(t.getDate())}`;
  return `${date} ${pad(t.getHours())}:${pad(t.getMinutes())}:${pad(t.getSeconds())}`;
}

/** Local time with milliseconds after a comma, as fail2ban begins a log line: `2026-12-01 16:05:37,417`. */
export const formatTimeMs = (timeMs: number): string =>
  `${formatTime(timeMs)},${pad(new Date(timeMs).getMilliseconds(), 3)}`;
