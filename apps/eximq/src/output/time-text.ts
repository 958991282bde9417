const two = (value: number): string => String(value).padStart(2, '0');

/** `2026-11-23 02:01:59` in this machine's zone, as in Exim's logs. */
export function timeText(timeMs: number): string {
  const time = new Date(timeMs);
  const day = `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
  return `${day} ${two(time.getHours())}:${two(time.getMinutes())}:${two(time.getSeconds())}`;
}
