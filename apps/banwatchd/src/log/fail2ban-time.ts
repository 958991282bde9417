const pad = (n: number, digits = 2): string => String(n).padStart(digits, '0');

/** The second that was written last: thousands of lines of a burst are of the same one. */
let last = { second: Number.NaN, text: '' };

/** Local time to the second, as fail2ban writes it in messages: `2026-12-01 16:05:37`. */
export function formatTime(timeMs: number): string {
  const second = Math.floor(timeMs / 1000);
  if (second === last.second) return last.text;
  const t = new Date(timeMs);
  const date = `${t.getFullYear()}-${pad(t.getMonth() + 1)}-${pad(t.getDate())}`;
  const text = `${date} ${pad(t.getHours())}:${pad(t.getMinutes())}:${pad(t.getSeconds())}`;
  last = { second, text };
  return text;
}

/** Local time with milliseconds after a comma, as fail2ban begins a log line: `2026-12-01 16:05:37,417`. */
export const formatTimeMs = (timeMs: number): string =>
  `${formatTime(timeMs)},${pad(Math.floor(timeMs) - Math.floor(timeMs / 1000) * 1000, 3)}`;
